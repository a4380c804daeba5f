"""The findings of the current edition in sentences and pictures, composed as the case composes them.

An edition never changes, so what was composed of it is kept until another is current.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from backing.documents.papers.answer import findings_of
from backing.documents.papers.what_went_wrong import TOPICS, Topic
from backing.evidence import honesty
from backing.evidence.models import Edition
from backing.evidence.told import Told, sees_all
from backing.people.models import Account
from boardpaper.blocks import ChartBlock, Section
from boardpaper.claim import Claim
from boardpaper.picture import Picture

# What has a page of its own, and is not told at length on the first one.
ELSEWHERE = ("causes", "ratings", "rebaselining", "green-before-late", "green-yet-moving")
_EDITIONS_KEPT = 4


@dataclass(frozen=True)
class Part:
    """A finding with its name: a section whose charts can be taken away."""

    name: str
    section: Section

    @cached_property
    def picture(self) -> Picture | None:
        """Its chart; no section has two."""
        for block in self.section.blocks:
            if isinstance(block, ChartBlock):
                return Picture(self.name, block.chart)
        return None


@dataclass(frozen=True)
class Findings:
    """All that an edition says of the whole, the strongest first."""

    headline: Claim
    sentences: tuple[Claim, ...]
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        """The part of that name, where the evidence has it."""
        return next((part for part in self.parts if part.name == name), None)

    def some(self, *names: str) -> tuple[Part, ...]:
        """The parts of these names that the evidence has, in its own order."""
        return tuple(part for part in self.parts if part.name in names)

    @property
    def first(self) -> tuple[Part, ...]:
        """What stands at length on the first page."""
        return tuple(part for part in self.parts if part.name not in ELSEWHERE)


_KEPT: dict[tuple[str, bool], Findings] = {}


def findings(viewer: Account, edition: Edition) -> Findings:
    """What the edition says to this viewer; composed once its rows are listed, and then kept."""
    key = (edition.name, sees_all(viewer))
    kept = _KEPT.get(key)
    if kept is None:
        kept = compose(Told.to(viewer, edition))
        if edition.has_rows:
            for old in list(_KEPT)[: max(0, len(_KEPT) - _EDITIONS_KEPT + 1)]:
                _KEPT.pop(old, None)
            _KEPT[key] = kept
    return kept


def compose(told: Told) -> Findings:
    """The headline, what follows it, and a part for each topic that is known."""
    headline, *sentences = findings_of(told)
    made = (
        (_name(topic), section)
        for topic in (*TOPICS, *honesty.TOPICS)
        if (section := topic(told)) is not None
    )
    return Findings(headline, tuple(sentences), tuple(Part(*each) for each in made))


def _name(topic: Topic) -> str:
    """A topic is called as its function is, or as the module that is about nothing else."""
    name = topic.__name__
    return (topic.__module__.rpartition(".")[2] if name == "section" else name).replace("_", "-")
