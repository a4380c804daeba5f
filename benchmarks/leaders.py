"""Home, leaders, people and what hangs on them after ten years of contacts: seconds and queries a page.

    .venv/bin/python benchmarks/leaders.py [--people 5000] [--contacts 200000] [--leaders 110] [--times 20]

Makes a workspace of its own and fills it in bulk with an invented office: ten years of contacts, half of
them with leaders; of every leader two assessments, a look at where they stand each half-year, a position
on three changes and three whose advice they listen to; words heard after one contact in five of the last
two years; one leader in ten has not had the notice yet.  Then asks for each page as the head of the
office, in this process and without a network, and says how long the server took, by the clock and of the
processor, and how many queries it asked.  Home and the week are asked for twice: where promises are late
they show those, and ask no rule further; once all are kept, they go on to the rules about people.  With
DATABASE_URL it fills and asks that database.  The limit is 200 ms at the 95th percentile, and the same
number of queries for a tenth of the data.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pages import ask, printed

from backing.conftest import Office

if TYPE_CHECKING:
    from backing.people.models import Account, Person

SEED: Final = 20_261_126
YEARS: Final = 10
CHANGES: Final = 3
LISTENS_TO: Final = 3
LEVELS: Final = ("unaware", "resistant", "neutral", "supportive", "leading")
KINDS: Final = {
    "one_to_one": 20,
    "meeting": 30,
    "message": 35,
    "briefing": 8,
    "declined": 4,
    "no_reply": 3,
}
A_BATCH: Final = 5_000
FIRST_NAMES: Final = (
    "Ana Ben Cleo Dev Eva Finn Gil Hana Ivo Jan Kim Lea Max Nora Olga Pia Rosa Sam Tim Vera".split()
)
SURNAMES: Final = (
    "Bra Cor Den Fal Gra Hol Jans Kar Lin Mor Nor Pet Ros Sand Tor Vel Wag Bau Schm Mul".split(),
    "ton ley ter son sen mann berg ford well ham er ing ko vic ra lin ez ski dal ner".split(),
)


OF_PEOPLE: Final = (
    "/people/persons/",
    "/people/persons/?page=40",
    "/people/persons/?q=ana+sand",
    "/people/persons/5/",
    "/people/persons/5/data/",
    "/people/persons/duplicates/",
    "/people/units/",
    "/people/care/",
    "/people/care/log/",
    "/people/care/review/",
)
OF_CHANGES: Final = ("/why/changes/", "/why/changes/1/")


def fill(*, people: int, contacts: int, leaders: int) -> tuple[Account, int]:
    """The head of an office of that size, and the key of one leader."""
    from backing.leaders.models import Leader
    from backing.people.access import Role
    from backing.people.legitimate_interests import record_as_offered
    from backing.people.models import Account, OrgUnit, Person
    from backing.people.models.audited import past_the_guard

    chance, today = random.Random(SEED), datetime.now(UTC).date()
    head = Account.objects.create(
        person=Person.objects.create(full_name="Ana Castro"), role=Role.PMO_HEAD
    )
    record_as_offered(by=head, on=today)
    units = [OrgUnit.objects.create(name=f"Unit {number:02}") for number in range(40)]
    past_the_guard(Person).bulk_create(
        Person(
            full_name=_name(chance),
            org_unit=chance.choice(units),
            privacy_notice_sent_at=today if number % 10 else None,
        )
        for number in range(people - 1)
    )
    everyone = list(Person.objects.exclude(pk=head.person_id).order_by("pk"))
    listed = everyone[:leaders]
    past_the_guard(Leader).bulk_create(
        Leader(
            person=person,
            owner=head,
            focus=place < 8,
            listed_on=today - timedelta(days=365 * YEARS),
        )
        for place, person in enumerate(listed)
    )
    _contacts(chance, head, everyone, listed, contacts)
    _opinions(chance, head)
    _plain(chance, head)
    return head, Leader.objects.order_by("pk")[0].pk


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {''.join(map(chance.choice, SURNAMES))}"


def _contacts(
    chance: random.Random, head: Account, everyone: list[Person], listed: list[Person], count: int
) -> None:
    """Half of them with leaders; the last two years' with what was heard."""
    from backing.leaders.models import Heard, Touchpoint
    from backing.people.models.audited import past_the_guard
    from backing.people.models.sealed import Hidden

    now = datetime.now(UTC)
    through = Touchpoint.people.through
    for _ in range(0, count, A_BATCH):
        made = past_the_guard(Touchpoint).bulk_create(
            Touchpoint(
                at=now - timedelta(minutes=chance.randrange(365 * YEARS * 24 * 60)),
                kind=(kind := chance.choices(list(KINDS), list(KINDS.values()))[0]),
                two_way=kind in ("one_to_one", "meeting", "message"),
                by=head,
            )
            for _ in range(min(A_BATCH, count))
        )
        met = [
            (each, chance.choice(listed if chance.random() < 0.5 else everyone)) for each in made
        ]
        through.objects.bulk_create(
            through(touchpoint_id=each.pk, person_id=person.pk) for each, person in met
        )
        Heard.objects.bulk_create(
            [
                Heard(
                    touchpoint=each,
                    by=head,
                    noted_on=each.at.date(),
                    content=Hidden.sealing({"words": "They asked for the numbers a week earlier."}),
                )
                for each in made
                if now - each.at < timedelta(days=700) and chance.random() < 0.2
            ]
        )


def _opinions(chance: random.Random, head: Account) -> None:
    """All that is sealed about leaders."""
    from backing.leaders.models import Assessment, InfluenceLink, Leader, Position, StanceAssessment
    from backing.mandate.models import ChangeProposal
    from backing.people.models.sealed import Hidden

    today = datetime.now(UTC).date()
    leaders = list(Leader.objects.order_by("pk"))
    changes = [
        ChangeProposal.objects.create(title=f"Change {number}", what_changes="x", why="y")
        for number in range(CHANGES)
    ]

    def of_each(model: Any, content: Any, *, times: int = 1, **fields: Any) -> None:
        model.objects.bulk_create(
            [
                model(
                    leader=leader,
                    content=Hidden.sealing(content()),
                    **{name: value(leader, at) for name, value in fields.items()},
                )
                for leader in leaders
                for at in range(times)
            ]
        )

    def by(*_: object) -> Account:
        return head

    def half_years(_: object, at: int) -> Any:
        return today - timedelta(days=20 + 182 * at)

    def stance() -> dict[str, Any]:
        evidence = "Named us in the monthly meeting as the source of the figures."
        return {"level": chance.choice(LEVELS), "basis": "said_to_me", "evidence": evidence}

    def assessed() -> dict[str, Any]:
        return {"influence": chance.randint(1, 5), "interest": chance.randint(1, 5)}

    def position() -> dict[str, Any]:
        value = chance.choice(("opposes", "concerned", "neutral", "backs"))
        return {"value": value, "basis": "said_to_me", "evidence": "", "condition": ""}

    def listens() -> dict[str, Any]:
        return {"strength": chance.choice(("some", "strong")), "basis": "told_us"}

    def another(leader: Any, at: int) -> Any:
        place = leaders.index(leader)
        return leaders[(place + (7, 19, 43)[at]) % len(leaders)].person

    of_each(StanceAssessment, stance, times=2 * YEARS, assessed_by=by, assessed_on=half_years)
    of_each(Assessment, assessed, times=2, made_by=by, made_on=half_years)
    of_each(
        Position,
        position,
        times=CHANGES,
        noted_by=by,
        noted_on=half_years,
        change=lambda _, at: changes[at],
    )
    of_each(InfluenceLink, listens, times=LISTENS_TO, noted_by=by, noted_on=half_years, to=another)


def _plain(chance: random.Random, head: Account) -> None:
    """Promises both ways, acts and what they care about."""
    from backing.leaders.models import Commitment, Interest, Leader, SupportAct
    from backing.people.models.audited import past_the_guard

    today = datetime.now(UTC).date()

    def days(count: int) -> Iterator[tuple[Any, Any]]:
        for leader in Leader.objects.order_by("pk"):
            for _ in range(count):
                yield leader, today - timedelta(days=chance.randrange(-30, 365 * YEARS))

    past_the_guard(Commitment).bulk_create(
        Commitment(
            promised_by=head.person,
            promised_to=leader.person,
            what="The numbers a week earlier",
            due=day,
            status="open" if day > today - timedelta(days=30) else "kept",
            kept_on=None if day > today - timedelta(days=30) else day,
        )
        for leader, day in days(20)
    )
    past_the_guard(SupportAct).bulk_create(
        SupportAct(leader=leader, what="Lent two analysts", on=day) for leader, day in days(10)
    )
    past_the_guard(Interest).bulk_create(
        Interest(leader=leader, statement="No surprises", source="told_us", noted_on=day)
        for leader, day in days(3)
    )


def keep_all_promises() -> None:
    from backing.leaders.models import Commitment
    from backing.people.models.audited import past_the_guard

    today = datetime.now(UTC).date()
    late = past_the_guard(Commitment).filter(status="open", due__lt=today)
    late.update(status="kept", kept_on=today)


def open_here(folder: Path) -> None:
    """Open a workspace in this folder, in this process, with the settings of the web server."""
    os.environ |= Office(folder).environment
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "backing.site.settings"
    import django

    django.setup()
    from django.conf import settings

    from backing.people import key
    from backing.site.upgrade import open_workspace
    from backing.site.workspace import Workspace

    open_workspace(Workspace.here())
    if not settings.BACKING_KEY_FILE.exists():
        key.make(settings.BACKING_KEY_FILE)
    settings.ALLOWED_HOSTS = ["testserver"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--leaders", type=int, default=110)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_here(Path(folder))
        head, leader = fill(
            people=options.people, contacts=options.contacts, leaders=options.leaders
        )
        shown = ["/", "/week/", "/leaders/", f"/leaders/{leader}/", f"/leaders/{leader}/?page=20"]
        printed(ask(head, page, options.times) for page in (*shown, *OF_PEOPLE, *OF_CHANGES))
        print("\nopened with a click, which is logged")
        opened = [
            *("/leaders/listening/", "/leaders/picture/", f"/leaders/{leader}/opening/"),
            "/why/changes/1/opening/",
        ]
        printed(ask(head, page, options.times, post=True) for page in opened)
        keep_all_promises()
        print("\nwhere no promise is late")
        printed(ask(head, page, options.times) for page in ("/", "/week/"))


if __name__ == "__main__":
    main()
