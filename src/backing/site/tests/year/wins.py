"""Wins: found in the records, approved by whose result it is, packed for the sponsor, and passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from backing.leaders.models import Leader
from backing.people.models import Person
from backing.site.tests.year.cast import Cast
from backing.site.tests.year.visitor import Astray, choices
from backing.sponsor import gate
from backing.sponsor.models import SponsorAssignment, Win, WinShare


class Wins:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def take_up_a_win(self, today: date) -> bool:
        page = self.cast.head.open(reverse("wins"))
        if reverse("win-from-record") not in page.form_addresses():
            return False
        self.cast.head.send(page, to=reverse("win-from-record"))
        return True

    def ask_about_a_win(self, today: date) -> bool:
        """Its owner approves and is quoted; until they consented to that, it may not be told."""
        win = Win.objects.filter(status=Win.Status.CANDIDATE).order_by("pk").first()
        if win is None:
            return False
        page = self.cast.head.open(reverse("edit-win", args=[win.pk]))
        form = page.form(with_field="headline")
        theirs = {str(person) for person in Leader.objects.values_list("person", flat=True)}
        may_own = [each for each in choices(form, "owner") if each in theirs]
        owner = form.fields["owner"]
        if owner not in may_own:  # the office does not praise itself
            owner = self.cast.chance.choice(may_own)
        said: dict[str, Any] = {
            "headline": win.headline.replace("report", "paper"),
            "owner": owner,
            "credit_people": [owner],
            "for_whom": win.for_whom or "Whoever waits for a date",
            "evidence": win.evidence or "The readings since the spring",
            "message": "The teams did it: less waiting before each board.",
            "quote": "We know a week before where we stand.",
            "quote_by": str(Person.objects.get(pk=owner)),
            "approved_by_owner_on": today,
        }
        self.cast.head.send(page, with_field="headline", **said, quote_consent_on="")
        self._stays_untold(win)
        page = self.cast.head.open(reverse("edit-win", args=[win.pk]))
        page = self.cast.head.send(page, with_field="headline", quote_consent_on=today)
        self.cast.head.send(page, to=reverse("win-confirmation", args=[win.pk]))
        win.refresh_from_db()
        if win.status != Win.Status.CONFIRMED:
            raise Astray(f"{win} was not confirmed: {gate.missing(win)}")
        return True

    def _stays_untold(self, win: Win) -> None:
        """Without consent to the quote there is no way to confirm it, and nothing to pass on."""
        page = self.cast.head.open(reverse("win", args=[win.pk]))
        if reverse("win-confirmation", args=[win.pk]) in page.form_addresses():
            raise Astray(f"{page.address} may be told, although nobody consented to be quoted.")

    def pass_on_a_win(self, today: date) -> bool:
        """The page and the slide are taken along; what came back is kept."""
        sponsor = SponsorAssignment.objects.filter(until=None).order_by("-since", "-pk").first()
        told = Win.objects.filter(status=Win.Status.CONFIRMED).order_by("pk").first()
        if told is None or sponsor is None:
            return False
        page = self.cast.head.open(reverse("win", args=[told.pk]))
        for kind in ("pdf", "pptx"):
            self.cast.head.file(page, to=reverse("win-pack", args=[told.pk, kind]))
        self.cast.head.send(
            page,
            to=reverse("win-share", args=[told.pk]),
            by=sponsor.person_id,
            to_="The board",
            channel="Board, in person",
            at=today,
            reaction="Asked when the others follow.",
        )
        return WinShare.objects.filter(win=told, reaction__startswith="Asked").exists()

    def look(self) -> Iterator[str]:
        """What may be told has evidence, credit outside the office, its owner's word and consent."""
        for win in Win.objects.filter(status__in=[Win.Status.CONFIRMED, Win.Status.SHARED]):
            if lacks := gate.missing(win):
                yield f"“{win}” is told, though: {' '.join(lacks)}"
