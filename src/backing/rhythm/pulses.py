"""Opening a pulse, answering it, stopping it; and what may be shown of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.people.erasing import clean_free_pages
from backing.people.models import Account
from backing.rhythm.models.pulses import (
    MARKS,
    QUESTIONS,
    SHOWN_FROM,
    Pulse,
    PulseGroup,
    PulseTicket,
)

WORDS_KEPT: Final = timedelta(days=365)  # what is written in free words, after the close


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question in one group: how many gave each mark, from the lowest.  key: which question it is."""

    key: str
    question: str
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        given = zip(MARKS, self.counts, strict=True)
        return sum(mark * count for mark, count in given) / self.n

    @property
    def against(self) -> int:
        """How many gave one of the two lowest marks."""
        return sum(self.counts[:2])

    @property
    def in_favour(self) -> int:
        """How many gave one of the two highest."""
        return sum(self.counts[-2:])


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaid:
    """What one group said.  answered: None where it is fewer than five; then nothing else stands here."""

    who: str
    asked: int
    answered: int | None
    questions: tuple[Answered, ...] = ()
    to_stop: tuple[str, ...] = ()
    to_start: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseSaid:
    """A pulse that is over.  Groups stand apart and are never added up: a sum would give a small one away."""

    opened: date
    closed: date
    groups: tuple[GroupSaid, ...]

    def answers(self, key: str) -> Iterator[tuple[GroupSaid, Answered]]:
        """What each group that may be shown said to one question."""
        for group in self.groups:
            for said in group.questions:
                if said.key == key:
                    yield group, said


@transaction.atomic
def open_pulse(
    asked: Mapping[str, int], *, closes: date, by: Account, now: datetime
) -> tuple[Pulse, dict[str, list[str]]]:
    """A pulse, and by group what its tickets carry, which is to be had only now.  asked: people by group."""
    today = timezone.localdate(now)
    pulse = Pulse.objects.create(opens=today, closes=closes)
    until = timezone.make_aware(datetime.combine(closes + timedelta(days=1), time()))
    tickets = {}
    for who, count in asked.items():
        group = PulseGroup.objects.create(pulse=pulse, who=who, asked=count)
        tickets[who] = [
            PulseTicket.make(by=by, now=now, lasts=until - now, group=group)[1]
            for _ in range(count)
        ]
    return pulse, tickets


@transaction.atomic
def answer(
    ticket: PulseTicket, marks: Mapping[str, int], *, to_stop: str = "", to_start: str = ""
) -> bool:
    """Count an answer in; False where the ticket was used meanwhile."""
    used, _ = PulseTicket.objects.filter(pk=ticket.pk).delete()
    if not used:
        return False
    group = PulseGroup.objects.select_for_update().get(pk=ticket.group_id)
    group.count(marks, to_stop=to_stop, to_start=to_start)
    return True


@transaction.atomic
def stop(pulse: Pulse, *, on: date) -> None:
    """Call it off: its links open no more, and what came in is gone unseen."""
    PulseTicket.objects.filter(group__pulse=pulse).delete()
    pulse.groups.update(answered=0, marks={}, to_stop=[], to_start=[])
    pulse.stopped_on = on
    pulse.save(update_fields=["stopped_on"])


def clear_up(*, today: date) -> None:
    """Take away what pulses left behind: unused tickets, words after a year, and what the database has freed.

    An unused ticket tells who did not answer, and a freed page may hold how the counts stood before an answer.
    """
    ended = Pulse.objects.to_clear(today)
    if not (_forget_old_words(today=today) or ended.exists()):
        return
    PulseTicket.objects.filter(group__pulse__in=ended).delete()
    clean_free_pages()
    ended.update(cleared_on=today)


def _forget_old_words(*, today: date) -> int:
    """What was written in free words goes a year after the close; the counts stay."""
    old = PulseGroup.objects.filter(pulse__closes__lt=today - WORDS_KEPT)
    return old.exclude(to_stop=[], to_start=[]).update(to_stop=[], to_start=[])


def said_in_pulses(
    viewer: Account, *, today: date, since: date | None = None, until: date | None = None
) -> tuple[PulseSaid, ...]:
    """What was said in the pulses that are over, the latest first.  since, until: by their last day.

    What was written in words is for the office only, and for a year.
    """
    found = PulseGroup.objects.visible_to(viewer).over(today)
    if since is not None:
        found = found.filter(pulse__closes__gte=since)
    if until is not None:
        found = found.filter(pulse__closes__lte=until)
    return tuple(
        PulseSaid(
            opened=pulse.opens,
            closed=pulse.closes,
            groups=tuple(
                _said(group, with_words=viewer.is_office and today - pulse.closes <= WORDS_KEPT)
                for group in groups
            ),
        )
        for pulse, groups in groupby(found.by_pulse(), key=lambda group: group.pulse)
    )


def _said(group: PulseGroup, *, with_words: bool) -> GroupSaid:
    who = group.get_who_display()
    if group.answered < SHOWN_FROM:
        return GroupSaid(who=who, asked=group.asked, answered=None)
    return GroupSaid(
        who=who,
        asked=group.asked,
        answered=group.answered,
        questions=tuple(_asked(group)),
        to_stop=tuple(group.to_stop) if with_words else (),
        to_start=tuple(group.to_start) if with_words else (),
    )


def _asked(group: PulseGroup) -> list[Answered]:
    """The questions that five or more of the group answered."""
    by_question = [
        Answered(key=key, question=words, counts=tuple(group.marks.get(key, [0] * len(MARKS))))
        for key, words in QUESTIONS.items()
    ]
    return [each for each in by_question if each.n >= SHOWN_FROM]
