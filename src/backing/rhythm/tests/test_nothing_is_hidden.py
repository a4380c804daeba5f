"""A report that hides a worsened measure cannot be issued: each way to try it, then an honest one (S29-c)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone

from backing.documents import files, work
from backing.documents.actions import draft_of, leave_out, write
from backing.documents.models import Issue
from backing.documents.tests.conftest import workspace as workspace  # noqa: PLC0414
from backing.evidence.models import Measure, MeasureReading
from backing.people.models import Account
from backing.rhythm.tests.conftest import browser_of
from backing.rhythm.tests.test_claims import measure
from backing.rhythm.tests.test_report import watched
from backing.site import steps
from backing.site.tests.opened import drawn
from backing.site.workspace import Workspace

pytestmark = pytest.mark.django_db

WORSE: Final = "Minutes asked"
SECTIONS: Final = ("in-short", "measures", "what-got-worse-or-did-not-move")


@pytest.fixture
def worse(ana: Account, workspace: Workspace) -> Measure:
    """A measure that reads as worse, beside one that nobody minds."""
    measure(ana, name="Reports in time", unit="share")
    return watched(ana, WORSE, 50, 70, unit="minutes")


def leave_the_sections_out(head: Client, worse: Measure) -> None:
    for key in SECTIONS:
        assert head.post(f"/documents/D7/{key}/omission/").status_code == 404
        leave_out(draft_of("D7"), key)


def write_something_else(head: Client, worse: Measure) -> None:
    for key in SECTIONS:
        posted = {"heading": "Nothing got worse.", "words": ""}
        head.post(f"/documents/D7/{key}/", posted)
        write(draft_of("D7"), key, **posted)


def leave_it_unexplained(head: Client, worse: Measure) -> None:
    posted = {"kind": "month", "first_day": "2026-10-01", "last_day": "2026-10-31"}
    answer = head.post("/keep-it/report/", {**posted, f"why_{worse.pk}": ""})
    assert answer.status_code == 302


def retire_it(head: Client, worse: Measure) -> None:
    head.post(f"/keep-it/measures/{worse.pk}/retirement/")
    worse.refresh_from_db()
    assert worse.retired_on is not None


def fix_its_baseline_anew(head: Client, worse: Measure) -> None:
    last = MeasureReading.objects.filter(measure=worse).latest("at").at
    posted = {"first_day": last - timedelta(days=200), "last_day": last, "because": "It is fairer."}
    assert head.post(f"/keep-it/measures/{worse.pk}/baseline/", posted).status_code == 302
    assert worse.baselines.count() == 2


def turn_it_round(head: Client, worse: Measure) -> None:
    """Higher is good from now on: what reads as worse would read as better."""
    page = head.get(f"/keep-it/measures/{worse.pk}/words/")
    form = page.context["form"]
    posted = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    kept = {name: value for name, value in posted.items() if value is not None}
    answer = head.post(
        f"/keep-it/measures/{worse.pk}/words/", {**kept, "direction": Measure.Direction.HIGHER}
    )
    assert answer.status_code == 422
    assert "Its baseline is fixed, so this stays." in answer.content.decode()


@pytest.mark.parametrize(
    "hide",
    [
        leave_the_sections_out,
        write_something_else,
        leave_it_unexplained,
        retire_it,
        fix_its_baseline_anew,
        turn_it_round,
    ],
)
def test_whatever_is_tried_the_issued_report_names_what_got_worse(
    ana: Account, worse: Measure, hide: Callable[[Client, Measure], None]
) -> None:
    hide(browser_of(ana), worse)
    for words in issued(ana):
        assert WORSE in words
        assert re.search(r"worse: *1", words), words[:2000]
        assert "Nothing got worse" not in words
        assert re.search(rf"{WORSE} *worse", words), "named as worse, in a row of its own"


def test_readings_that_were_taken_back_are_counted_in_the_report(
    ana: Account, worse: Measure
) -> None:
    head = browser_of(ana)
    for each in MeasureReading.objects.filter(measure=worse).order_by("-at")[:15]:
        head.post(f"/keep-it/readings/{each.pk}/withdrawal/")
    for words in issued(ana):
        assert re.search(rf"Readings withdrawn since the period began: *15 *, of {WORSE}", words)


def issued(ana: Account) -> list[str]:
    """Issue it by the page's address, let the worker write it, and read the words of PDF and page."""
    assert browser_of(ana).post("/documents/D7/issue/").status_code == 302
    made = Issue.objects.get(code="D7")
    Issue.objects.attempt_at(made.pk, made.attempt).begin(timezone.now())
    work.write(Issue.objects.get(pk=made.pk), steps.Pulse(made))
    steps.finish(made, steps.ON)
    kept = {
        each.kind: files.path_of(each.stored_as).read_bytes()
        for each in Issue.objects.get(pk=made.pk).files.all()
    }
    bare = re.sub(rb"<style>.*?</style>|<[^>]+>", b" ", kept["html"], flags=re.DOTALL).decode()
    return [re.sub(r"\s+", " ", words) for words in (drawn(kept["pdf"]), bare)]
