"""Pulses: opened each quarter, answered by links that belong to nobody, closed, and read in the report.

Each answer is watched: the counts of its group may change and its ticket go, and nothing else anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from backing.rhythm.models import Pulse, PulseGroup, PulseTicket
from backing.rhythm.models.pulses import SHOWN_FROM
from backing.site.tests.opened import files_with
from backing.site.tests.year.cast import Cast
from backing.site.tests.year.ledger import everything
from backing.site.tests.year.visitor import Astray, Visitor

_MAY_CHANGE: Final = {PulseGroup._meta.db_table, PulseTicket._meta.db_table}
_LASTS: Final = timedelta(days=9)
_WORDS: Final = (
    "",
    "",
    "The second status report",
    "Asking for dates twice",
    "A stage check in June",
)


class Pulses:
    """links: those that nobody has used yet.  marks: what was given, by group, to be held against the page."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.links: list[str] = []
        self.tokens: list[str] = []
        self.closes: date | None = None

    def open_a_pulse(self, today: date) -> bool:
        """Six leaders, of whom too few will answer, and nine project managers."""
        if self.closes is not None:
            return False
        page = self.cast.head.open(reverse("pulses"))
        self.closes = today + _LASTS
        page = self.cast.head.send(
            page, with_field="closes", leaders=6, project_managers=9, closes=self.closes
        )
        every = [
            [each.text_content().partition("127.0.0.1")[2] for each in group.xpath(".//code")]
            for group in page.tree.xpath("//section[.//code]")
        ]
        leaders, managers = every
        self.links = [*leaders[: SHOWN_FROM - 1], *managers[:8]]
        self.tokens = [each.rstrip("/").rpartition("/")[2] for each in (*leaders, *managers)]
        self.cast.chance.shuffle(self.links)
        return True

    def answer_a_pulse(self, today: date) -> bool:
        if not self.links or self.closes is None or today > self.closes:
            return False
        for _ in range(min(len(self.links), 3)):
            self._answer(self.links.pop())
        return True

    def _answer(self, address: str) -> None:
        whoever = Visitor()
        page = whoever.open(address)
        shown, before = self._shown(), everything()
        whoever.send(
            page,
            with_field="to_stop",
            knows=self.cast.chance.randint(1, 5),
            easier=self.cast.chance.randint(2, 5),
            to_stop=self.cast.chance.choice(_WORDS),
        )
        changed = {table for table, rows in everything().items() if rows != before[table]}
        if changed != _MAY_CHANGE:
            raise Astray(f"An answer to a pulse was written to {sorted(changed - _MAY_CHANGE)}.")
        if whoever.client.cookies:
            raise Astray("Whoever answers a pulse is given a cookie.")
        if self._shown() != shown:
            raise Astray("The page of pulses tells of an answer before the pulse is over.")
        if whoever.open(address).form_addresses():
            raise Astray(f"{address} lets a second answer in.")

    def _shown(self) -> str:
        return self.cast.head.open(reverse("pulses")).text

    def look(self, today: date) -> Iterator[str]:
        """Once it is over: groups of five or more are shown, smaller ones not, and no link is left anywhere."""
        if self.closes is None or today <= self.closes + timedelta(days=1):
            return
        self.closes = None
        pulse = Pulse.objects.latest("pk")
        for group in pulse.groups.all():
            said = self.cast.head.open(reverse("pulses")).text.partition(
                "to " + _day(pulse.closes)
            )[2]
            mine = said.partition(group.get_who_display())[2][:400]
            if (group.answered >= SHOWN_FROM) != (
                f"{group.answered} of {group.asked} answered" in mine
            ):
                yield f"the pulse shows {group} as if not {group.answered} had answered"
        if PulseTicket.objects.filter(group__pulse=pulse).exists():
            yield "tickets of a pulse that is over lie there still"
        for token in self.cast.chance.sample(self.tokens, 3):
            if places := files_with(settings.WORKSPACE.home, token):
                yield f"a ticket of the pulse can be read in {places}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
