"""The outbox in a real browser, from the preview to a real mail server (S24; X7)."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from playwright.sync_api import Browser, Page

from backing.conftest import Office
from backing.outbox.tests.conftest import Postbox
from backing.site.tests.browser import looked_at_all_ways

WRITE = """
from datetime import time
from django.utils import timezone
from backing.outbox.actions import write
from backing.outbox.models import Letter, QuietHours, Sending
from backing.people.actions import head
from backing.people.models import Person
QuietHours.objects.create(pk=1, begins=time(3), ends=time(3), weekends=False)
now, to = timezone.now(), Person.objects.create(full_name="Owen Ashe", email="owen@aldmoor.example")
made = [
    write("Rows to confirm", about=f"rows-{n}", subject="Is this right?", to=to, by=head(), now=now,
          text="Dear Owen,\\n\\nhttps://office.example/" + "x" * 90)
    for n in range(2)
]
Letter.objects.filter(pk=made[1].pk).update(approved_at=now, digest="0" * 64, send_after=now)
Sending.objects.create(letter=made[1], asked_at=now, let_go_at=now, state="failed", error="may_have_gone")
answer = [one.pk for one in made]
"""


def fetched(page: Page, address: str) -> int:
    answer = page.request.get(address)
    return answer.status


def test_x7_looked_at_on_desk_and_phone_sent_and_received_as_it_was_looked_at(
    chromium: Browser, office: Office, postbox: Postbox
) -> None:
    office.environment |= {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(postbox.port),
        "EMAIL_FROM": "office@aldmoor.example",
    }
    link = office.serve()
    draft, unsure = office.python(WRITE)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    held: Any = context.storage_state()

    wrong = []
    looked = chromium.new_context(storage_state=held, bypass_csp=True).new_page()
    for path in ("", f"{draft}/", f"{unsure}/", "hours/"):
        looked.goto(f"{office.address}/outbox/{path}")
        wrong += looked_at_all_ways(looked, f"outbox-{path.strip('/')}")
    looked.goto(f"{office.address}/keep-it/calendar/")
    wrong += looked_at_all_ways(looked, "calendar")
    looked.context.close()
    assert wrong == []

    page.goto(f"{office.address}/outbox/{draft}/")
    seen = page.locator("input[name=seen]").get_attribute("value")
    page.get_by_role("button", name="Send to owen@aldmoor.example").click()
    page.wait_for_selector("h1:has-text('left on')")  # the page looks by itself
    assert [hashlib.sha256(each).hexdigest() for each in postbox.received] == [seen]

    page.goto(f"{office.address}/keep-it/calendar/")
    page.get_by_role("button", name="Make my secret address").click()
    address = re.search(r"http\S+backing\.ics", page.inner_text(".link-to-send"))
    assert address
    assert fetched(page, address[0]) == 200
    page.get_by_role("button", name="Close this address").click()
    assert "opens no more" in page.inner_text("[role=status]")
    assert fetched(page, address[0]) == 404
    context.close()
