"""An office with a row of everything that somebody can type: the demo, and whatever it has none of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from backing.benefits.models import Capability
from backing.documents.models import Draft
from backing.evidence.models import Coding, Decision, Measure, OwnCause, Ownership, SettledCoding
from backing.leaders.models import Leader, LeaderCandidate
from backing.mandate.models import BlockPlan, ChangeProposal, MandateDecision
from backing.outbox.models import QuietHours
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.people.models.audited import past_the_guard
from backing.people.models.sealed import Hidden
from backing.people.rights import ask_for_access
from backing.people.tests.test_access import our_models
from backing.people.workbook import dropped, writing
from backing.rhythm.models import Report, SetThreshold
from backing.scope.models import Acknowledgement, CauseLeft, Charter
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from backing.sponsor.models import SponsorRequest
from backing.worth.models import BenefitValuation, KeptApart

NOW = datetime(2026, 5, 11, 9, 0, 12, 345678, tzinfo=UTC)
TODAY = NOW.date()
Cells = dict[str, list[list[str]]]


def fill_the_house() -> Account:
    """Fill an empty office; gives its head."""
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    people.head()
    sample.fill_office(now=NOW)
    head = people.head()
    _of_the_evidence(Person.objects.exclude(pk=head.person_id)[0])
    _of_the_rest(head)
    return head


def _of_the_evidence(person: Person) -> None:
    project = {"register": "register-2024", "key": "P-007"}
    Decision.objects.create(
        kind="cause", line='{"cause": "estimate"}', by=person, made_at=NOW, **project
    )
    Ownership.objects.create(person=person, alias="Project Heron", **project)
    Coding.objects.create(
        coder=person, cause="estimate", evidence="=too low", coded_at=NOW, **project
    )
    SettledCoding.objects.create(
        causes=[{"cause": "estimate", "weight": 0.5}], by=person, settled_at=NOW, **project
    )
    OwnCause.objects.create(name="port-strike", label="Port strike")


def _of_the_rest(head: Account) -> None:
    leader = Leader.objects.all()[0].person
    change = ChangeProposal.objects.all()[0]
    ask_for_access(leader, received=TODAY)
    QuietHours(pk=1, begins=time(18, 15), weekends=False).save()
    Draft.objects.create(code="D1", order=["asks"], own_words={"asks": {"words": "Two\r\nlines"}})
    BlockPlan.objects.create(
        change=change, person=leader, action="Speak first", owner=head, due=TODAY
    )
    CauseLeft.objects.create(cause="value-over-price", reason="Procurement does", noted_on=TODAY)
    basis = MandateDecision.objects.all()[0]
    charter = Charter.objects.filter(status="agreed").first() or Charter.objects.create(
        version=1,
        status="agreed",
        basis=basis,
        written_on=TODAY,
        proposed_on=TODAY,
        review_due=TODAY + timedelta(days=300),
        sections={"purpose": "To be of use."},
    )
    charter.units.set(OrgUnit.objects.all()[:2])
    Acknowledgement.objects.get_or_create(
        charter=charter, person=leader, defaults={"asked_on": TODAY}
    )
    LeaderCandidate.objects.create(
        person=Person.objects.create(full_name="Cleo Marsh", email="cleo@aldmoor.example")
    )
    Capability.objects.create(name="Forecasts that hold")
    SetThreshold.objects.create(key="dormant_days", value=45.5, why="We meet less often")
    SponsorRequest.objects.create(
        to=leader,
        why_you="You decide",
        hours_a_month=2,
        behaviours=["Be seen"],
        what_you_get="One number a fortnight",
        we_promise="No surprises",
        asked_on=TODAY,
    )
    Report.objects.create(
        first_day=date(2024, 2, 1),
        last_day=date(2024, 2, 29),
        explanations={str(Measure.objects.all()[0].pk): "Fewer requests, “Q1” closed"},
    )
    one, other = BenefitValuation.objects.order_by("pk")[:2]
    KeptApart.objects.create(one=one, other=other, why="Other budgets", by=head, on=TODAY)


def written(viewer: Account, folder: Path) -> Cells:
    """The workbook as a file, read again."""
    path = folder / "office.xlsx"
    path.write_bytes(writing.write(viewer, now=NOW).content)
    return dropped.read(path, name=path.name).sheets


def database() -> dict[str, list[Any]]:
    """Every row of every table of the office, and what each names."""
    found: dict[str, list[Any]] = {}
    for model in our_models():
        found[model._meta.label] = [
            {name: each.token() if isinstance(each, Hidden) else each for name, each in row.items()}
            for row in past_the_guard(model).order_by("pk").values()
        ]
        for each in model._meta.many_to_many:
            through: Any = each.remote_field.through
            found[through._meta.label] = sorted(through.objects.values_list())
    return found
