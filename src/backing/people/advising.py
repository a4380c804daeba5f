"""Advice: what a rule found, why, and what to do about it.

Each app's `advice.py` names its rules, and is found by its name:

    advice = Rules({Order.PROMISE: (overdue,), Order.PEOPLE: (gone_quiet, drifting)})

and says in `THRESHOLDS` which numbers of its rules can be set.  A rule is a pure function of the office, the
viewer and the day; it sees only what the viewer may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from backing.people.access import Confidentiality

if TYPE_CHECKING:
    from backing.people.models import Account


class Order(IntEnum):
    """What comes first on the page (requirements.md 6)."""

    PROMISE = 1
    DECISION = 2
    PEOPLE = 3
    EVIDENCE = 4
    HOUSEKEEPING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to do.

    rule: for example "RULE-02".  subject: what it is about, the same every day ("leader-12"), so that it
    can be put off.  title: the finding in one sentence.  because: why, a sentence each.  do: the act.
    weight: the heavier of the same order comes first.  ally: someone with whom there is no gap (RULE-01).
    href: where it can be done.  Of class RELATIONSHIP, only that there is something is shown on home.
    """

    rule: str
    subject: str
    title: str
    because: tuple[str, ...]
    do: str
    order: Order
    confidentiality: Confidentiality
    href: str = ""
    due: date | None = None
    weight: float = 0.0
    ally: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that a rule rests on, and why it is what it is unless someone sets another."""

    rule: str
    name: str
    default: float
    unit: str
    why: str
    least: float = 0.0
    most: float = 3650.0

    @property
    def key(self) -> str:
        return f"{self.rule} {self.name}"


@dataclass(frozen=True, slots=True)
class Office:
    """What the rules may know beside the records: the thresholds as they are set."""

    set_to: Mapping[str, float]

    def __getitem__(self, threshold: Threshold) -> float:
        return self.set_to.get(threshold.key, threshold.default)


Rule: TypeAlias = "Callable[[Office, Account, date], Iterator[Advice]]"


class Rules:
    """The rules of an app, by the first order that anything they find can have; for the office alone.

    So whoever shows the first few things asks order by order, and once there are enough the rest is
    neither reckoned nor opened.
    """

    def __init__(self, by_order: Mapping[Order, Sequence[Rule]]) -> None:
        self._by_order = by_order

    def __call__(self, office: Office, viewer: Account, today: date) -> Iterator[Advice]:
        """All that they find."""
        for order in Order:
            yield from self.of(order, office, viewer, today)

    def of(self, order: Order, office: Office, viewer: Account, today: date) -> Iterator[Advice]:
        """What those of this order find."""
        if viewer.is_office:
            for rule in self._by_order.get(order, ()):
                yield from rule(office, viewer, today)
