"""What the figures rest on, and what they cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from backing.documents.papers.plans import cost_words, finish_words
from backing.evidence.told import Told
from boardpaper.claim import Claim
from boardpaper.wording import en
from trackrecord.figure import Figure


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure from which values are missing.  reasons: (words, how many), the commonest first."""

    figure: Figure
    reasons: tuple[tuple[str, int], ...]


def gaps(told: Told) -> list[Gap]:
    """Every figure of the whole with values missing, most missing first."""
    found = [
        figure
        for figure in told
        if figure.group is None
        and figure.baseline != "current"
        and figure.missing_total
        and figure.measure != "rows_taken"
    ]
    found.sort(key=lambda figure: (-figure.missing_total, figure.measure))
    return [Gap(figure, _reasons(figure)) for figure in found]


def _reasons(figure: Figure) -> tuple[tuple[str, int], ...]:
    counted = ((en.because(reason), count) for reason, count in figure.missing.items() if count)
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def what_is_not_said(told: Told) -> list[Claim]:
    """Sentences on what the findings leave open: what is missing, and what has no agreed cause."""
    said = []
    for measure, words in (
        ("cost_overrun_median", f"cost against {cost_words(told).plan}"),
        ("schedule_slip_days_median", f"finish against {finish_words(told).day}"),
    ):
        figure = told.known(measure, "original")
        if figure is not None and figure.missing_total:
            said.append(
                Claim(
                    f"What projects without a usable {words} would show: {{gap:missing}} of those that "
                    "finished are missing, not counted as on plan.",
                    gap=figure,
                )
            )
    unknown = told.known("cause_share_fractional", "original", by="cause", group="unknown")
    if unknown is not None and float(unknown.value or 0) > 0:
        said.append(
            Claim(
                "Why {unknown} of the money was lost: it has no agreed cause yet.", unknown=unknown
            )
        )
    elif not told.causes:
        said.append(
            Claim("Why projects went as they did: no cause is coded yet.", state="supported")
        )
    benefit = told.known("benefit_shortfall_median", "original")
    if benefit is None:
        said.append(
            Claim(
                "What the projects were worth: no benefit is stated to compare with.",
                state="supported",
            )
        )
    said.append(
        Claim(
            "Who made it so: figures are about projects, and nothing here is broken down by a person.",
            state="supported",
        )
    )
    return said
