"""This week: at most five things to do, out of what the rules of all apps found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.key import NoKey
from backing.people.models import Account
from backing.people.of_apps import of_apps
from backing.people.one_look import one_look
from backing.rhythm.models import PutOff, SetThreshold

MOST: Final = 5
ALLIES: Final = 1  # of three people to talk to
TO_TALK_TO: Final = 3
WHO_NEXT: Final = "RULE-01"


def this_week(viewer: Account, today: date) -> list[Advice]:
    """What to do, the first thing first.  Once there is enough, no rule is asked whose findings come later."""
    put_off = set(PutOff.objects.visible_to(viewer).on(today).values_list("rule", "subject"))
    found: list[Advice] = []
    first: list[Advice] = []
    with one_look():
        for order, advice in _by_order(viewer, today):
            found += [each for each in advice if (each.rule, each.subject) not in put_off]
            first = first_of([each for each in found if each.order <= order])
            if len(first) == MOST:
                break
    return first


def found_for(viewer: Account, today: date) -> list[Advice]:
    """All that the rules find, in no order; what several of them rest on is asked once."""
    with one_look():
        return [each for _, advice in _by_order(viewer, today) for each in advice]


def _by_order(viewer: Account, today: date) -> Iterator[tuple[Order, list[Advice]]]:
    """What the rules find, those first whose findings may come first; whose order is at least that."""
    office = Office(dict(SetThreshold.objects.values_list("key", "value")))
    for order in Order:
        found: list[Advice] = []
        for module in of_apps("advice"):
            rules: Rules = module.advice
            with suppress(NoKey):  # without the key all but what is about people opens
                for advice in rules.of(order, office, viewer, today):
                    found.append(advice)  # noqa: PERF402  # what was found before the key was missed is kept
        yield order, found


def first_of(found: list[Advice]) -> list[Advice]:
    """At most five: by order, then weight; of the people to talk to three, an ally among them."""
    in_order = sorted(found, key=lambda each: (each.order, -each.weight, each.rule, each.subject))
    talk = _with_an_ally([each for each in in_order if each.rule == WHO_NEXT])
    kept = [each for each in in_order if each.rule != WHO_NEXT or each in talk]
    return kept[:MOST]


def thresholds() -> list[Threshold]:
    """Every number that can be set, by rule."""
    found = [
        threshold for module in of_apps("advice") for threshold in getattr(module, "THRESHOLDS", ())
    ]
    return sorted(found, key=lambda each: each.key)


def _with_an_ally(talk: list[Advice]) -> list[Advice]:
    """Allies show no gap, so without a place of their own they would never come up."""
    allies = [each for each in talk if each.ally][:ALLIES]
    others = [each for each in talk if not each.ally][: TO_TALK_TO - len(allies)]
    rest = [each for each in talk if each not in allies and each not in others]
    return [*others, *allies, *rest[: TO_TALK_TO - len(others) - len(allies)]]
