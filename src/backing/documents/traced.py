"""Where each figure of a document has its rows: "how do you know?" answered in two clicks (4.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from backing.evidence import public as evidence
from backing.people.models import Account
from backing.rhythm import public as rhythm
from boardpaper.blocks import Document
from boardpaper.paper import Backed
from boardpaper.wording import measure, word
from trackrecord.figure import Figure

# Figures of the office's own records, by the page that lists what they are made of.
_PAGES: Final = {
    "addressed_share": "matrix",
    "addressable_a_year": "matrix",
    "break_even_share": "worth",
    "office_cost_a_year": "worth-costs",
    "office_cost_so_far": "worth-costs",
    "return_on_cost": "worth",
    "validated_hard": "worth",
    "validated_avoidance": "worth",
}
# What a report or a review counts in the office's own records, by the page that lists what is counted.
_COUNTED: Final = (
    ("objections", "pushbacks"),
    ("promises", "contact"),
    ("expectations", "expectations-at-the-start"),
    ("failures", "expectations-at-the-start"),
    ("activities", "activities"),
    ("minutes_asked", "asks-of-others"),
    ("", "keep-it"),  # measures, and what is claimed of them
)
_COUNTS: Final = ("report_", "review_")
_OF_A_MEASURE: Final = frozenset({"baseline", "reading", "target_value"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A figure as the document prints it.  page: where its rows are, "" where no page lists them any more."""

    words: str
    what: str
    group: str
    n: str
    page: str


def traced(document: Document, viewer: Account) -> tuple[Traced, ...]:
    """Every figure once, in reading order, with the page of its rows as they stand today."""
    backed = Backed()
    for figure in document.figures():
        backed.number(figure)
    return tuple(_traced(backed.figures, viewer))


def _traced(figures: Sequence[Figure], viewer: Account) -> Iterator[Traced]:
    of_the_record = evidence.pages_of(viewer, figures)
    measures = {each.measure.name: each.measure.pk for each in rhythm.progress(viewer)}
    for figure, page in zip(figures, of_the_record, strict=True):
        yield Traced(
            words=word(figure),
            what=measure(figure),
            group=figure.group or "",
            n=f"{figure.n:,} of {figure.total:,}" if figure.total else "",
            page=page or _own_page(figure, measures),
        )


def _own_page(figure: Figure, measures: dict[str, int]) -> str:
    if figure.measure in _PAGES:
        return reverse(_PAGES[figure.measure])
    if figure.measure in _OF_A_MEASURE and figure.group in measures:
        return reverse("measure", args=[measures[figure.group]])
    for kind in _COUNTS:
        if figure.measure.startswith(kind):
            counted = figure.measure.removeprefix(kind)
            return reverse(next(page for of, page in _COUNTED if counted.startswith(of)))
    return ""
