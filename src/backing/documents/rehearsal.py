"""Questions that the office will be asked about its case, drawn from the gaps that its records and rules show.

Each comes with what can honestly be said today, and with where the gap is closed.  Nothing is invented: a
question stands here only while its gap does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from backing.documents.papers.grounds import FEWEST
from backing.documents.papers.recorded import Recorded
from backing.leaders.public import on_the_list, pre_met, stated_positions
from backing.mandate.public import changes, open_decisions
from backing.people.advising import Advice
from backing.people.models import Account
from backing.rhythm.public import found_by_rules
from boardpaper.wording import ended, measure, word
from trackrecord.figure import Figure

# What a listener makes of what a rule found.
_ASKED_ABOUT: Final = {
    "RULE-05": "Why do I hear of this only now?",
    "RULE-06": "What do you do for this goal of ours?",
    "RULE-07": "What is this activity for?",
    "RULE-08": "Who in the business has agreed to work differently?",
    "RULE-09": "Is that not what another department does already?",
    "RULE-10": "Who does it while it is being handed over?",
    "RULE-15": "What do you cost, and what does it return?",
    "RULE-16": "What will you cost next year?",
    "RULE-17": "Why do you not do what I expected of you?",
    "RULE-18": "What is in it for me?",
    "RULE-19": "Does your sponsor’s word reach as far as your scope?",
    "RULE-21": "How old is this number?",
    "RULE-26": "When will I notice anything?",
    "RULE-28": "How much of my people’s time do you want?",
    "RULE-29": "You promised me something; where is it?",
}
_MOST: Final = 3  # of one rule, and of causes


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """asked: in a listener's words.  say: what can be said today.  close: what closes the gap, and where."""

    asked: str
    say: tuple[str, ...]
    close: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """One who decides, and whether they have heard it from us alone."""

    name: str
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A decision that waits, with its deciders."""

    pk: int
    question: str
    needed_by: date
    deciders: tuple[Decider, ...]

    @property
    def not_heard(self) -> int:
        return sum(not each.heard for each in self.deciders)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAChange:
    """A change, whose agreement it needs, and what was said for the record; conditions as they were set."""

    pk: int
    title: str
    needed: int
    said: int
    conditions: tuple[tuple[str, str], ...]  # who, on what condition


def questions(
    viewer: Account, figures: tuple[Figure, ...], recorded: Recorded, today: date
) -> list[Question]:
    """What to be ready for, the evidence first."""
    return [
        *_about_the_figures(figures),
        *_about_what_is_recorded(recorded),
        *_about_what_rules_found(found_by_rules(viewer, today)),
    ]


def waiting(viewer: Account) -> tuple[Waiting, ...]:
    """Decisions that wait, with who has been met about each."""
    found = open_decisions(viewer)
    met = pre_met(viewer, [each.pk for each in found])
    return tuple(
        Waiting(
            pk=each.pk,
            question=each.question,
            needed_by=each.needed_by,
            deciders=tuple(
                Decider(name=name, heard=person in met.get(each.pk, ()))
                for person, name in each.deciders
            ),
        )
        for each in found
    )


def on_changes(viewer: Account) -> tuple[OnAChange, ...]:
    """Changes that need somebody's agreement, with what leaders said for the record."""
    stated = stated_positions(viewer)
    listed = {each.person for each in on_the_list(viewer)}
    found = []
    for change in changes(viewer):
        said = [
            each for (person, of), each in stated.items() if of == change.pk and person in listed
        ]
        found.append(
            OnAChange(
                pk=change.pk,
                title=change.title,
                needed=len(change.required),
                said=sum(each.person in change.required for each in said),
                conditions=tuple(
                    sorted((each.name, each.condition) for each in said if each.condition)
                ),
            )
        )
    return tuple(each for each in found if each.needed or each.conditions)


def _about_the_figures(figures: tuple[Figure, ...]) -> Iterator[Question]:
    whole = [figure for figure in figures if figure.group is None and figure.value is not None]
    leading = next(
        (figure for figure in whole if figure.n >= FEWEST and figure.low is not None), None
    )
    if leading is not None:
        signed = leading.confirmed + leading.corrected
        yield Question(
            asked="How do you know?",
            say=(
                f"{_capital(measure(leading))}: {word(leading)}, range {word(leading, 'range')}.",
                f"It rests on {word(leading, 'known')} projects.",
                f"{signed} of them were confirmed or corrected by their owners."
                if signed
                else "No owner has confirmed a row of it yet.",
            ),
            close="Ask the owners of the largest ones to look at their rows.",
            href=reverse("owners"),
        )
    gaps = [figure for figure in whole if figure.missing_total and figure.baseline != "current"]
    worst = max(gaps, key=lambda figure: (figure.missing_total, figure.measure), default=None)
    if worst is not None:
        yield Question(
            asked="And the projects you have left out?",
            say=(
                f"{_capital(measure(worst))} is known for {word(worst, 'known')}.",
                f"The {word(worst, 'missing')} others are counted as missing, never as good.",
            ),
            close="See what is missing, file by file.",
            href=reverse("evidence"),
        )


def _about_what_is_recorded(recorded: Recorded) -> Iterator[Question]:
    studio = reverse("studio", args=["D1"])
    if recorded.origin is None:
        yield Question(
            asked="Who asked for this office?",
            say=("The reason for commissioning is not recorded.",),
            close="Write it down, in their words.",
            href=reverse("origin"),
        )
    open_causes = [each for each in recorded.matrix.causes if each.is_open]
    for cause in open_causes[:_MOST]:
        behind = (f"{word(cause.share)} of the money lost lies behind it.",) if cause.share else ()
        yield Question(
            asked=f"Why is nothing done about {cause.cause}?",
            say=(*behind, "Nothing is planned."),
            close="Aim an activity at it, or say why you won’t.",
            href=f"{reverse('matrix-cause')}?{urlencode({'cause': cause.cause})}",
        )
    for item in recorded.of("wont"):
        if not item.instead:
            yield Question(
                asked=f"If you don’t, who does? ({item.statement})",
                say=("Nobody does; the charter says so as an open gap.",),
                close="Agree with a unit that it takes it, or leave it open knowingly.",
                href=reverse("charter"),
            )
    for target in recorded.targets:
        if target.baseline is None:
            yield Question(
                asked=f"Better than what? ({target.measure})",
                say=("It has no baseline yet, so nothing can be called an improvement.",),
                close="Fix its baseline before the work begins.",
                href=studio,
            )
    yield from _about_money(recorded, studio)


def _about_money(recorded: Recorded, studio: str) -> Iterator[Question]:
    if recorded.cost is None:
        yield Question(
            asked="What does it cost me?",
            say=("The full cost of the office is not recorded yet.",),
            close="Record it, with the time that the office asks of others.",
            href=reverse("origin"),
        )
    elif recorded.break_even is not None and recorded.addressable is not None:
        yield Question(
            asked="Does it pay?",
            say=(
                f"It costs {word(recorded.cost)} a year.",
                f"It breaks even at {word(recorded.break_even)} of {word(recorded.addressable, 'full')} a year.",
                "That is the loss which its work is aimed at.",
                "No return is claimed in the case; what Finance has confirmed stands under Worth.",
            ),
            close="Say it like that, and no more.",
            href=studio,
        )
    if not recorded.stop_if:
        yield Question(
            asked="When would you stop?",
            say=("No exit test is written down yet.",),
            close="Write what would make you stop: “stop us if …”.",
            href=reverse("charter"),
        )


def _about_what_rules_found(found: tuple[Advice, ...]) -> Iterator[Question]:
    seen: dict[str, int] = {}
    for each in found:
        asked = _ASKED_ABOUT.get(each.rule)
        seen[each.rule] = seen.get(each.rule, 0) + 1
        if asked and seen[each.rule] <= _MOST:
            yield Question(
                asked=asked,
                say=(ended(each.title), *each.because),
                close=each.do,
                href=each.href,
            )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
