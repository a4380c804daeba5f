"""RULE-25, the duty of care for people's data (requirements.md 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from backing.people import sensitive
from backing.people.access import Confidentiality, Role
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.held import offered
from backing.people.models import AccessRequest, Account, Person
from backing.people.retention import HEARD, LEFT, LETTERS, LOGS, RULE
from boardpaper.wording import en

NOTICE: Final = Threshold(
    rule=RULE,
    name="days until somebody must have had the notice",
    default=30,
    unit="days",
    why="The law gives a month to tell people of whom something is kept that did not come from them.",
    most=30,
)
DEADLINE: Final = Threshold(
    rule=RULE,
    name="days before the answer to an access request is due",
    default=10,
    unit="days",
    why="Time to make the pack, read it through and hand it over.",
    most=31,
)
WATCHED: Final = timedelta(days=30)  # so far back free text is looked over again
# Marks of notes in which no word of the list was found: in the memory of this process and nowhere else, so
# that each is opened for this once and not with every page of the week.
_CLEAN: Final = set[bytes]()
THRESHOLDS: Final = (NOTICE, DEADLINE, HEARD, LEFT, LOGS, LETTERS)


def requests(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """For the head of the office."""
    if viewer.role != Role.PMO_HEAD:
        return
    near = today + timedelta(days=office[DEADLINE])
    for request in AccessRequest.objects.open().filter(due_on__lte=near).select_related("person"):
        late = request.due_on < today
        yield Advice(
            rule=RULE,
            subject=f"request-{request.pk}",
            title=f"{request.person} waits for what is kept about them.",
            because=(
                f"They asked on {en.day(request.received_on)}.",
                f"The answer {'was' if late else 'is'} due on {en.day(request.due_on)}.",
            ),
            do="Make the pack and hand it over.",
            order=Order.PROMISE,
            confidentiality=Confidentiality.PMO,
            href=reverse("person-data", args=[request.person_id]),
            due=request.due_on,
            weight=float((today - request.due_on).days + 31),
        )


def not_told(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """For the head of the office."""
    if viewer.role != Role.PMO_HEAD:
        return
    limit = today - timedelta(days=office[NOTICE])
    found = [
        each
        for module in offered("not_told")
        for each in module.not_told(office, today)
        if each.since < limit
    ]
    names = Person.objects.in_bulk([each.person_id for each in found])
    for each in found:
        yield Advice(
            rule=RULE,
            subject=f"notice-{each.person_id}",
            title=f"{names[each.person_id]} has not been told that you keep notes.",
            because=(
                f"The first is of {en.day(each.since)}.",
                "People must be told within a month what is kept about them.",
            ),
            do="Write to them with the notice, and note the day.",
            order=Order.HOUSEKEEPING,
            confidentiality=Confidentiality.PMO,
            href=reverse("person-data", args=[each.person_id]),
            due=each.since + timedelta(days=office[NOTICE]),
            weight=float((today - each.since).days),
        )


def retention(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """For the head of the office."""
    if viewer.role == Role.PMO_HEAD and any(
        module.is_due(office, today) for module in offered("is_due")
    ):
        yield Advice(
            rule=RULE,
            subject="retention",
            title="Some of what is kept about people is past its time.",
            because=("What serves nobody any more should not lie about.",),
            do="Look through the list, and erase it.",
            order=Order.HOUSEKEEPING,
            confidentiality=Confidentiality.PMO,
            href=reverse("review-list"),
        )


def words(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """Notes of late that hold a word of the local list; which word, only the page of the note says.

    A member hears of their own notes.
    """
    del office
    now = timezone.now()  # for the log alone: when they were opened
    for module in offered("texts_since"):
        for text in module.texts_since(today - WATCHED, viewer, now, _CLEAN):
            if not sensitive.found_in(text.words):
                _CLEAN.add(text.mark)
            else:
                yield Advice(
                    rule=RULE,
                    subject=text.subject,
                    title="A note holds a word that may not belong in it.",
                    because=("The person may read it one day.",),
                    do="Read it again, and write what was said or done.",
                    order=Order.HOUSEKEEPING,
                    confidentiality=Confidentiality.RELATIONSHIP,
                    href=text.href(),
                )


advice = Rules({Order.PROMISE: (requests,), Order.HOUSEKEEPING: (not_told, retention, words)})
