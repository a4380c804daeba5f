"""Killed in mid-send, a letter never leaves twice; a server, worker or office that comes back changes nothing."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from backing.conftest import Office, wait_until
from backing.outbox.tests.conftest import Halting, Postbox

WRITE = """
from datetime import time
from django.utils import timezone
from backing.outbox import actions
from backing.outbox.composing import composed, digest
from backing.outbox.models import QuietHours, Letter
from backing.people.actions import head
from backing.people.models import Person
QuietHours.objects.get_or_create(pk=1, defaults={"begins": time(3), "ends": time(3), "weekends": False})
to = Person.objects.create(full_name="Owen", email="owen@aldmoor.example")
now = timezone.now()
made = actions.write("Rows", about="rows", subject="Right?", text="Dear Owen", to=to, by=head(), now=now)
one = Letter.objects.get(pk=made.pk)
seen = digest(composed(one, one.words))
actions.send(one, seen=seen, by=head(), now=now)
answer = [one.pk, seen]
"""
AGAIN = """
from django.utils import timezone
from backing.outbox import actions
from backing.outbox.models import Letter
answer = actions.send_again(Letter.objects.get(pk={pk}), now=timezone.now())
"""


@pytest.fixture
def sends(office: Office) -> Callable[[int], Office]:
    """An office that sends to a port of this machine."""

    def to(port: int) -> Office:
        office.environment |= {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(port),
            "EMAIL_FROM": "office@aldmoor.example",
        }
        return office

    return to


def standing(office: Office) -> tuple[str, str, bool, bool]:
    """State, error, whether it was let go, whether it was taken."""
    ((state, error, let_go, taken),) = office.rows(
        "select state, error, let_go_at, taken_at from outbox_sending"
    )
    return state, error, let_go is not None, taken is not None


def kill(process: Any) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_the_worker_brings_exactly_what_was_previewed(sends: Any, postbox: Postbox) -> None:
    import hashlib

    office = sends(postbox.port)
    office.worker()
    _, seen = office.python(WRITE)
    wait_until(lambda: standing(office)[0] == "done")

    assert [hashlib.sha256(each).hexdigest() for each in postbox.received] == [seen]


@pytest.mark.parametrize("halting_at", ["DATA"], indirect=True)
def test_a_worker_killed_while_the_server_took_it_never_sends_it_twice_and_says_so(
    sends: Any, halting_at: Halting
) -> None:
    office = sends(halting_at.port)
    worker = office.worker()
    pk, _ = office.python(WRITE)
    assert halting_at.reached.wait(60)
    kill(worker)
    halting_at.go_on.set()

    for _ in range(2):  # and another kill after it
        worker = office.worker()
        wait_until(lambda: standing(office)[0] == "failed")
        kill(worker)

    assert standing(office) == ("failed", "may_have_gone", True, False)
    assert len(halting_at.received) == 1

    office.worker()
    assert office.python(AGAIN.format(pk=pk))  # a person decides
    wait_until(lambda: standing(office)[0] == "done")
    assert len(halting_at.received) == 2
    assert halting_at.received[0] == halting_at.received[1]  # the same Message-ID


@pytest.mark.parametrize("halting_at", ["RCPT"], indirect=True)
def test_a_worker_killed_before_that_sends_it_once_when_it_comes_back(
    sends: Any, halting_at: Halting
) -> None:
    office = sends(halting_at.port)
    worker = office.worker()
    office.python(WRITE)
    assert halting_at.reached.wait(60)
    kill(worker)
    halting_at.go_on.set()
    office.worker()
    wait_until(lambda: standing(office)[0] == "done")

    assert len(halting_at.received) == 1


@pytest.mark.parametrize("halting_at", ["DATA"], indirect=True)
def test_a_lost_job_store_after_it_was_let_go_sends_nothing_twice(
    sends: Any, halting_at: Halting
) -> None:
    office = sends(halting_at.port)
    worker = office.worker()
    office.python(WRITE)
    assert halting_at.reached.wait(60)
    kill(worker)
    for file in office.home.glob("jobs.sqlite3*"):
        file.unlink()
    halting_at.go_on.set()
    office.worker()
    wait_until(lambda: standing(office)[0] == "failed")

    assert standing(office)[1:] == ("may_have_gone", True, False)
    assert len(halting_at.received) == 1


@pytest.mark.parametrize("halting_at", ["DATA"], indirect=True)
def test_a_mail_server_that_goes_away_in_mid_send_leaves_the_decision_to_a_person(
    sends: Any, halting_at: Halting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halting_at, "_halts", lambda: False)  # it hangs up with the message read
    office = sends(halting_at.port)
    office.worker()
    office.python(WRITE)
    wait_until(lambda: standing(office)[0] == "failed")

    assert standing(office) == ("failed", "may_have_gone", True, False)
    assert len(halting_at.received) == 1


@pytest.mark.parametrize("halting_at", ["DATA"], indirect=True)
def test_the_whole_office_killed_in_mid_send_comes_back_with_calendar_and_letter_as_they_were(
    sends: Any, halting_at: Halting
) -> None:
    import urllib.request

    office = sends(halting_at.port)
    office.serve()
    feed = office.python(
        "from django.utils import timezone\n"
        "from backing.people.actions import head\n"
        "from backing.rhythm.models import CalendarLink\n"
        "answer = CalendarLink.subscribe(head(), now=timezone.now())"
    )
    office.python(WRITE)
    assert halting_at.reached.wait(60)
    kill(office.processes[-1])  # its children end when its pipe closes

    wait_until(lambda: _serves_again(office))
    wait_until(lambda: standing(office)[0] == "failed")
    halting_at.go_on.set()
    address = f"{office.address}/keep-it/calendar/{feed}/backing.ics"
    with urllib.request.urlopen(address) as answer:
        assert answer.read().startswith(b"BEGIN:VCALENDAR")
    assert standing(office)[1] == "may_have_gone"
    assert len(halting_at.received) == 1


def _serves_again(office: Office) -> bool:
    """The lock is free once the children have seen that their parent is gone."""
    try:
        office.serve()
    except AssertionError:
        time.sleep(0.5)
        return False
    return True
