"""Activities, services, scope items, parts, asks and the charter as values, for a viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from backing.people.access import Role
from backing.people.models import Account
from backing.people.one_look import once_a_look
from backing.scope.burden import Asked, Burden, burdens
from backing.scope.models import (
    Acknowledgement,
    Activity,
    Charter,
    DataRequest,
    OurUnit,
    RaciAssignment,
    ScopeItem,
    Service,
)

Part = RaciAssignment.Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An activity of a unit.  ours: the office does it.  will: it stands in no won't and no not yet."""

    pk: int
    name: str
    unit: int
    unit_name: str
    ours: bool
    will: bool
    code: str
    kind: str  # the code in words, "" where it has none
    purpose: str
    required_by: str
    hours_per_month: Decimal | None
    status: str
    begins: date | None
    until: date | None
    noted_on: date

    def is_done_on(self, day: date) -> bool:
        """As far as its days are known."""
        return (self.begins or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A service, with the activity behind it."""

    pk: int
    name: str
    category: str
    activity: str
    for_whom: str
    pain_addressed: str
    benefit: str
    how_to_request: str
    inputs_needed: str
    service_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One sentence of the scope.  instead: the unit that does it, "" where nobody is named.

    nobody: it was said that nobody does it, which the charter shows as an open gap (S19).
    """

    pk: int
    kind: str
    statement: str
    reason: str
    instead: str
    nobody: bool
    from_on: date | None
    activities: tuple[tuple[int, str], ...]  # key and name


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Who has which part in an activity on a day, units and persons by name; () for nobody."""

    activity: int
    name: str
    unit_name: str
    responsible: tuple[str, ...] = ()
    accountable: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A line of the ask ledger.  of: whom it is asked of, in words."""

    pk: int
    what: str
    of: str
    role: str
    person: int | None
    decision_it_feeds: str
    used_by: str
    minutes_each: int
    frequency: str  # in words
    minutes_a_month: int
    gives_back: str
    begins: date
    last_used_on: date | None
    retire_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOver:
    """What was asked in a stretch of time.  role: whose, also of a person asked by name; "" if they have none.

    everyone: whether all of that role are asked.  minutes: in the whole stretch, of each who is asked.
    """

    what: str
    of: str
    role: str
    everyone: bool
    minutes: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterInForce:
    """The version that was last put before anyone.  issue: the document, None where it has none.

    agreed: it rests on a decision of management; otherwise it is stamped "proposed".
    """

    pk: int
    version: int
    agreed: bool
    proposed_on: date | None
    effective: date | None
    review_due: date
    issue: int | None
    basis: int | None
    units: tuple[tuple[int, str], ...]
    answered: frozenset[int] = field(
        default_factory=frozenset
    )  # persons who acknowledged or objected
    stop_if: tuple[str, ...] = ()  # the exit test, as it was written


def our_unit(viewer: Account) -> tuple[int, str] | None:
    """Key and name of the unit that the office is; None while nobody has said."""
    found = OurUnit.objects.visible_to(viewer).select_related("unit").first()
    return (found.unit_id, found.unit.name) if found else None


@once_a_look
def activities(viewer: Account, *, ours: bool | None = None) -> tuple[Done, ...]:
    """Those done or planned, by unit and name.  ours: of the office only, or of neighbours only."""
    rows = Activity.objects.visible_to(viewer).live().select_related("org_unit")
    if ours is not None:
        rows = rows.ours() if ours else rows.of_neighbours()
    office = OurUnit.ours()
    left, wanted = _by_kind()
    return tuple(
        Done(
            pk=each.pk,
            name=each.name,
            unit=each.org_unit_id,
            unit_name=each.org_unit.name,
            ours=each.org_unit_id == office,
            will=each.org_unit_id == office and (each.pk in wanted or each.pk not in left),
            code=each.code,
            kind=each.get_code_display() if each.code else "",
            purpose=each.purpose,
            required_by=each.required_by,
            hours_per_month=each.hours_per_month,
            status=each.status,
            begins=each.begins,
            until=each.until,
            noted_on=each.noted_on,
        )
        for each in rows
    )


def services(viewer: Account) -> tuple[Offered, ...]:
    rows = Service.objects.visible_to(viewer).select_related("activity")
    return tuple(
        Offered(
            pk=each.pk,
            name=each.name,
            category=each.category,
            activity=each.activity.name,
            for_whom=each.for_whom,
            pain_addressed=each.pain_addressed,
            benefit=each.benefit,
            how_to_request=each.how_to_request,
            inputs_needed=each.inputs_needed,
            service_level=each.service_level,
        )
        for each in rows
    )


@once_a_look
def scope_items(viewer: Account) -> tuple[Item, ...]:
    """Will, won't, not yet, each in the order they were put in."""
    rows = ScopeItem.objects.visible_to(viewer).select_related("instead")
    order = {kind: place for place, kind in enumerate(ScopeItem.Kind.values)}
    found = (
        Item(
            pk=each.pk,
            kind=each.kind,
            statement=each.statement,
            reason=each.reason,
            instead=each.instead.name if each.instead else "",
            nobody=each.nobody_instead,
            from_on=each.from_on,
            activities=tuple((activity.pk, activity.name) for activity in each.activities.all()),
        )
        for each in rows.prefetch_related("activities")
    )
    return tuple(sorted(found, key=lambda each: order[each.kind]))


def parts(viewer: Account, *, on: date) -> tuple[Parts, ...]:
    """Who does what on a day, by unit and activity: what the office does on that day, and what of its
    neighbours somebody is recorded for."""
    rows = RaciAssignment.objects.visible_to(viewer).on(on).select_related("unit", "person")
    by: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in rows:
        by[each.activity_id][each.role].append(each.party)
    return tuple(
        Parts(
            activity=each.pk,
            name=each.name,
            unit_name=each.unit_name,
            responsible=tuple(sorted(by[each.pk][Part.RESPONSIBLE])),
            accountable=tuple(sorted(by[each.pk][Part.ACCOUNTABLE])),
            consulted=tuple(sorted(by[each.pk][Part.CONSULTED])),
            informed=tuple(sorted(by[each.pk][Part.INFORMED])),
        )
        for each in activities(viewer)
        if each.pk in by or (each.ours and each.is_done_on(on))
    )


def asks(viewer: Account, *, on: date) -> tuple[AskedFor, ...]:
    """What the office asks of others on a day, the heaviest first."""
    return by_weight(_asked(viewer, first=on, last=on))


def by_weight(rows: Iterable[DataRequest]) -> tuple[AskedFor, ...]:
    """As lines of the ledger, the heaviest first."""
    found = [
        AskedFor(
            pk=each.pk,
            what=each.what,
            of=str(each.to_person or Role(each.to_role).label),
            role=each.to_role,
            person=each.to_person_id,
            decision_it_feeds=each.decision_it_feeds,
            used_by=each.used_by,
            minutes_each=each.minutes_each,
            frequency=each.get_frequency_display().lower(),
            minutes_a_month=round(each.minutes_a_month),
            gives_back=each.gives_back,
            begins=each.begins,
            last_used_on=each.last_used_on,
            retire_on=each.retire_on,
        )
        for each in rows
    ]
    return tuple(sorted(found, key=lambda each: (-each.minutes_a_month, each.what, each.pk)))


def asked_over(viewer: Account, *, first: date, last: date) -> tuple[AskedOver, ...]:
    """What the ledger asks of others from one day to another, both included; a year has 365 days."""
    roles = _roles_of_those_asked(viewer)
    found = []
    for each in _asked(viewer, first=first, last=last):
        until = min(last, each.retire_on - timedelta(days=1)) if each.retire_on else last
        days = (until - max(first, each.begins)).days + 1
        found.append(
            AskedOver(
                what=each.what,
                of=str(each.to_person or Role(each.to_role).label),
                role=each.to_role or roles.get(each.to_person_id or 0, ""),
                everyone=each.to_person_id is None,
                minutes=each.minutes_a_month * 12 * max(days, 0) / 365,
            )
        )
    return tuple(found)


def burden(viewer: Account, *, on: date) -> tuple[Burden, ...]:
    """What the asks take a month of everyone in a role, and of persons asked by name; the heaviest first."""
    asked = (
        Asked(role=each.to_role, person=each.to_person_id, minutes_a_month=each.minutes_a_month)
        for each in _asked(viewer, first=on, last=on)
    )
    return tuple(burdens(asked, _roles_of_those_asked(viewer)))


def burden_of_a_project_manager(viewer: Account, *, on: date) -> int:
    """Minutes a month that every project manager gives: what cost and rules count with (RULE-28)."""
    role = Role.PROJECT_MANAGER
    return next(
        (each.minutes for each in burden(viewer, on=on) if each.role == role and not each.person), 0
    )


@once_a_look
def charter(viewer: Account) -> CharterInForce | None:
    """None while no version was put before anyone."""
    found = Charter.objects.visible_to(viewer).current()
    if found is None:
        return None
    answers = found.acknowledgements.exclude(response=Acknowledgement.Response.NO_REPLY)
    return CharterInForce(
        pk=found.pk,
        version=found.version,
        agreed=found.status == Charter.Status.AGREED,
        proposed_on=found.proposed_on,
        effective=found.effective,
        review_due=found.review_due,
        issue=found.issue_id,
        basis=found.basis_id,
        units=tuple(found.units.order_by("name").values_list("pk", "name")),
        answered=frozenset(answers.values_list("person", flat=True)),
        stop_if=tuple(
            line.strip()
            for line in str(found.sections.get("stop_if", "")).splitlines()
            if line.strip()
        ),
    )


@once_a_look
def _ledger(viewer: Account) -> tuple[DataRequest, ...]:
    """All asks, those that are no longer made included."""
    return tuple(DataRequest.objects.visible_to(viewer).select_related("to_person"))


@once_a_look
def _roles_of_those_asked(viewer: Account) -> dict[int, str]:
    """Of whoever is asked by name."""
    named = {each.to_person_id for each in _ledger(viewer)} - {None}
    if not named:
        return {}
    return dict(Account.objects.filter(person__in=named).values_list("person", "role"))


def _asked(viewer: Account, *, first: date, last: date) -> list[DataRequest]:
    """What is asked on one of these days."""
    return [
        each
        for each in _ledger(viewer)
        if each.begins <= last and not (each.retire_on and each.retire_on <= first)
    ]


@once_a_look
def _by_kind() -> tuple[set[int], set[int]]:
    """Keys of activities in a won't or a not yet, and of those in a will."""
    left: set[int] = set()
    wanted: set[int] = set()
    links = ScopeItem.activities.through.objects.values_list("activity", "scopeitem__kind")
    for activity, kind in links:
        (wanted if kind == ScopeItem.Kind.WILL else left).add(activity)
    return left, wanted
