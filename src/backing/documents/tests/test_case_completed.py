"""D1 in five parts: each is composed from what the office has recorded, and says what it has not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

import trackrecord as tr
from backing.documents.papers import Evidence, case_for_the_pmo
from backing.documents.papers.appendix import found_in_files
from backing.documents.papers.recorded import (
    Checkpoint,
    Covered,
    Item,
    Line,
    Matrix,
    Origin,
    Recorded,
    Target,
    ToDecide,
)
from backing.documents.tests.test_case_for_the_pmo import part, register, words
from boardpaper.blocks import ChartBlock, Document, Quotation
from boardpaper.gate import may_be_issued
from boardpaper.wording import plain
from trackrecord.figure import Figure

IN_A_YEAR = date(2027, 3, 31)


def office_figure(measure: str, value: float, unit: str, group: str | None = None) -> Figure:
    return Figure(
        measure=measure,
        version=1,
        definition="As the office has recorded it.",
        unit=unit,
        value=value,
        n=24,
        group=group,
        basis="the office as kept",
    )


RECORDED = Recorded(
    origin=Origin(
        words="Tell me before it is late, not after.",
        said_by="Ines Calloway",
        on=date(2026, 1, 12),
        problem="Projects are late and nobody says so.",
    ),
    decision=ToDecide(
        question="Shall the office run the stage check?",
        recommendation="Yes, for a year",
        otherwise="projects go on as before",
        by=date(2026, 6, 1),
        of=("Ines Calloway", "Godfrey Thorne"),
    ),
    items=(
        Item(kind="will", statement="Check each stage", reason="Scope grows unseen"),
        Item(
            kind="wont",
            statement="Manage suppliers",
            reason="Procurement is better at it",
            instead="Procurement",
        ),
        Item(kind="wont", statement="Keep timesheets", reason="No decision needs them"),
        Item(
            kind="not_yet",
            statement="Rank projects",
            reason="Needs three years of figures",
            since=date(2027, 1, 1),
        ),
    ),
    matrix=Matrix(
        causes=(
            Covered(
                cause="uncontrolled scope change",
                share=office_figure("cause_share_fractional", 0.4, "share"),
                activities=("Stage check",),
            ),
            Covered(
                cause="skills",
                share=office_figure("cause_share_fractional", 0.25, "share"),
                activities=(),
            ),
        ),
        addressed=office_figure("addressed_share", 0.57, "share"),
        idle=("Weekly audit",),
    ),
    targets=(
        Target(
            measure="Days late",
            baseline=office_figure("target_baseline", 31, "days", "Days late"),
            now=office_figure("reading", 27, "days", "Days late"),
            target=office_figure("target_value", 14, "days", "Days late"),
            by=IN_A_YEAR,
            owner="Godfrey Thorne",
        ),
    ),
    lines=(
        Line(
            activity="Stage check",
            change="Stages are closed in writing",
            owner="Ines Calloway",
            goal="Two launches a year",
        ),
    ),
    cost=office_figure("office_cost_a_year", 420_000, "EUR"),
    addressable=office_figure("addressable_a_year", 1_200_000, "EUR"),
    break_even=office_figure("break_even_share", 0.35, "share"),
    checkpoints=(Checkpoint(on=date(2026, 9, 1), what="Whether the stage check is used"),),
    stop_if=("no stage was checked in a quarter",),
)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    record = tr.read(register(tmp_path_factory.mktemp("register") / "2023.csv"))
    basis = tr.basis_of(record)
    return Evidence(record, basis, tr.figures(basis))


def composed(evidence: Evidence, recorded: Recorded) -> Document:
    return case_for_the_pmo(evidence, organisation="Ours", recorded=recorded)


def test_the_completed_case_says_all_five_parts_and_may_be_issued(evidence: Evidence) -> None:
    document = composed(evidence, RECORDED)

    said = words(document)
    answer = part(document, "The case for the PMO · the answer")
    assert any(isinstance(block, Quotation) for block in answer.blocks)
    assert "Shall the office run the stage check?" in said
    assert plain(part(document, "What we will and won’t do").lead) == (
        "What we will do is aimed at 57% of the money lost; for skills (25%) nobody has an answer."
    )
    assert plain(part(document, "What will improve").lead) == (
        "Days late is to go from 31 days to 14 days by 31 March 2027."
    )
    assert plain(part(document, "What it costs and how you will know").lead) == (
        "The office costs €420,000 a year, and pays for itself if it prevents 35% of the loss that its "
        "work is aimed at."
    )
    assert "Stop us if no stage was checked in a quarter." in said
    assert may_be_issued(document)


def test_what_was_to_be_decided_by_a_day_that_has_passed_is_not_asked_by_it(
    evidence: Evidence,
) -> None:
    assert RECORDED.decision is not None
    late = replace(RECORDED.decision, by=None, overdue=date(2026, 2, 1))

    said = words(composed(evidence, replace(RECORDED, decision=late)))

    assert "It was needed by 1 February 2026. As long as nothing is decided:" in said
    assert "by 1 June 2026" not in said


def test_a_wont_that_nobody_does_and_an_activity_without_a_cause_stand_in_the_case(
    evidence: Evidence,
) -> None:
    """S19-b, RULE-27."""
    said = words(composed(evidence, RECORDED))

    assert "We won’t | Keep timesheets | No decision needs them | nobody: an open gap" in said
    assert "Aimed at no cause and at no goal: Weekly audit." in said
    assert "skills | nobody: an open gap | 25%" in said


def test_each_part_says_what_is_missing_until_it_is_recorded(evidence: Evidence) -> None:
    bare = words(composed(evidence, Recorded()))
    lacking = words(
        composed(
            evidence, replace(RECORDED, items=RECORDED.of("will"), break_even=None, stop_if=())
        )
    )

    assert "Reason for commissioning: not recorded." in bare
    assert "What the PMO will and won’t do is not decided yet." in bare
    assert "No target has been agreed yet" in bare
    assert "what the PMO costs is not recorded yet" in bare
    assert "what it would have to prevent to pay for itself is not known yet" in lacking


def test_a_target_without_a_baseline_bears_the_label(evidence: Evidence) -> None:
    """S22-b."""
    target = replace(RECORDED.targets[0], baseline=None)
    document = composed(evidence, replace(RECORDED, targets=(target,)))

    assert "Days late | Godfrey Thorne | no baseline yet | 27 days | 14 days" in words(document)
    assert "and has no baseline yet" in plain(part(document, "What will improve").lead)


def test_several_targets_are_counted_and_what_they_lack_is_said(evidence: Evidence) -> None:
    """D1: the title holds for all of them, and each says where it stands now."""
    (first,) = RECORDED.targets
    bare = replace(first, measure="Work is easier", baseline=None, now=None)
    document = composed(evidence, replace(RECORDED, targets=(first, bare)))

    assert plain(part(document, "What will improve").lead) == (
        "Two measures are to improve, each by a day and under an owner; one without a baseline yet."
    )
    assert "Days late | Godfrey Thorne | 31 days | 27 days | 14 days" in words(document)
    assert "Work is easier | Godfrey Thorne | no baseline yet | no reading yet" in words(document)


def test_who_divides_cost_by_loss_finds_the_share(evidence: Evidence) -> None:
    """The CFO's first check: both are printed in full, and the ticks of the scale are even."""
    section = part(composed(evidence, RECORDED), "What it costs and how you will know")
    (chart,) = (block.chart for block in section.blocks if isinstance(block, ChartBlock))
    places = [place for place, _ in chart.axis.ticks]

    assert [mark.note for mark in chart.series[0].marks] == ["€1,200,000", "€420,000"]
    assert len({round(after - before, 6) for before, after in pairwise(places)}) == 1


def test_no_return_is_printed_whatever_is_recorded(evidence: Evidence) -> None:
    """S09-b, RULE-15: without a benefit that Finance has confirmed there is break-even, no ROI."""
    document = composed(evidence, RECORDED)

    section = part(document, "What it costs and how you will know")
    assert any(isinstance(block, ChartBlock) for block in section.blocks)
    assert "No return is claimed." in words(document)
    assert "ROI" not in words(document)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (1, "One finding in the files"),
        (10, "Ten kinds of finding in the files, the first place of each"),
        (
            22,
            "22 kinds of finding in the files, the commonest twelve of them with the first place of each",
        ),
    ],
)
def test_the_heading_of_what_was_found_in_the_files_holds_for_what_is_printed(
    kinds: int, words: str
) -> None:
    assert plain(found_in_files(kinds)) == words
