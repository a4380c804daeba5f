"""Links by name and unit are proposals: with a confidence and a reason, in no figure until confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from trackrecord.decisions import NotSameProject, SameProject
from trackrecord.keys import Key
from trackrecord.likeness import Proposal, proposals
from trackrecord.record import Record
from trackrecord.take import Take
from trackrecord.tests.registers import Row, take_of

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
OLD, NEW = Key("old", "17"), Key("new", "A-4")
OTHERS = {
    "old": ("Payroll move", "Road bridge", "School meals", "Tax portal", "Land register"),
    "new": ("Airport radar", "Canal locks", "Prison library", "Census", "Passport chips"),
}


def register(name: str, *rows: tuple[str, str, str], day: date = MAY) -> Take:
    filled: list[Row] = [
        {"key": key, "name": title, "org_unit": unit, "as_at": day} for key, title, unit in rows
    ]
    filled += [
        {"key": f"{name}{number}", "name": title, "org_unit": "IT", "as_at": day}
        for number, title in enumerate(OTHERS[name])
    ]
    return take_of(filled, file=f"{name}-{day}.csv", register=name)


def found(*takes: Take) -> dict[tuple[Key, Key], Proposal]:
    return {(each.a, each.b): each for each in proposals(Record(takes=takes))}


def test_one_name_in_two_registers_is_proposed_with_a_reason() -> None:
    pair = found(
        register("old", ("17", "Harbour Crane Renewal", "Ports")),
        register("new", ("A-4", "Harbour crane renewal", "ports")),
    )[NEW, OLD]

    assert pair.confidence > 0.9
    assert "the names are the same, the unit is the same" in pair.because


def test_names_spelt_a_little_otherwise_are_proposed_with_less_confidence() -> None:
    pair = found(
        register("old", ("17", "Harbour crane renewal", "Ports")),
        register("new", ("A-4", "Harbour cranes renewal", "Ports")),
    )[NEW, OLD]

    assert 0.7 <= pair.confidence < 0.95


def test_another_unit_lowers_the_confidence() -> None:
    old = register("old", ("17", "Harbour crane renewal", "Ports"))
    same = found(old, register("new", ("A-4", "Harbour crane renewal", "Ports")))[NEW, OLD]
    other = found(old, register("new", ("A-4", "Harbour crane renewal", "Rail")))[NEW, OLD]

    assert other.confidence < same.confidence


@pytest.mark.parametrize("name", ["Harbour crane phase 2", "Bus lanes", ""])
def test_other_numbers_or_other_words_are_no_proposal(name: str) -> None:
    old = register("old", ("17", "Harbour crane phase 1", "Ports"))

    assert (NEW, OLD) not in found(old, register("new", ("A-4", name, "Ports")))


def test_two_rows_of_one_export_are_two_projects() -> None:
    rows = (("1", "Harbour crane", "Ports"), ("2", "Harbour crane", "Ports"))

    assert found(register("old", *rows)) == {}


def test_a_key_that_changed_between_exports_of_one_register_is_proposed() -> None:
    may = register("old", ("17", "Harbour crane", "Ports"))
    june = register("old", ("PRJ-17", "Harbour crane", "Ports"), day=JUNE)

    assert list(found(may, june)) == [(Key("old", "17"), Key("old", "PRJ-17"))]


def test_a_proposal_changes_no_edition_and_no_link_until_it_is_confirmed() -> None:
    record = Record(
        takes=(
            register("old", ("17", "Harbour crane", "Ports")),
            register("new", ("A-4", "Harbour crane", "Ports")),
        )
    )
    before = record.tables()["links"].to_pylist()

    assert len(proposals(record)) == 1
    assert record.tables()["links"].to_pylist() == before
    confirmed = record.with_decision(SameProject(a=OLD, b=NEW, by="p1", on=MAY))
    assert confirmed.project_of(OLD) == confirmed.project_of(NEW)
    assert proposals(confirmed) == ()


def test_a_refused_proposal_does_not_come_back() -> None:
    record = Record(
        takes=(
            register("old", ("17", "Harbour crane", "Ports")),
            register("new", ("A-4", "Harbour crane", "Ports")),
        )
    ).with_decision(NotSameProject(a=OLD, b=NEW, by="p1", on=MAY))

    assert proposals(record) == ()
