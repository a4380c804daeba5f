"""Going through the office as each role and as a stranger, looking for words that were planted for others.

Runs inside an office (see `test_a_leader_greps_everything`).  Every request is rolled back, so that an
address which changes something may be tried by everyone.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from backing.benefits.actions.lines import Typed, draw_line
from backing.benefits.models import BenefitProfile, GoalList
from backing.documents.models import Issue
from backing.evidence.models import (
    DroppedFile,
    Measure,
    MeasureReading,
    MirroredProject,
    Ownership,
    Reading,
)
from backing.leaders.actions import candidates
from backing.leaders.actions.asks import send
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.actions.promises import promise
from backing.leaders.models import (
    Ask,
    Assessment,
    Heard,
    InfluenceLink,
    Leader,
    LeaderCandidate,
    Position,
    StanceAssessment,
    Touchpoint,
)
from backing.mandate.actions import correct_impact
from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Expected,
    Impact,
    MandateDecision,
)
from backing.outbox.actions import write
from backing.people import key
from backing.people.access import Role
from backing.people.actions import head
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import (
    AccessRequest,
    Account,
    Erasure,
    OrgUnit,
    OwnStatement,
    Person,
    Roster,
    Sealed,
)
from backing.people.models.sealed import Hidden
from backing.people.rights import ask_for_access
from backing.people.workbook import dropped, writing
from backing.pushback.actions import Said, escalate, link_to_say, raise_pushback
from backing.rhythm.claims import Claim, register
from backing.rhythm.judging import judge
from backing.rhythm.models import CommunicationPlanItem, ImprovementTarget
from backing.rhythm.pulses import open_pulse
from backing.scope.actions import begin_hand_over, say_which_unit_we_are
from backing.scope.models import (
    Activity,
    ActivityList,
    Code,
    DataRequest,
    HandOver,
    RaciAssignment,
    ScopeItem,
    Service,
)
from backing.site.tests.opened import held
from backing.site.tests.returns import return_in
from backing.sponsor.actions import assign
from backing.sponsor.criteria import CRITERIA
from backing.sponsor.models import SponsorCandidate, SponsorRequest, SponsorUpdate, Win
from backing.worth.models import BenefitValuation, CostItem, HourlyRate

# Said of a leader whom the head looks after, and of one whom the member looks after.
HEADS, MEMBERS = "Quagglewort", "Brimblezax"
READERS: Final = {HEADS: {"pmo_head"}, MEMBERS: {"pmo_head", "pmo_member"}}
STRANGER, HERSELF = "a stranger", "the leader herself"

# Where somebody who may read them opens such words, by a click; nowhere else may they stand.
OPENS: Final = {
    "leader-opening",
    "leader-assessment",
    "change-opening",
    "changes",
    "blocks",
    "week",
    "thing",
    "leaders-picture",
    "leaders-listening",
    "print-brief",
    "person-pack",
    "person-reading",
    "sponsor-candidates",
}
# Of these, the ones to which a link leads that says so ("open to read"); the others open by a form.
BY_A_LINK: Final = {"week", "thing"}
# What a form must be sent for the page to say as much as it can.
SENT: Final[Mapping[str, dict[str, str]]] = {
    "leader-assessment": {"show": "1"},
    "print-brief": {"kind": "html", "purpose": "Dates"},
    "print-share-safe-brief": {"kind": "html", "purpose": "Dates"},
}


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is: keys by the name that addresses use."""

    leaders: tuple[int, int]
    persons: tuple[int, int]
    one: Mapping[str, int]
    project: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A planted word that somebody read."""

    viewer: str
    address: str
    method: str
    word: str
    is_stored: bool  # whether a cache may keep the answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def _leaders(world: World) -> list[dict[str, Any]]:
    return [{"leader_id": pk} for pk in world.leaders]


def _persons(world: World) -> list[dict[str, Any]]:
    return [{"person_id": pk} for pk in world.persons]


def _one(name: str) -> Callable[[World], list[dict[str, Any]]]:
    return lambda world: [{name: world.one.get(name, 1)}]


def _each(name: str, *values: str) -> Callable[[World], list[dict[str, Any]]]:
    return lambda _: [{name: value} for value in values]


Rule = Callable[[World], list[dict[str, Any]]]
# By the set of what varies in an address: what it is tried with.  By name where that says more.
BY_KEYS: Final[Mapping[frozenset[str], Rule]] = {
    frozenset({"leader_id"}): _leaders,
    frozenset({"person_id"}): _persons,
    frozenset({"person_id", "kind"}): lambda world: [
        {"person_id": pk, "kind": kind} for pk in world.persons for kind in ("json", "html", "pdf")
    ],
    frozenset({"person_id", "into_id"}): lambda world: [
        {"person_id": world.persons[0], "into_id": world.persons[1]}
    ],
    frozenset({"token"}): _each("token", "guess"),
    frozenset({"slug"}): _each("slug", "why", "leaders", "worth"),
    frozenset({"code"}): _each("code", "D1", "D4", "D13"),
    frozenset({"code", "key"}): lambda _: [{"code": "D1", "key": "what-will-improve"}],
    frozenset({"measure_name"}): _each("measure_name", "projects", "late_rate"),
    frozenset({"column"}): _each("column", "org_unit"),
    frozenset({"name", "form"}): lambda _: [
        {"name": "cost", "form": "svg"},
        {"name": "cost", "form": "csv"},
    ],
    frozenset({"key"}): _each("key", "RULE-25 leader-1"),
    frozenset({"kind"}): _each("kind", "html", "pdf"),
    frozenset({"win_id", "kind"}): lambda world: [
        {"win_id": world.one["win_id"], "kind": kind} for kind in ("pdf", "pptx")
    ],
    frozenset({"issue_id", "kind"}): lambda world: [
        {"issue_id": world.one["issue_id"], "kind": kind}
        for kind in ("pdf", "pptx", "docx", "html", "xlsx")
    ],
    **{
        frozenset({name}): _one(name)
        for name in (
            "account_id",
            "unit_id",
            "roster_id",
            "workbook_id",
            "request_id",
            "erasure_id",
            "issue_id",
            "reading_id",
            "ownership_id",
            "candidate_id",
            "promise_id",
            "ask_id",
            "change_id",
            "impact_id",
            "correction_id",
            "decision_id",
            "plan_id",
            "project_id",
            "template_id",
            "pushback_id",
            "escalation_id",
            "link_id",
            "assignment_id",
            "update_id",
            "win_id",
            "measure_id",
            "reading_of_id",
            "target_id",
            "improvement_id",
            "verdict_id",
            "activity_id",
            "service_id",
            "item_id",
            "part_id",
            "hand_over_id",
            "data_request_id",
            "list_id",
            "goal_id",
            "goal_list_id",
            "benefit_id",
            "contribution_id",
            "cost_id",
            "rate_id",
            "valuation_id",
            "letter_id",
            "expected_id",
            "pulse_id",
            "communication_id",
        )
    },
    frozenset({"layer", "step_id"}): lambda world: [
        {"layer": "change", "step_id": world.one["step_id"]}
    ],
    frozenset({"hand_over_id", "side"}): lambda world: [
        {"hand_over_id": world.one["hand_over_id"], "side": side} for side in ("giver", "receiver")
    ],
    frozenset({"one_id", "other_id", "unit_id"}): lambda world: [
        {"one_id": world.one["activity_id"], "other_id": world.one["double_id"], "unit_id": 0}
    ],
}


def addresses() -> list[tuple[str, frozenset[str]]]:
    """Every address of the office by its name, and what varies in it."""
    return list(_addresses(get_resolver().url_patterns))


def without_a_rule() -> list[str]:
    """Addresses that nobody has said how to try."""
    return [name for name, varies in addresses() if varies and varies not in BY_KEYS]


def _addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns)
        else:
            yield str(pattern.name), frozenset(pattern.pattern.converters)


def plant() -> World:
    """Two leaders, with a word in every sealed field, and one of everything that has an address."""
    now = datetime.now(UTC)
    Path(settings.BACKING_KEY_FILE).exists() or key.make(Path(settings.BACKING_KEY_FILE))
    ana = head()
    record_as_offered(by=ana, on=now.date())
    ben = _account("Ben", Role.PMO_MEMBER)
    for role in (Role.SPONSOR, Role.LEADER, Role.PROJECT_MANAGER, Role.FINANCE, Role.DPO):
        _account(f"A {role.label}", role)
    unit = OrgUnit.objects.create(name="Property")
    listed = [
        put_on_the_list(
            Person.objects.create(full_name=name, org_unit=unit), owner=owner, on=now.date()
        )
        for name, owner in (("Alba Stone", ana), ("Bert Roe", ben))
    ]
    Account.objects.create(person=listed[0].person, role=Role.LEADER, email="alba@aldmoor.example")
    change = ChangeProposal.objects.create(title="Stage checks", what_changes="A gate", why="Dates")
    change.required.set([leader.person for leader in listed])
    for leader, word in zip(listed, READERS, strict=True):
        _seal(leader, word, change, by=leader.owner, now=now)
    return _one_of_everything(listed, change, unit, ana, now)


def _account(name: str, role: str) -> Account:
    person = Person.objects.create(full_name=name)
    return Account.objects.create(person=person, role=role, email=f"{role}@aldmoor.example")


def _seal(leader: Leader, word: str, change: ChangeProposal, *, by: Account, now: datetime) -> None:
    """One of each kind of sealed record, the word in every text of it."""
    on, said = now.date(), f"said {word} aloud"
    touch = Touchpoint.objects.create(at=now, kind="one_to_one", by=by)
    touch.people.add(leader.person)
    common: dict[str, Any] = {"basis": "said_to_me", "evidence": said, "statement": said}
    assessed: dict[str, Any] = {"influence": 5, "interest": 4, "can_help": said, "can_block": said}
    records: list[models.Model] = [
        Heard(touchpoint=touch, by=by, noted_on=on, content=Hidden.sealing({"words": said})),
        Assessment(
            leader=leader,
            made_on=on,
            made_by=by,
            content=Hidden.sealing({**assessed, "channel": said}),
        ),
        StanceAssessment(
            leader=leader,
            assessed_on=on,
            assessed_by=by,
            content=Hidden.sealing({**common, "level": "resistant"}),
        ),
        InfluenceLink(
            leader=leader,
            to=by.person,
            noted_on=on,
            noted_by=by,
            content=Hidden.sealing({"strength": "strong", "basis": "seen", "note": said}),
        ),
        Position(
            leader=leader,
            change=change,
            noted_on=on,
            noted_by=by,
            content=Hidden.sealing({**common, "value": "opposes", "condition": said}),
        ),
        SponsorCandidate(
            person=leader.person,
            noted_on=on,
            noted_by=by,
            content=Hidden.sealing({name: {"score": 2, "why": said} for name in CRITERIA}),
        ),
        OwnStatement(
            person=leader.person, said_on=on, noted_by=by, content=Hidden.sealing({"words": said})
        ),
    ]
    for record in records:
        record.save()


def not_planted() -> list[str]:
    """Kinds of sealed record in which no word was planted."""
    return [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Sealed)
        and ".tests." not in model.__module__
        and models.QuerySet(model).count() < len(READERS)
    ]


def _of_a_measure(ana: Account, owner: Person, now: datetime) -> dict[str, models.Model | None]:
    """A measure with a reading, a target, a claim and what was said of it."""
    measure = Measure.objects.create(
        name="Days to a decision",
        unit="days",
        direction=Measure.Direction.LOWER,
        definition="From a request to its answer.",
        source="Minutes",
        owner=owner,
        decision_it_feeds="Whether the board meets weekly.",
    )
    reading = MeasureReading.objects.create(measure=measure, at=now.date(), value=41, made_at=now)
    claim = Claim(
        measure=measure,
        what_was_done="The board meets weekly",
        start=now.date(),
        least_effect=Decimal(4),
        rival_causes=("The season",),
        contribution="Nobody waits a month.",
    )
    improvement = register(claim, by=ana, now=now)
    return {
        "measure_id": measure,
        "reading_of_id": reading,
        "target_id": ImprovementTarget.objects.create(
            measure=measure,
            no_baseline_yet=True,
            target=20,
            start=now.date(),
            due=now.date() + timedelta(days=90),
            owner=owner,
            set_on=now.date(),
        ),
        "improvement_id": improvement,
        "verdict_id": judge(improvement, now=now),
    }


def _of_the_scope(unit: OrgUnit, ana: Account, now: datetime) -> dict[str, models.Model | None]:
    """An activity of the office that a neighbour does too, handed over, with all that hangs on it."""
    on = now.date()
    office = OrgUnit.objects.create(name="The office itself")
    say_which_unit_we_are(office)
    ours, theirs = (
        Activity.objects.create(name="Reports", org_unit=each, code=Code.METHOD, noted_on=on)
        for each in (office, unit)
    )
    going = HandOver(activity=ours, giver=unit, receiver=office, giving_ends=on, taking_starts=on)
    return {
        "activity_id": ours,
        "double_id": theirs,
        "service_id": Service.objects.create(activity=ours, name="Report", for_whom="boards"),
        "item_id": ScopeItem.objects.create(kind="wont", statement="Pay", nobody_instead=True),
        "part_id": RaciAssignment.objects.create(
            activity=ours, unit=office, role=RaciAssignment.Part.ACCOUNTABLE, begins=on
        ),
        "hand_over_id": begin_hand_over(going),
        "data_request_id": DataRequest.objects.create(
            what="Status", to_role=Role.PROJECT_MANAGER, minutes_each=5, begins=on
        ),
        "list_id": ActivityList.objects.create(by=ana, unit=unit, read_at=now, name="theirs.csv"),
    }


def _of_the_worth(ana: Account, now: datetime) -> dict[str, models.Model | None]:
    """A cost, what an hour costs, and the benefit in money."""
    benefit = BenefitProfile.objects.all()[0]
    on, euros = now.date(), {"currency": "EUR", "noted_on": now.date()}
    return {
        "cost_id": CostItem.objects.create(
            what="Posts", first_day=on, last_day=on, amount_minor=1, basis="Ledger", **euros
        ),
        "rate_id": HourlyRate.objects.create(
            role=Role.PROJECT_MANAGER, rate_minor=1, source="Finance", **euros
        ),
        "valuation_id": BenefitValuation.objects.create(
            benefit=benefit,
            kind="hard",
            noted_by=ana,
            basis="Readings",
            first_day=on - timedelta(days=90),
            last_day=on - timedelta(days=1),
            **{"low_minor": 1, "likely_minor": 1, "high_minor": 1, **euros},
            attribution_share=Decimal("0.5"),
            attribution_reason="Others too",
        ),
    }


def _of_the_benefits(ana: Account, now: datetime) -> dict[str, models.Model | None]:
    """A line from a change of the business to a goal, and a list of goals that waits."""
    on = now.date()
    typed = Typed(change="Checks first", benefit="Less slip", goal="Keep promises")
    first, last = draw_line(typed, on=on, source="Strategy")
    return {
        "contribution_id": first,
        "step_id": first.source,
        "benefit_id": first.target,
        "goal_id": last.target,
        "goal_list_id": GoalList.objects.create(
            by=ana, read_at=now, name="goals.csv", source="Strategy"
        ),
    }


def _one_of_everything(
    listed: list[Leader], change: ChangeProposal, unit: OrgUnit, ana: Account, now: datetime
) -> World:
    on = now.date()
    person = listed[0].person
    decision = MandateDecision.objects.create(
        kind="change",
        question="Do we check?",
        recommendation="Yes",
        if_not_decided="No",
        needed_by=on,
    )
    decision.deciders.set([leader.person for leader in listed])
    decision.change = change
    decision.save()
    impact = Impact.objects.create(change=change, org_unit=unit)
    ask = Ask.objects.create(of=person, what="Speak for it", why="They listen", by=on)
    project = MirroredProject.objects.first()
    assert project is not None
    owned = Ownership.objects.create(register=project.register, key=project.key, person=person)
    candidates.note_met(Person.objects.create(full_name="Cleo Marsh"), on=on)
    made: dict[str, models.Model | None] = {
        "account_id": Account.objects.get(role=Role.PMO_MEMBER),
        "unit_id": unit,
        "roster_id": Roster.objects.create(
            by=ana,
            read_at=now,
            name="people.csv",
            digest="0" * 64,
            header=["Name"],
            columns={"name": 0},
            rows=[[2, ["Alba Stone"]]],
        ),
        "request_id": ask_for_access(person, received=on),
        "erasure_id": Erasure.objects.create(person=person, why="asked", by=ana, asked_at=now),
        "issue_id": Issue.objects.first(),
        "reading_id": Reading.objects.first(),
        "ownership_id": owned,
        "candidate_id": LeaderCandidate.objects.first(),
        "promise_id": promise(by=ana.person, to=person, what="Send the dates", due=on),
        "ask_id": send(ask, on=on),
        "change_id": change,
        "impact_id": impact,
        "correction_id": correct_impact(
            impact,
            said_by=person,
            words="Nine hours",
            now=now,
            answer_due=on,
            once="planted",
        ),
        "decision_id": decision,
        "expected_id": Expected.objects.create(statement="Fewer surprises", on=on),
        "plan_id": BlockPlan.objects.create(
            change=change, person=person, action="Speak first", owner=ana, due=on
        ),
        "project_id": project,
        **_of_a_measure(ana, person, now),
        **_of_the_scope(unit, ana, now),
        **_of_the_benefits(ana, now),
        **_of_the_worth(ana, now),
    }
    made["letter_id"] = write(
        "Rows to confirm", about="rows", subject="Right?", text="Is it?", to=person, by=ana, now=now
    )
    made["communication_id"] = CommunicationPlanItem.objects.create(
        audience="The board",
        message="What improved.",
        channel="Ten minutes",
        every_days=30,
        owner=person,
        begins_on=on,
    )
    made["pulse_id"], _ = open_pulse({"leaders": 5}, closes=on, by=ana, now=now)
    made |= _pushback(change, person, ana, now) | _sponsor(person, now)
    made["workbook_id"] = dropped.drop(
        [writing.write(ana, now=now).content], name="office.xlsx", by=ana, now=now
    )
    assert AccessRequest.objects.exists()
    assert DroppedFile.objects.exists()
    return World(
        leaders=(listed[0].pk, listed[1].pk),
        persons=(listed[0].person_id, listed[1].person_id),
        one={name: record.pk for name, record in made.items() if record is not None},
        project=project.pk,
    )


def _pushback(
    change: ChangeProposal, person: Person, ana: Account, now: datetime
) -> dict[str, models.Model | None]:
    raised, _ = raise_pushback(Said(text="It takes hours.", change=change), now=now)
    return {
        "pushback_id": raised,
        "link_id": link_to_say(by=ana, now=now, change=change)[0],
        "escalation_id": escalate(
            raised,
            to=person,
            level=3,
            facts="It takes hours.",
            effect="Nobody does it.",
            tried="",
            options=["Stop", "Go on"],
            recommendation="Stop",
            by=now.date(),
            on=now.date(),
            raised_by=ana,
        ),
    }


def _sponsor(person: Person, now: datetime) -> dict[str, models.Model | None]:
    on = now.date()
    assignment = assign(person, origin="assigned", since=on, span=[])
    SponsorRequest.objects.create(
        to=person, why_you="You decide", hours_a_month=2, behaviours=["Be seen"], asked_on=on
    )
    return {
        "assignment_id": assignment,
        "update_id": SponsorUpdate.objects.create(
            assignment=assignment, headline="Nine days", bad="We are late", made_on=on
        ),
        "win_id": Win.objects.create(
            headline="Stopped in week six",
            what_changed="Stopped",
            for_whom="Logistics",
            evidence="Minutes",
            happened_on=on,
            owner=person,
            approved_by_owner_on=on,
            message="I was glad",
            status="confirmed",
            confirmed_on=on,
        ),
    }


@dataclass
class Visited:
    """What a walk met: each planted word that was read, faults, and returns in per cent, for none is earned."""

    hits: list[Hit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)


def visit(world: World) -> Visited:
    """Every address as everyone, asked for and sent to."""
    met = Visited()
    for viewer, browser in _browsers():
        for name, varies in addresses():
            for arguments in BY_KEYS[varies](world) if varies else [{}]:
                address = reverse(name, kwargs=arguments)
                for method in ("GET", "POST"):
                    answer = _ask(browser, method, address, SENT.get(name, {}))
                    met.hits += _hits(answer, viewer, name, method)
                    if answer.status >= 500:
                        met.faults.append(f"{method} {address} as {viewer}")
                    told = _return_in(answer, viewer, method)
                    if told:
                        met.returns.append(f"{address} as {viewer}: {told}")
        for address in ("/nowhere/", "/leaders/9999/", f"/people/persons/?q={'x' * 9000}"):
            met.hits += _hits(_ask(browser, "GET", address, {}), viewer, "an error page", "GET")
    return met


def _return_in(answer: Answer, viewer: str, method: str) -> str | None:
    """A return in per cent, where one of those reads who see what the office costs."""
    if method != "GET" or answer.status != 200 or viewer not in (Role.PMO_HEAD, Role.FINANCE):
        return None
    return return_in(answer.content, answer.headers.get("Content-Type", ""))


def _browsers() -> Iterator[tuple[str, Client]]:
    yield STRANGER, _browser()
    for account in Account.objects.order_by("pk"):
        browser = _browser()
        browser.force_login(account)
        is_her = account.email == "alba@aldmoor.example"
        yield (HERSELF if is_her else account.role), browser


def _browser() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")


def _ask(browser: Client, method: str, address: str, sent: dict[str, str]) -> Answer:
    kept = copy.deepcopy(browser.cookies)  # the sign-out, too, is rolled back
    with transaction.atomic():
        if method == "GET":
            response: Any = browser.get(address)
        else:
            response = browser.post(address, sent, follow=True)
        content = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    browser.cookies = kept
    return Answer(response.status_code, dict(response.headers), content)


def _hits(answer: Answer, viewer: str, name: str, method: str) -> Iterator[Hit]:
    headers = json.dumps(answer.headers).encode()
    is_stored = "no-store" not in answer.headers.get("Cache-Control", "")
    for word in sorted(held(answer.content, READERS) | held(headers, READERS)):
        yield Hit(viewer, name, method, word, is_stored)


def break_one() -> int:
    """Damage a sealed record, so that opening it is a fault of ours; gives the leader."""
    stance = StanceAssessment.objects.all()[0]
    token = bytearray(stance.content.token())
    token[20] ^= 1
    models.QuerySet(StanceAssessment).filter(pk=stance.pk).update(content=Hidden(bytes(token)))
    return stance.leader_id


def main() -> None:
    world = plant()
    missing = not_planted()
    met = visit(world)
    leader = break_one()
    heads = _browser()
    heads.force_login(Account.objects.get(role=Role.PMO_HEAD))
    broken = heads.post(reverse("leader-opening", args=[leader]))
    answer = {
        "missing": missing,
        "hits": [asdict(hit) for hit in met.hits],
        "fault": [broken.status_code, bool(held(broken.content, READERS))],
        "faults": met.faults,
        "returns": met.returns,
    }
    sys.stdout.write(f"ANSWER {json.dumps(answer)}\n")


if __name__ == "__main__":
    import django

    django.setup()
    main()
