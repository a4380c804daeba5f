"""A pulse: a few questions, answered without a name and shown for groups of five or more.

No answer is a row.  It is counted into its group and gone, so no key, order or time leads from it to anybody;
the ticket that let it in is deleted by the same act.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import BearerLink
from boardpaper.wording import en

SHOWN_FROM: Final = 5  # answers of one group
MARKS: Final = (1, 2, 3, 4, 5)
QUESTIONS: Final[Mapping[str, str]] = {
    "knows": "I can say what the project office does and why.",
    "easier": "The project office makes my projects easier.",
}


class PulseQuerySet(GatedQuerySet["Pulse"]):
    def to_clear(self, today: date) -> Self:
        """Answered by nobody any more, and not cleared up after yet."""
        return self.filter(Q(closes__lt=today) | Q(stopped_on__isnull=False), cleared_on=None)


class Pulse(models.Model):
    """stopped_on: called off before its last day; then nothing of it is shown, whatever came in.

    cleared_on: when what it left behind was taken away, unused tickets and freed pages of the database.
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    opens = models.DateField()
    closes = models.DateField("last day")
    stopped_on = models.DateField(null=True)
    cleared_on = models.DateField(null=True)

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opens", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")), name="a_pulse_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"Pulse of {en.day(self.opens)}"


class PulseGroupQuerySet(GatedQuerySet["PulseGroup"]):
    def over(self, today: date) -> Self:
        """Of pulses that closed by their day and were not stopped before it; only these are ever shown."""
        return self.filter(pulse__closes__lt=today, pulse__stopped_on=None)

    def by_pulse(self) -> Self:
        """The latest first, those of one pulse together."""
        return self.select_related("pulse").order_by("-pulse__opens", "-pulse", "who")


class PulseGroup(models.Model):
    """What one group said: marks by question, each as five counts, and the words sorted by the alphabet."""

    class Who(models.TextChoices):
        LEADERS = "leaders", "Leaders"
        PROJECT_MANAGERS = "project_managers", "Project managers"

    confidentiality: ClassVar = Confidentiality.MGMT

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="groups")
    who = models.CharField(max_length=16, choices=Who)
    asked = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField(default=0)
    marks = models.JSONField(default=dict)
    to_stop = models.JSONField(default=list)
    to_start = models.JSONField(default=list)

    objects = PulseGroupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["who"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pulse", "who"], name="a_group_is_asked_once_a_pulse"),
        ]

    def __str__(self) -> str:
        return self.get_who_display()

    def count(self, marks: Mapping[str, int], *, to_stop: str, to_start: str) -> None:
        """Count one answer in.  A question that was left out counts nowhere."""
        self.answered += 1
        for question, mark in marks.items():
            counts = self.marks.setdefault(question, [0] * len(MARKS))
            counts[MARKS.index(mark)] += 1
        self.to_stop = _with(self.to_stop, to_stop)
        self.to_start = _with(self.to_start, to_start)
        self.save()


def _with(said: list[str], more: str) -> list[str]:
    """In the order of the alphabet, so that the order of coming in is lost."""
    return sorted([*said, *filter(None, [more])], key=lambda words: (words.casefold(), words))


class PulseTicket(BearerLink):
    """Lets one answer in, of one group; nobody's in particular, and gone with the answer."""

    PURPOSE: ClassVar = "rhythm.pulse"
    confidentiality: ClassVar = Confidentiality.PMO

    group = models.ForeignKey(PulseGroup, on_delete=models.CASCADE, related_name="tickets")

    objects = GatedQuerySet["PulseTicket"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["digest"]

    def __str__(self) -> str:
        return "A ticket for one answer"
