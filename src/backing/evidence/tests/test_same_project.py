"""Projects that look like one are asked about; an answer is a decision that can be taken back (S21, issue 3)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

import trackrecord
from backing.evidence import likenesses
from backing.evidence.editions import in_bulk, mirror
from backing.evidence.editions.alike import keep_likenesses
from backing.evidence.models import Decision, Edition, Likeness, MirroredProject
from backing.evidence.tests.test_import_pages import account_of, browser_of
from backing.people.access import Role
from backing.people.models import Account
from trackrecord.decisions import NotSameProject, SameProject, from_lines
from trackrecord.keys import Key
from trackrecord.record import Record

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
HEADER = "Project no.,Project name,Department,Original budget (GBP),Original finish,Actual finish\n"
OLD, NEW = Key("old", "17"), Key("new", "A-4")
PAGE, SAVED = "/evidence/same-project/", "/evidence/same-project/answers/saved/"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    files = []
    for name, rows in {
        "old": "17,Harbour crane <script>renewal</script>,Ports,900000,2023-03-31,2023-05-01\n18,School meals,IT,1,,\n",
        "new": "A-4,Harbour crane <script>Renewal</script>,Ports,950000,2023-03-31,2023-06-01\nA-5,Census,IT,1,,\n",
    }.items():
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text(HEADER + rows, "utf-8")
    return trackrecord.read(*files)


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def office(ana: Account) -> Client:
    return browser_of(ana)


def asked_about() -> list[str]:
    return list(Likeness.objects.values_list("pair", flat=True))


def test_an_edition_leaves_the_pairs_to_be_asked_about_with_how_sure_and_why(
    record: Record,
) -> None:
    kept = keep_likenesses(record)
    keep_likenesses(record)

    one = Likeness.objects.get()
    assert kept == 1
    assert (one.pair, one.alike > 0.9) == (likenesses.digest(OLD, NEW), True)
    assert one.because == "the names are the same, the unit is the same"


def test_the_page_shows_both_side_by_side_and_what_differs(
    office: Client, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backing.evidence.picking.folder", lambda edition: tmp_path / edition)
    keep_likenesses(record)
    basis = trackrecord.basis_of(record)
    from backing.evidence.editions import listed

    listed.keep_values(record.edition, basis)
    in_bulk.rewrite(MirroredProject, mirror.of(record, basis))

    page = office.get(PAGE).content.decode()

    assert "1 pair of projects may be one project under two numbers" in page
    assert "Harbour crane &lt;script&gt;renewal" in page
    (budget,) = [line for line in page.split("<tr") if "Budget" in line]
    assert [word for word in ("differs", "£900,000", "£950,000") if word not in budget] == []
    (finish,) = [line for line in page.split("<tr") if "Planned finish" in line]
    assert "differs" not in finish


@pytest.mark.parametrize(
    ("said", "kind", "projects"), [("same", SameProject, 1), ("not-same", NotSameProject, 2)]
)
def test_an_answer_is_a_decision_that_the_next_edition_takes_up(
    office: Client, ana: Account, record: Record, said: str, kind: type, projects: int
) -> None:
    keep_likenesses(record)
    office.post(SAVED, {f"pair-{likenesses.digest(OLD, NEW)}": said})

    row = Decision.objects.get()
    (value,) = from_lines(row.line)
    assert (type(value), value.by) == (kind, str(ana.person.opaque_id))
    assert row.history.count() == 1
    assert asked_about() == []

    after = record.with_decision(value)
    keep_likenesses(after)
    assert len({after.project_of(OLD), after.project_of(NEW)}) == projects
    assert asked_about() == []


def test_a_pair_that_is_left_open_stays(office: Client, record: Record) -> None:
    keep_likenesses(record)
    office.post(SAVED, {f"pair-{likenesses.digest(OLD, NEW)}": "", "pair-of-none": "same"})

    assert (len(asked_about()), Decision.objects.count()) == (1, 0)


def test_an_answer_given_while_pairs_were_being_found_is_not_asked_for_again(
    office: Client, record: Record
) -> None:
    keep_likenesses(record)
    office.post(SAVED, {f"pair-{likenesses.digest(OLD, NEW)}": "same"})
    keep_likenesses(record)  # a record of before the answer

    assert asked_about() == []


def test_an_answer_can_be_taken_back_and_is_asked_for_again(office: Client, record: Record) -> None:
    keep_likenesses(record)
    office.post(SAVED, {f"pair-{likenesses.digest(OLD, NEW)}": "same"})
    row = Decision.objects.get()
    office.post(f"/evidence/same-project/answers/{row.pk}/withdrawal/")
    keep_likenesses(record)

    row.refresh_from_db()
    assert (row.withdrawn_at is not None, len(asked_about())) == (True, 1)
    assert "taken back by Ana" in office.get("/evidence/same-project/answers/").content.decode()


def test_ten_thousand_pairs_cost_a_page_what_twenty_do(
    office: Client, django_assert_max_num_queries: object
) -> None:
    Edition.objects.create(name="a" * 64, made_at=NOW, is_current=True, has_rows=True)
    Likeness.objects.bulk_create(
        Likeness(
            pair=f"{number:032}",
            register_a="old",
            key_a=str(number),
            register_b="new",
            key_b=str(number),
            project_a=f"old/{number}",
            project_b=f"new/{number}",
            alike=0.9,
            because=f"the names are {'the same' if number % 3 else 'alike'}",
        )
        for number in range(10_000)
    )
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = office.get(f"{PAGE}?because=the+names+are+alike&page=2").content.decode()

    assert "10,000 pairs of projects" in page
    assert "21 to 40 of 3,334" in page
    assert page.count('value="same"') == 20


def test_nobody_but_the_office_is_asked(record: Record) -> None:
    keep_likenesses(record)
    leader = browser_of(account_of("Lea", Role.LEADER))

    assert leader.get(PAGE).status_code == 404
    assert leader.post(SAVED, {f"pair-{likenesses.digest(OLD, NEW)}": "same"}).status_code == 404
    assert Decision.objects.count() == 0
