"""The worker reads a new edition into the measures and looks at every claim again (S29-b)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from backing.evidence.models import Import, Measure, Renewal
from backing.evidence.tests.finished_register import make_evidence
from backing.people.models import Account
from backing.rhythm import claims, work
from backing.rhythm.models import LoggedVerdict, Look
from backing.rhythm.tests.conftest import browser_of
from backing.rhythm.tests.test_claims import NOW, claim, measure
from backing.site.steps import Pulse, jobs
from backing.site.work import attempts_at

pytestmark = pytest.mark.django_db


def late(ana: Account) -> Measure:
    return measure(ana, name="Late", unit="share", figure="late_rate", plan="original")


def done(look: Look) -> None:
    """As when the worker has ended it."""
    attempts_at(Look).filter(pk=look.pk).update(state="done")


def test_it_comes_after_all_that_makes_an_edition() -> None:
    for kind in (Import, Renewal):
        assert jobs[kind.kind].steps[-1] is work.read_measures
    assert jobs[Look.kind].steps == (work.judge,)


def test_a_new_edition_is_read_and_each_claim_is_looked_at_once(
    ana: Account, tmp_path: Path
) -> None:
    of = late(ana)
    made = claims.register(claim(of, least_effect=Decimal(5)), by=ana, now=NOW)
    first = Look.objects.get()
    work.judge(first, Pulse(first))
    assert not LoggedVerdict.objects.exists()  # no register has been taken in yet
    done(first)

    edition = make_evidence(tmp_path)
    renewal = Renewal.objects.create(asked_at=NOW)
    work.read_measures(renewal, Pulse(renewal))
    work.read_measures(renewal, Pulse(renewal))

    (reading,) = of.readings.standing()
    assert (reading.edition, reading.origin) == (edition.name, "computed")
    second = Look.objects.exclude(pk=first.pk).get()
    work.judge(second, Pulse(second))
    (said,) = made.verdicts.all()
    assert said.basis == edition.name


def test_what_cannot_be_compared_is_said_in_a_sentence(ana: Account, tmp_path: Path) -> None:
    make_evidence(tmp_path)
    told = claim(
        late(ana), start=None, starts_by={"Moon": date(2025, 1, 1)}, least_effect=Decimal(5)
    )
    made = claims.register(told, by=ana, now=NOW)
    look = Look.objects.get()
    work.judge(look, Pulse(look))

    said = made.verdicts.get()
    assert said.word == "Cannot tell"
    page = browser_of(ana).get(f"/keep-it/improvements/{made.pk}/").content.decode()
    assert "Moon" in page


def test_a_reading_entered_has_the_claims_about_it_looked_at(ana: Account) -> None:
    of = measure(ana)
    claims.register(claim(of), by=ana, now=datetime(2026, 1, 1, tzinfo=UTC))
    done(Look.objects.get())
    answer = browser_of(ana).post(
        f"/keep-it/measures/{of.pk}/readings/", {"at": "2026-01-31", "value": "40"}
    )
    assert answer.status_code == 302
    assert Look.objects.waiting().count() == 1
