"""What leaders said they want, what improves for it, and what is missing between the two (S17-b).

What the office does is no answer by itself: leaders speak of what is different for them, offices of services.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backing.benefits.told import Benefit, benefits
from backing.leaders.public import Care, cares, expectations, on_the_list
from backing.people.models import Account

_IN_CHARTER: Final = {
    "yes": ("In the charter.", ""),
    "partly": ("Partly in the charter.", "Tell them which part is not."),
    "no": ("", "Not in the charter: tell them, or put it in."),
    "unknown": ("", "Nobody has held it against the charter yet."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One thing a leader wants.  gap: what is missing, "" where nothing is.

    care: as they said they care about it; None where they expect it of the office.  offered: for what is
    no benefit, in words.
    """

    words: str
    care: Care | None
    offers: tuple[Benefit, ...]
    offered: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A leader, and what they said they want."""

    leader: int
    person: int
    name: str
    focus: bool
    wants: tuple[Want, ...]

    @property
    def served(self) -> bool:
        """Whether a benefit answers something they care about."""
        return any(want.offers for want in self.wants)


def wanting(viewer: Account) -> tuple[Wanting, ...]:
    """Every leader on the list, those in focus first, by name."""
    answers = benefits(viewer)
    said = cares(viewer)
    expected = expectations(viewer)
    found = []
    for each in on_the_list(viewer):
        wants = [_cared(care, answers) for care in said if care.leader == each.leader]
        wants += [
            Want(words=one.what, care=None, offers=(), offered=offered, gap=gap)
            for one in expected
            if one.leader == each.leader
            for offered, gap in (_IN_CHARTER[one.in_charter],)
        ]
        found.append(
            Wanting(
                leader=each.leader,
                person=each.person,
                name=each.name,
                focus=each.focus,
                wants=tuple(wants),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.focus, one.name)))


def _cared(care: Care, answers: tuple[Benefit, ...]) -> Want:
    offers = tuple(each for each in answers if care.pk in each.interests)
    return Want(
        words=care.words,
        care=care,
        offers=offers,
        offered="",
        gap=" ".join(_missing(offers)),
    )


def _missing(offers: tuple[Benefit, ...]) -> Iterator[str]:
    """What keeps an offer from being one that they could hold us to."""
    if not offers:
        yield "Nothing yet: ask what would help, do not invent."
        return
    if not any(each.has_measure for each in offers):
        yield "It could not be shown if it came."
    elif not any(each.by for each in offers):
        yield "No target yet."
    if not any(each.owner for each in offers):
        yield "Nobody in the business answers for it."
    if not any(each.first_visible for each in offers):
        yield "Nobody said when it is felt."
