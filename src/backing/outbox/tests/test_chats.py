"""A chat is a way out where one is set: looked at like a letter, posted once, by a real library (S24)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backing.outbox.models import Letter, Sending
from backing.outbox.tests.test_letters import (
    _no_quiet_hours,
    letter_to,
    page_of,
    sent_from_its_page,
    worked,
)
from backing.people.models import Account, Person
from backing.people.tests.conftest import browser_of

__all__ = ["_no_quiet_hours"]
pytestmark = pytest.mark.django_db


class Room(BaseHTTPRequestHandler):
    """Keeps what is posted; the status is the server's."""

    def do_POST(self) -> None:  # the library's name
        server: Any = self.server
        posted = self.rfile.read(int(self.headers["Content-Length"]))
        server.posted.append(json.loads(posted))
        self.send_response(server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: a test is quiet."""


@pytest.fixture
def room(settings: Any) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Room)
    server.posted, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.BACKING_CHATS = {"Team room": f"json://127.0.0.1:{server.server_port}/room"}
    yield server
    server.shutdown()
    server.server_close()


def to_the_room(ana: Account) -> Letter:
    letter = letter_to(None, ana, personal=False, subject="Tell us", text="What is wrong?")
    words = {"channel": "Team room", "subject": "Tell us", "text": "What is wrong?"}
    browser_of(ana).post(f"/outbox/{letter.pk}/words/", words)
    return Letter.objects.get(pk=letter.pk)


def test_a_letter_goes_to_a_chat_as_it_was_looked_at_and_once(ana: Account, room: Any) -> None:
    letter = to_the_room(ana)
    page = page_of(letter, ana)
    assert "<dt>Chat</dt><dd>Team room</dd>" in page
    sent_from_its_page(letter, ana)
    sending = worked(letter)
    sending.refresh_from_db()

    assert sending.state == "done"
    (posted,) = room.posted
    assert (posted["title"], posted["message"].strip()) == ("Tell us", "What is wrong?")


def test_a_chat_that_says_no_may_have_it_all_the_same(ana: Account, room: Any) -> None:
    room.status = 500
    letter = to_the_room(ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).may_have_gone


def test_a_chat_that_is_set_no_more_gets_nothing(ana: Account, room: Any, settings: Any) -> None:
    letter = to_the_room(ana)
    sent_from_its_page(letter, ana)
    settings.BACKING_CHATS = {}

    assert worked(letter).error == "no_such_chat"
    assert room.posted == []
    assert "Nothing has gone" in page_of(letter, ana)


def test_a_link_that_is_meant_for_one_person_goes_to_no_chat(ana: Account, room: Any) -> None:
    owen = Person.objects.create(full_name="Owen", email="owen@aldmoor.example")
    letter = letter_to(owen, ana)
    words = {"channel": "Team room", "address": "", "subject": "Right?", "text": "Is it?"}
    browser_of(ana).post(f"/outbox/{letter.pk}/words/", words)

    letter.refresh_from_db()
    assert letter.channel == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(channel="Team room")


def test_chats_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    import backing.site.settings as office

    monkeypatch.setenv("BACKING_CHATS", "Team room=slack://a/b/c  Board = json://h/?k=v")
    try:
        assert importlib.reload(office).BACKING_CHATS == {
            "Team room": "slack://a/b/c",
            "Board": "json://h/?k=v",
        }
    finally:
        monkeypatch.undo()
        importlib.reload(office)


def test_what_waits_for_a_decision_is_said_on_every_page(ana: Account) -> None:
    letter = letter_to(None, ana, personal=False)
    now = timezone.now()
    Sending.objects.create(
        letter=letter, asked_at=now, let_go_at=now, state="failed", error="may_have_gone"
    )

    assert "Outbox, 1 to decide" in browser_of(ana).get("/settings/").content.decode()
