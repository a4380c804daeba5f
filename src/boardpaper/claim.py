"""A claim: a sentence whose numbers, dates and people enter only by slots.

    Claim("Projects cost {overrun} more than management first approved.", overrun=figure)

The text is stored with its slots, never as a finished sentence.  A renderer words each slot (per
cent, spaces, language) and gives a figure its "says who?".  One mechanism so serves the claim gate
(RULE-20), the dotted underline, "what changed", translation, and erasing a person's name.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trackrecord.errors import EvidenceError
from trackrecord.figure import Confidentiality, Figure

State = Literal["supported", "partly", "unsupported", "judgement"]

STRICTEST_FIRST: tuple[Confidentiality, ...] = ("RELATIONSHIP", "PMO", "MGMT", "OPEN")


class ClaimError(EvidenceError):
    """A claim that cannot be stated: a bare number in its text, or a slot without a filling."""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name that may hold digits: a project, an organisation, a file, a standard."""

    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person by opaque id and the words shown for them today; erasing re-words, never re-claims."""

    id: str
    shown: str


# What may fill a slot.
Slot = Figure | date | Name | Person

_QUOTED = re.compile(r"“[^”]*”")


class Claim:
    """One sentence with slots, its state and its confidentiality class.

    text: a format string; `{slot}` or `{slot:style}` where style is one of the words that
    `boardpaper.wording` knows (e.g. "of" for "37 of 60", "range" for "12% to 25%").
    state: "supported" when every figure in it is defined and its evidence holds; "judgement" for a
    sentence a person answers for without figures ("our judgement" in print).  Left out, it is
    "supported" where the claim has at least one defined figure, "partly" where some figure is
    undefined or remembered, else "judgement".
    klass: how confidential the words themselves are; a stricter figure makes the claim stricter.
    Raises ClaimError for a digit outside “quotation marks” and slots, or for a slot not filled.
    """

    __slots__ = ("text", "slots", "state", "klass")

    def __init__(
        self,
        text: str,
        /,
        *,
        state: State | None = None,
        klass: Confidentiality = "OPEN",
        **slots: Slot,
    ) -> None:
        wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        if missing := sorted(wanted - slots.keys()):
            raise ClaimError(f"The claim {text!r} has no filling for {', '.join(missing)}.")
        if unused := sorted(slots.keys() - wanted):
            raise ClaimError(f"The claim {text!r} does not use {', '.join(unused)}.")
        literal = "".join(part for part, _, _, _ in string.Formatter().parse(_QUOTED.sub("", text)))
        if bare := re.search(r"\d\S*", literal):
            raise ClaimError(
                f"The claim {text!r} states {bare.group()!r} in its own words. "
                "A number needs a figure: put it in a slot, or quote who said it."
            )
        self.text = text
        self.slots: Mapping[str, Slot] = dict(slots)
        self.state: State = state or self._state_from_figures()
        self.klass: Confidentiality = strictest(
            iter((klass, *(figure.klass for figure in self.figures)))
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in the claim, in the order of their slots."""
        return tuple(slot for slot in self.slots.values() if isinstance(slot, Figure))

    def _state_from_figures(self) -> State:
        figures = self.figures
        if not figures:
            return "judgement"
        whole = all(figure.value is not None and not figure.from_memory for figure in figures)
        return "supported" if whole else "partly"

    def __repr__(self) -> str:
        return f"Claim({self.text!r}, state={self.state!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claim) and (
            self.text,
            self.slots,
            self.state,
            self.klass,
        ) == (other.text, other.slots, other.state, other.klass)

    __hash__ = None  # type: ignore[assignment]  # a claim holds figures with mappings


def strictest(classes: Iterator[Confidentiality]) -> Confidentiality:
    """The strictest of some confidentiality classes; OPEN where there is none."""
    found = set(classes)
    return next((klass for klass in STRICTEST_FIRST if klass in found), "OPEN")
