"""What is held about somebody as a leader: shown to them, erased, and whose time is over."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from backing.leaders.levels import LEVELS_MEAN, Level
from backing.leaders.models import (
    Ask,
    AskSent,
    Assessment,
    Commitment,
    Expectation,
    Heard,
    InfluenceLink,
    Interest,
    Leader,
    LeaderCandidate,
    Position,
    StanceAssessment,
    StatedPosition,
    SupportAct,
    Touchpoint,
)
from backing.leaders.models.contact import HeardQuerySet
from backing.people.advising import Office
from backing.people.held import Counts, Due, Entry, NotTold, Section, Text, Value
from backing.people.models import Account, Person
from backing.people.models.sealed import Content, S, SealedQuerySet
from backing.people.names import Names
from backing.people.retention import HEARD, LEFT

APP: Final = "leaders"
PURPOSE: Final = "access request: all that is held about a person"
WATCH: Final = "words that do not belong in notes"
OPINIONS: Final[tuple[Any, ...]] = (Assessment, StanceAssessment, Position, InfluenceLink)
WORDS: Final = {
    "said_to_me": "you said it to us",
    "observed_act": "we saw it",
    "reported_by_other": "somebody else told us",
    "told_us": "one of you told us",
    "seen": "seen in a meeting",
    "reports_to": "one of you reports to the other",
    "worked_together": "you have worked together",
    "assumed": "assumed",
}
_TITLES: Final[Mapping[Any, tuple[str, str]]] = {
    Assessment: ("What you can help with or stop", "To know whom a change needs."),
    StanceAssessment: (
        "Where we think you stand",
        "To know with whom to speak next, and about what.",
    ),
    Position: ("Where we think you stand on a change", "To prepare the decision on it."),
    InfluenceLink: ("Whose advice you listen to", "To bring in those whose advice counts."),
}
_SEALED: Final = (
    "The head of the office, and whoever looks after the contact with you; each reading is logged."
)
_OFFICE: Final = "The project office."
_LEFT: Final = "Until 90 days after you leave the role."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What is thought, what was heard, and what passed between the two."""
    for model, (title, why) in _TITLES.items():
        rows = model.objects.filter(leader__person=person)
        opened = rows.open_sealed(viewer=viewer, purpose=PURPOSE, now=now)
        entries = tuple(_opinion(record, said) for record, said in opened)
        yield Section(title=title, why=why, seen_by=_SEALED, kept=_LEFT, entries=entries)
    yield _heard(person, viewer, now)
    yield _of_whom_others_listen(person, viewer, now)
    yield from _plain(person)


def erase(person: Person, names: Names) -> Counts:
    """The leader with all that hangs on it, what was heard, and the candidacy; promises stay as the post's."""
    del names
    leaders = list(Leader.objects.filter(person=person))
    found = {"sealed records erased": _sealed_about(person)}
    met = Touchpoint.objects.filter(people=person)
    Heard.objects.filter(touchpoint__in=met).delete()
    InfluenceLink.objects.filter(to=person).delete()
    LeaderCandidate.objects.filter(person=person).delete()
    LeaderCandidate.history.filter(person=person).delete()
    for leader in leaders:
        for model in (StatedPosition, Interest, Expectation, SupportAct):
            model.history.filter(leader=leader.pk).delete()
        leader.delete()
        Leader.history.filter(person=person).delete()
    found["contacts"] = met.count()
    for touchpoint in met:
        touchpoint.people.remove(person)
    return found


def is_due(office: Office, today: date) -> bool:
    """Whether there is anything to review; quick, for it is asked with every page of the week."""
    if _heard_before(today - timedelta(days=office[HEARD])).order_by().exists():
        return True
    left = _left(office, today)
    if not left:
        return False
    leaders, people = [each.pk for each in left], [each.person_id for each in left]
    return (
        any(model.objects.filter(leader__in=leaders).exists() for model in OPINIONS)
        or InfluenceLink.objects.filter(to__in=people).exists()
        or Heard.objects.filter(touchpoint__people__in=people).exists()
    )


def due(office: Office, today: date) -> Iterator[Due]:
    """What was heard too long ago, and what is thought of those who left."""
    for each in _old_words(office, today):
        yield Due(
            app=APP,
            code="heard",
            person_id=each["person"],
            what="Notes of what was heard",
            count=each["n"],
            since=each["since"],
        )
    for leader in _left(office, today):
        count = _sealed_about(leader.person)
        ended = _ended(leader)
        if count and ended is not None:
            yield Due(
                app=APP,
                code="left",
                person_id=leader.person_id,
                what="What is thought of somebody who left the role",
                count=count,
                since=ended,
            )


def forget(due: Due, office: Office, today: date) -> int:
    """Erase what the review list named."""
    person = Person.objects.get(pk=due.person_id or 0)
    if due.code == "heard":
        limit = today - timedelta(days=office[HEARD])
        return _heard_before(limit).filter(touchpoint__people=person).delete()[0]
    count = _sealed_about(person)
    Heard.objects.filter(touchpoint__people=person).delete()
    for model in OPINIONS:
        model.objects.filter(leader__person=person).delete()
    InfluenceLink.objects.filter(to=person).delete()
    return count


def texts_since(
    day: date, viewer: Account, now: datetime, known: Container[bytes]
) -> Iterator[Text]:
    """Free text about people that was written since a day."""
    notes = Heard.objects.filter(touchpoint__at__gte=_midnight(day)).unlike(known)
    for note, said in _looked_through(notes, viewer, now):
        yield Text(
            subject=f"heard-{note.pk}",
            mark=note.content.mark,
            words=str(said.get("words", "")),
            href=partial(_page_after, note),
        )
    stances = StanceAssessment.objects.filter(assessed_on__gte=day).unlike(known)
    for stance, said in _looked_through(stances, viewer, now):
        yield Text(
            subject=f"stance-{stance.pk}",
            mark=stance.content.mark,
            words=str(said.get("evidence") or ""),
            href=partial(reverse, "leader", args=[stance.leader_id]),
        )


def _looked_through(
    found: SealedQuerySet[S], viewer: Account, now: datetime
) -> list[tuple[S, Content]]:
    """Where there is none to look through, nothing is opened, and nothing logged."""
    return found.open_sealed(viewer=viewer, purpose=WATCH, now=now) if found.exists() else []


def not_told(office: Office, today: date) -> Sequence[NotTold]:
    """Leaders of whom something sealed is kept, who have had no notice."""
    del office, today
    untold = Leader.objects.filter(person__privacy_notice_sent_at=None, person__erased_at=None)
    of_one = OuterRef("pk")
    # By the table between: asked through the contacts, the database would look each of them up.
    with_them = Touchpoint.people.through.objects.filter(person=OuterRef(OuterRef("person")))
    first = {
        "assessed": _first(Assessment.objects.filter(leader=of_one), "made_on"),
        "stood": _first(StanceAssessment.objects.filter(leader=of_one), "assessed_on"),
        "positioned": _first(Position.objects.filter(leader=of_one), "noted_on"),
        "listening": _first(InfluenceLink.objects.filter(leader=of_one), "noted_on"),
        "heard": _first(
            Heard.objects.filter(touchpoint__in=with_them.values("touchpoint")), "noted_on"
        ),
    }
    rows = untold.order_by("person").annotate(**first).values_list("person", *first)
    days = ((person, [day for day in found if day is not None]) for person, *found in rows)
    return tuple(NotTold(person_id=person, since=min(found)) for person, found in days if found)


def _first(records: QuerySet[Any], day: str) -> Subquery:
    return Subquery(records.order_by(day).values(day)[:1])


def _opinion(record: Any, said: Mapping[str, Any]) -> Entry:
    says = tuple(
        (name.replace("_", " "), _word(name, value)) for name, value in sorted(said.items())
    )
    on = getattr(record, "made_on", None) or getattr(record, "assessed_on", None) or record.noted_on
    if isinstance(record, Position):
        says = (("change", str(record.change)), *says)
    if isinstance(record, InfluenceLink):
        says = (("listens to", str(record.to)), *says)
    source = WORDS.get(str(said.get("basis", "")), "The project office’s own judgement.")
    return Entry(name=f"{type(record).__name__} {record.pk}", on=on, says=says, source=source)


def _word(name: str, value: object) -> Value:
    if value is None or value == "":
        return None
    if name in ("level", "desired_level") and value in Level.values:
        return f"{Level(str(value)).label}: {LEVELS_MEAN[Level(str(value))]}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = str(value)
    return WORDS.get(said, said.replace("_", " ") if name == "channel" else said)


def _heard(person: Person, viewer: Account, now: datetime) -> Section:
    rows = Heard.objects.filter(touchpoint__people=person).select_related("touchpoint")
    opened = rows.open_sealed(viewer=viewer, purpose=PURPOSE, now=now)
    return Section(
        title="What we noted after talks with you",
        why="To remember what was said and promised.",
        seen_by=_SEALED,
        kept="24 months.",
        entries=tuple(
            Entry(
                name=f"Heard {note.pk}",
                on=note.noted_on,
                says=(
                    ("occasion", note.touchpoint.get_kind_display()),
                    ("noted", str(said.get("words", ""))),
                ),
                source="A talk in which you took part.",
            )
            for note, said in opened
        ),
    )


def _of_whom_others_listen(person: Person, viewer: Account, now: datetime) -> Section:
    rows = InfluenceLink.objects.filter(to=person)
    opened = rows.open_sealed(viewer=viewer, purpose=PURPOSE, now=now)
    return Section(
        title="Who listens to you, as we see it",
        why="To bring in those whose advice counts.",
        seen_by=_SEALED,
        kept=_LEFT,
        entries=tuple(
            Entry(
                name=f"InfluenceLink {link.pk}",
                on=link.noted_on,
                says=(
                    ("who", "[somebody else]"),
                    ("how much", str(said.get("strength") or "no longer")),
                ),
                source=WORDS.get(str(said.get("basis", "")), "The project office’s own judgement."),
            )
            for link, said in opened
        ),
    )


def _plain(person: Person) -> Iterator[Section]:
    """What is not sealed: for the office, or for management."""
    for title, why, held in _PLAIN:
        yield _section(title, why, held(person))


def _places(person: Person) -> Iterator[Entry]:
    for one in Leader.objects.filter(person=person):
        yield _entry(
            one, one.listed_on, ("in focus", "yes" if one.focus else "no"), ("left", one.left_on)
        )


def _proposals(person: Person) -> Iterator[Entry]:
    for one in LeaderCandidate.objects.filter(person=person):
        yield _entry(
            one,
            one.decided_on,
            ("outcome", one.get_outcome_display()),
            ("reasons", ", ".join(str(each.get("on", "")) for each in one.reasons)),
            ("why", one.reason),
        )


def _talks(person: Person) -> Iterator[Entry]:
    for one in Touchpoint.objects.filter(people=person):
        yield _entry(one, one.at.date(), ("kind", one.get_kind_display()))


def _cares(person: Person) -> Iterator[Entry]:
    for one in Interest.objects.filter(leader__person=person):
        yield _entry(
            one,
            one.noted_on,
            ("you care about", one.statement),
            ("from", one.get_source_display()),
        )
    for wish in Expectation.objects.filter(leader__person=person):
        yield _entry(wish, wish.by_when, ("you expect", wish.benefit_expected))


def _promises(person: Person) -> Iterator[Entry]:
    for one in Commitment.objects.filter(Q(promised_by=person) | Q(promised_to=person)):
        yield _entry(
            one,
            one.due,
            ("by", "you" if one.promised_by_id == person.pk else "the project office"),
            ("what", one.what),
            ("now", one.get_status_display()),
        )


def _for_the_record(person: Person) -> Iterator[Entry]:
    for one in StatedPosition.objects.filter(leader__person=person):
        yield _entry(one, one.on, ("on", str(one.change)), ("you said", one.in_their_words))
    for act in SupportAct.objects.filter(leader__person=person):
        yield _entry(act, act.on, ("you did", act.what))


def _asks(person: Person) -> Iterator[Entry]:
    for one in AskSent.objects.filter(of=person):
        yield _entry(one, one.sent_on, ("asked", one.what), ("now", one.get_status_display()))
    for draft in Ask.objects.filter(of=person, sent=None):
        yield _entry(draft, draft.by, ("drafted", draft.what), ("why", draft.why))


_PLAIN: Final[tuple[tuple[str, str, Callable[[Person], Iterator[Entry]]], ...]] = (
    ("The list of leaders", "To know with whom to work first.", _places),
    ("Why you were proposed for it", "To miss nobody who matters.", _proposals),
    ("Talks and messages", "To keep in touch as often as agreed.", _talks),
    ("What you care about, and expect of us", "To serve it.", _cares),
    ("Promises", "To keep them.", _promises),
    (
        "What you said for the record, and did for us",
        "To quote you as you wish to be quoted.",
        _for_the_record,
    ),
    ("What we asked of you", "To ask once and well.", _asks),
)


def _section(title: str, why: str, entries: Iterable[Entry]) -> Section:
    return Section(title=title, why=why, seen_by=_OFFICE, kept=_LEFT, entries=tuple(entries))


def _entry(record: Any, on: date | None, *says: tuple[str, Value]) -> Entry:
    return Entry(
        name=f"{type(record).__name__} {record.pk}", on=on, says=says, source="The project office."
    )


def _sealed_about(person: Person) -> int:
    """How many sealed records there are about somebody."""
    opinions: int = sum(model.objects.filter(leader__person=person).count() for model in OPINIONS)
    return (
        opinions
        + Heard.objects.filter(touchpoint__people=person).count()
        + InfluenceLink.objects.filter(to=person).count()
    )


def _old_words(office: Office, today: date) -> Iterable[Mapping[str, Any]]:
    """By whom it is about.  The sum keeps the database from going through everyone's contacts."""
    old = _heard_before(today - timedelta(days=office[HEARD]))
    of_each = old.filter(touchpoint__people__isnull=False).order_by()
    by_person = of_each.values(person=F("touchpoint__people") + 0)
    return by_person.annotate(n=Count("pk"), since=Min("noted_on"))


def _heard_before(day: date) -> HeardQuerySet:
    """What was heard on this day or earlier.

    Asked of each note: asked of the contacts, the database would go through the oldest years of them.
    """
    old = Touchpoint.objects.filter(pk=OuterRef("touchpoint"), at__lt=_end_of(day))
    return Heard.objects.filter(Exists(old))


def _end_of(day: date) -> datetime:
    return _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _left(office: Office, today: date) -> list[Leader]:
    """Leaders who left the list, or their post, longer ago than is kept."""
    limit = today - timedelta(days=office[LEFT])
    gone = Q(left_on__lte=limit) | Q(person__in_post_to__lte=limit)
    return list(Leader.objects.filter(gone).select_related("person"))


def _ended(leader: Leader) -> date | None:
    days = [day for day in (leader.left_on, leader.person.in_post_to) if day is not None]
    return min(days, default=None)


def _page_after(note: Heard) -> str:
    """The page of a leader who took part in the talk."""
    leader = Leader.objects.filter(person__touchpoints=note.touchpoint_id).first()
    return reverse("leader", args=[leader.pk]) if leader else reverse("leaders")
