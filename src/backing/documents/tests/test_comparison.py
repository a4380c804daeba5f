"""Groups beside one another: against what chance alone would give, by number of projects (methods.md 3.3)."""

from __future__ import annotations

import pytest

from backing.documents.papers.chance import RARE, limits
from backing.documents.papers.comparison import QUESTIONS, compare
from backing.documents.papers.grounds import Case
from backing.evidence.figures import Figures, to_json
from boardpaper.wording import plain
from trackrecord.figure import Figure


@pytest.mark.parametrize(
    ("share", "n", "least", "most"), [(0.5, 10, 2, 8), (0.5, 20, 6, 14), (0.1, 30, 0, 7)]
)
def test_the_box_is_the_quantiles_of_the_binomial(
    share: float, n: int, least: int, most: int
) -> None:
    """As R's qbinom(c(.025, .975), n, share) gives them."""
    assert limits(share, n) == (least / n, most / n)


def test_the_box_closes_in_as_projects_grow_and_has_no_step_where_the_method_changes() -> None:
    widths = [high - low for low, high in (limits(0.3, n) for n in (10, 100, 1_000, 2_000, 2_001))]

    assert widths[:-1] == sorted(widths[:-1], reverse=True)
    assert widths[-2] == pytest.approx(widths[-1], abs=0.001)


def test_where_all_or_none_are_over_there_is_nothing_to_stray_by() -> None:
    assert limits(0.0, 12) == (0.0, 0.0)
    assert limits(1.0, 12, RARE) == (1.0, 1.0)


def rate(kept: int, n: int, group: str | None = None) -> Figure:
    return Figure(
        measure="late_rate",
        version=1,
        definition="Share that finished late.",
        unit="share",
        value=kept / n,
        n=n,
        baseline="original",
        by="org_unit" if group else None,
        group=group,
    )


class WithoutRows(Figures):
    """Figures whose rows are not listed yet."""

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        del figure
        return ()


def told(*groups: tuple[str, int, int]) -> WithoutRows:
    overall = rate(sum(kept for _, kept, _ in groups), sum(n for _, _, n in groups))
    return WithoutRows(
        tuple(
            to_json(each) for each in (overall, *(rate(kept, n, name) for name, kept, n in groups))
        )
    )


TIME = QUESTIONS[1]


def test_groups_are_listed_by_number_of_projects_never_by_merit() -> None:
    found = compare(
        told(("Retail", 2, 10), ("IT", 9, 12), ("Finance", 11, 30)), TIME, by="org_unit"
    )

    assert found is not None
    assert [group.name for group in found.groups] == ["Finance", "IT", "Retail"]


def test_a_group_under_five_is_named_and_counted_and_nothing_more() -> None:
    found = compare(told(("Retail", 5, 10), ("Legal", 3, 3)), TIME, by="org_unit")

    assert found is not None
    assert [group.name for group in found.groups] == ["Retail"]
    assert found.few == (("Legal", 3),)


def test_alike_groups_do_not_stand_out_and_a_very_different_one_does() -> None:
    alike = compare(told(("Retail", 5, 10), ("IT", 6, 12)), TIME, by="org_unit")
    other = compare(told(("Retail", 40, 200), ("IT", 55, 60)), TIME, by="org_unit")

    assert alike is not None
    assert other is not None
    assert "no unit stands out" in plain(alike.finding)
    assert "stand out" in plain(other.finding)
    assert "no unit" not in plain(other.finding)
