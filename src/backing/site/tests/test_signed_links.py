"""Every kind of signed link against everything that is promised of one (issue 7; RULE-28; 3.11).

A table: each line is a kind, with what it opens and what may be done by it.  A new kind of link, or a new
address that takes one, fails until it has its line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backing.evidence.models import Decision, Ownership, RowLink
from backing.leaders.tests.conftest import _no_tries_yet, ana, key_file
from backing.mandate.models import Impact
from backing.outbox.models import Letter
from backing.outbox.tests import test_what_letters_say as letters
from backing.outbox.tests.test_what_letters_say import alba
from backing.people.models import Account, BearerLink, EntryLink, Person
from backing.people.tests.conftest import PASSWORD, browser_of
from backing.people.throttle import REST_SECONDS
from backing.pushback.actions import answer
from backing.pushback.models import (
    AreaLink,
    FollowLink,
    PageLink,
    Pushback,
    PushbackResponse,
    SayLink,
)
from backing.rhythm.models import CalendarLink, Pulse, PulseGroup, PulseTicket
from backing.scope.models import Acknowledgement, CharterLink, HandOver, HandOverLink
from backing.site.tests.grepping import addresses
from backing.sponsor.models import SponsorUpdate, UpdateAsk, UpdateLink

__all__ = ["_no_tries_yet", "alba", "ana", "key_file"]
pytestmark = pytest.mark.django_db

SEALED = re.compile(rb"Quagglewort|resistant")
Prepare = Callable[[Account, Person], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of link.

    shown_at: the office's page that makes one, once everything about it is there.  opens: the address it
    stands in, first, and those that its page sends to.  sends: by such an address, what is sent.  kept:
    what using it changes.  close: the office's own act after which it opens no more.  once: it is spent by
    its use.  spent: how it answers then, and when it is closed or over.  made: how many at once.
    """

    model: type[models.Model]
    shown_at: Prepare
    opens: tuple[str, ...]
    kept: Callable[[], list[Any]]
    close: Callable[[Person], str]
    posted: dict[str, str] = field(default_factory=dict)
    sends: Callable[[], tuple[str, dict[str, str]]] | None = None
    once: bool = False
    spent: int = 404
    made: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """One that was made: what it carries, what the page or letter says with it, and where it was made."""

    kind: Kind
    token: str
    words: str = ""
    made_at: str = ""

    @property
    def address(self) -> str:
        return reverse(self.kind.opens[0], args=[self.token])

    def opens(self, browser: Client | None = None) -> Any:
        return (browser or Client()).get(self.address)

    def use(self) -> Any:
        """What a person does by it."""
        if self.kind.sends is None:
            return self.opens()
        name, sent = self.kind.sends()
        return Client().post(reverse(name, args=[self.token]), sent)


def an_update(ana: Account, alba: Person) -> str:
    way = letters.update(ana, alba)
    update_of = SponsorUpdate.objects.get()
    UpdateAsk.objects.create(
        update_of=update_of, place=1, question="Open it?", suggested="Yes", by=timezone.localdate()
    )
    return way


def an_answer(ana: Account, alba: Person) -> str:
    way = letters.follow(ana, alba)
    answer(
        Pushback.objects.get(),
        kind="accept_change",
        text="Yes.",
        what_changes="Quarterly.",
        by=ana,
        now=timezone.now(),
    )
    return way


KINDS: dict[str, Kind] = {
    "row": Kind(
        model=RowLink,
        shown_at=letters.rows,
        opens=("row", "row-confirmation", "row-corrections"),
        kept=lambda: list(Decision.objects.values_list("line", "withdrawn_at")),
        close=lambda _: reverse("row-withdrawal", args=[Ownership.objects.get().pk]),
        sends=lambda: ("row-confirmation", {}),
    ),
    "charter": Kind(
        model=CharterLink,
        shown_at=letters.charter,
        opens=("charter-answer", "create-charter-answer"),
        kept=lambda: list(Acknowledgement.objects.values_list("response", "note", "answered_on")),
        close=lambda alba: reverse("charter-link-closing", args=[alba.pk]),
        sends=lambda: ("create-charter-answer", {"response": "objects", "note": "Month-end."}),
    ),
    "hand-over": Kind(
        model=HandOverLink,
        shown_at=letters.hand_over,
        opens=("hand-over-word", "hand-over-answer"),
        kept=lambda: list(HandOver.objects.values_list("giver_accepted_on", "giver_said")),
        close=lambda _: reverse(
            "hand-over-link-closing", args=[HandOver.objects.get().pk, "giver"]
        ),
        sends=lambda: ("hand-over-answer", {"answer": "no", "words": "Not before June."}),
    ),
    "sponsor's update": Kind(
        model=UpdateLink,
        shown_at=an_update,
        opens=("for-sponsor", "for-sponsor-answers", "for-sponsor-passed-on"),
        kept=lambda: list(UpdateAsk.objects.values_list("answer", "answered_at")),
        close=lambda _: reverse("sponsor-update-withdrawal", args=[SponsorUpdate.objects.get().pk]),
        sends=lambda: ("for-sponsor-answers", {f"ask-{UpdateAsk.objects.get().pk}": "yes"}),
    ),
    "to object": Kind(
        model=SayLink,
        shown_at=letters.say,
        posted={"about": "Report"},
        opens=("say", "create-said"),
        kept=lambda: list(Pushback.objects.values_list("text", "once")),
        close=lambda _: reverse("pushback-link-withdrawal", args=[SayLink.objects.get().pk]),
        sends=lambda: ("create-said", {"text": "It takes hours.", "once": "x" * 16}),
    ),
    "to follow an objection": Kind(
        model=FollowLink,
        shown_at=an_answer,
        opens=("said", "said-view"),
        kept=lambda: list(PushbackResponse.objects.values_list("raiser_view", "viewed_at")),
        # Closed by another that takes its place: the office cannot shut out whoever objected.
        close=lambda _: reverse("pushback-follow-link", args=[Pushback.objects.get().pk]),
        sends=lambda: ("said-view", {"view": "resolved"}),
    ),
    "a project manager's page": Kind(
        model=PageLink,
        shown_at=letters.page,
        opens=("manager-page", "manager-page-word", "manager-page-row"),
        kept=lambda: list(Pushback.objects.values_list("text", "once")),
        close=lambda alba: reverse("manager-page-withdrawal", args=[alba.pk]),
        sends=lambda: ("manager-page-word", {"word": "no_use", "once": "x" * 16}),
    ),
    "what a change means for a unit": Kind(
        model=AreaLink,
        shown_at=letters.area,
        opens=("area", "area-confirmation", "area-correction", "area-objection"),
        kept=lambda: list(Pushback.objects.values_list("text", "once")),
        close=lambda _: reverse("area-withdrawal", args=[Impact.objects.get().pk]),
        sends=lambda: ("area-objection", {"text": "Not in month-end.", "once": "x" * 16}),
    ),
    "calendar": Kind(
        model=CalendarLink,
        shown_at=lambda *_: reverse("create-calendar"),
        opens=("calendar-feed",),
        kept=lambda: list(CalendarLink.objects.values_list("digest", flat=True)),
        close=lambda _: reverse("calendar-withdrawal"),
    ),
    "pulse": Kind(
        model=PulseTicket,
        shown_at=lambda *_: reverse("create-pulse"),
        posted={
            "project_managers": "5",
            "closes": (timezone.localdate() + timedelta(days=7)).isoformat(),
        },
        opens=("pulse", "create-pulse-answer"),
        kept=lambda: list(PulseGroup.objects.values_list("answered", "marks", "to_stop")),
        close=lambda _: reverse("stop-pulse", args=[Pulse.objects.get().pk]),
        sends=lambda: ("create-pulse-answer", {"knows": "4"}),
        once=True,
        spent=302,  # to the page of thanks: a second tap alarms nobody
        made=5,
    ),
    "invitation": Kind(
        model=EntryLink,
        shown_at=lambda *_: reverse("people"),
        posted={"full_name": "Ben", "email": "ben@aldmoor.example", "role": "pmo_member"},
        opens=("enter",),
        kept=lambda: list(Account.objects.values_list("email", "password")),
        close=lambda _: reverse("create-closing", args=[EntryLink.objects.get().account_id]),
        sends=lambda: (
            "enter",
            {"full_name": "Ben", "email": "ben@aldmoor.example", "password": PASSWORD},
        ),
        once=True,
    ),
}


@pytest.fixture(params=KINDS)
def link(request: pytest.FixtureRequest, ana: Account, alba: Person) -> Link:
    """One of each kind, made by the office on its own page."""
    kind = KINDS[request.param]
    made_at = kind.shown_at(ana, alba)
    answered = browser_of(ana).post(made_at, kind.posted, follow=True)
    letter = Letter.objects.first()
    told = letter.words if letter else None
    words = f"{told.subject}\n{told.text}" if told else answered.content.decode()
    before, after = reverse(kind.opens[0], args=["TOKEN"]).split("TOKEN")
    token, *more = set(re.findall(rf"http://testserver{before}([^/\s<\"]+){after}", words))
    assert len(more) + 1 == kind.made
    return Link(kind, token, words, made_at)


def is_spent(link: Link) -> bool:
    return is_not_there(link, by=link.kind.spent)


def is_not_there(link: Link, *, by: int = 404) -> bool:
    """It opens nothing, and nothing can be done by it."""
    before = link.kind.kept()
    seen, used = link.opens(), link.use()
    return (seen.status_code, used.status_code) == (by, by) and link.kind.kept() == before


def test_every_kind_of_link_and_every_address_that_takes_one_has_its_line() -> None:
    kinds = {
        model
        for model in apps.get_models()
        if (issubclass(model, BearerLink) or model is EntryLink) and ".tests." not in str(model)
    }
    assert kinds == {kind.model for kind in KINDS.values()}
    taking = {name for name, varies in addresses() if "token" in varies}
    assert taking == {name for kind in KINDS.values() for name in kind.opens}


def test_it_opens_and_something_can_be_done_by_it(link: Link) -> None:
    before = link.kind.kept()

    assert link.opens().status_code == 200
    assert link.kind.kept() == before, "looking changes nothing: mail programs look too"
    assert link.use().status_code in (200, 302)
    assert link.kind.sends is None or link.kind.kept() != before


def test_it_expires(link: Link) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    link.kind.model._default_manager.update(
        made_at=long_ago, expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert is_spent(link)


def test_it_was_made_to_expire(link: Link) -> None:
    for made, expires in link.kind.model._default_manager.values_list("made_at", "expires_at"):
        assert timedelta(hours=1) <= expires - made <= timedelta(days=366)


def test_the_office_closes_it(link: Link, ana: Account, alba: Person) -> None:
    browser_of(ana).post(link.kind.close(alba))

    assert is_spent(link)


def test_another_in_its_place_closes_it(link: Link, ana: Account) -> None:
    if link.kind.posted:
        pytest.skip("each is for somebody or something else")
    browser_of(ana).post(link.made_at)

    assert is_spent(link)


@pytest.mark.parametrize("part", ["row", "secret", "signature"])
def test_altered_it_is_useless(link: Link, part: str) -> None:
    row, secret, signature = re.split(r"[.:]", link.token)
    if part == "row":
        row = f"1{row}"
    elif part == "secret":
        secret = f"{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}"
    else:
        signature = f"{signature[:-2]}{'AA' if signature[-2:] != 'AA' else 'BB'}"

    assert is_not_there(Link(link.kind, f"{row}.{secret}:{signature}"))


def test_replayed_after_its_use_it_changes_nothing(link: Link) -> None:
    link.use()
    kept = link.kind.kept()
    again = link.use()

    assert link.kind.kept() == kept
    if link.kind.once:
        assert again.status_code == link.kind.spent
        assert link.opens().status_code == link.kind.spent


def test_it_serves_one_purpose(link: Link) -> None:
    """Not an address of any other kind takes it."""
    others = [name for kind in KINDS.values() for name in kind.opens if name not in link.kind.opens]
    for name in others:
        for send in (Client().get, Client().post):
            cache.clear()
            assert send(reverse(name, args=[link.token])).status_code in (404, 405), name


def test_no_search_finds_it_no_cache_keeps_it_and_no_other_site_is_told(link: Link) -> None:
    page = link.opens()
    assert page.headers["Cache-Control"] == "no-store"
    for answered in (page, link.use()):
        assert answered.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answered.headers["Referrer-Policy"] in ("no-referrer", "same-origin")


def test_nothing_of_where_a_leader_stands_is_in_its_address_its_mail_or_its_page(
    link: Link,
) -> None:
    assert re.fullmatch(r"\d+\.[\w-]+:[\w-]+", link.token)
    assert "Alba" not in link.address
    for text in (link.words.encode(), link.opens().content):
        assert not SEALED.search(text)


def test_the_database_does_not_hold_what_it_carries(link: Link) -> None:
    secret = re.split(r"[.:]", link.token)[1]
    assert secret not in str(list(link.kind.model._default_manager.values()))


def test_guesses_are_made_to_wait_with_a_page_that_says_so_and_true_links_are_not(
    link: Link,
) -> None:
    for name in link.kind.opens:
        cache.clear()
        send = Client().get if name == link.kind.opens[0] else Client().post
        tries = [send(reverse(name, args=[f"1.guess{n}:signature"])) for n in range(6)]
        assert [each.status_code for each in tries] == [404] * 5 + [429], name
        assert tries[-1].headers["Retry-After"] == str(REST_SECONDS)
        assert "Wait a quarter of an hour" in tries[-1].content.decode()
    assert link.opens().status_code == 200
