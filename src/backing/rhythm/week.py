"""This week: at most five things to do, out of what the rules of all apps found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from backing.people.advising import Advice, Office, Threshold
from backing.people.key import NoKey
from backing.people.models import Account
from backing.people.of_apps import of_apps
from backing.people.one_look import one_look
from backing.rhythm.models import PutOff, SetThreshold

MOST: Final = 5
ALLIES: Final = 1  # of three people to talk to
TO_TALK_TO: Final = 3
WHO_NEXT: Final = "RULE-01"

Rules = Callable[[Office, Account, date], Iterator[Advice]]


def this_week(viewer: Account, today: date) -> list[Advice]:
    """What to do, the first thing first."""
    put_off = set(PutOff.objects.visible_to(viewer).on(today).values_list("rule", "subject"))
    found = [
        advice
        for advice in found_for(viewer, today)
        if (advice.rule, advice.subject) not in put_off
    ]
    return first_of(found)


def found_for(viewer: Account, today: date) -> list[Advice]:
    """All that the rules find, in no order; what several of them rest on is asked once."""
    office = Office(dict(SetThreshold.objects.values_list("key", "value")))
    found: list[Advice] = []
    with one_look():
        for module in of_apps("advice"):
            rules: Rules = module.advice
            with suppress(NoKey):  # without the key all but what is about people opens
                for advice in rules(office, viewer, today):
                    found.append(advice)  # noqa: PERF402  # what was found before the key was missed is kept
    return found


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
