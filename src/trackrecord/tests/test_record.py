"""The Record's promises: order, repeat, undo, relink, correction (design.md 3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.decisions import (
    CauseAgreed,
    Confirmed,
    Correction,
    Decision,
    NotSameProject,
    SameProject,
    Value,
    digest,
    from_lines,
    to_lines,
)
from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.keys import Key
from trackrecord.record import Record, problems_table
from trackrecord.take import Take
from trackrecord.tests.registers import Row, take_of

MAY, JUNE, JULY = date(2023, 5, 1), date(2023, 6, 1), date(2023, 7, 1)
A, B, C = (Key("register", name) for name in "ABC")

quick = settings(max_examples=25, deadline=None)


def exported(day: date, **costs: int | None) -> Take:
    """An export of one register: the actual cost of each project, in pounds."""
    rows: list[Row] = [
        {"key": key, "as_at": day, "cost_actual": cost} for key, cost in costs.items()
    ]
    return take_of(rows, file=f"{day}.csv")


def record_of(*takes: Take) -> Record:
    return reduce(Record.with_take, takes, Record())


def contents(record: Record) -> dict[str, list[str]]:
    return {name: sorted(map(repr, rows.to_pylist())) for name, rows in record.tables().items()}


def costs(record: Record) -> list[int | None]:
    rows = record.tables()["projects"].sort_by(
        [("export_order", "ascending"), ("key", "ascending")]
    )
    found: list[int | None] = rows["cost_actual"].to_pylist()
    return found


def correction(was: Value, is_: Value, key: Key = A, on: date = JULY) -> Correction:
    return Correction(
        project=key, table="projects", column="cost_actual", was=was, is_=is_, by="p1", on=on
    )


def same(a: Key, b: Key, on: date = MAY) -> SameProject:
    return SameProject(a=a, b=b, by="p1", on=on)


def apart(a: Key, b: Key, on: date = MAY) -> NotSameProject:
    return NotSameProject(a=a, b=b, by="p1", on=on)


exports = st.lists(
    st.builds(
        lambda days, costs: exported(MAY + timedelta(days=days), **costs),
        st.integers(0, 3),
        st.dictionaries(st.sampled_from("ABC"), st.none() | st.integers(0, 2), min_size=1),
    ),
    max_size=5,
    unique_by=lambda take: take.source,
)
keys = st.sampled_from([A, B, C, Key("other", "A")])
days = st.integers(0, 2).map(lambda n: MAY + timedelta(days=n))
pairs = st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1])
decisions = st.lists(
    st.one_of(
        st.builds(lambda pair, on: same(pair[0], pair[1], on), pairs, days),
        st.builds(lambda pair, on: apart(pair[0], pair[1], on), pairs, days),
        st.builds(
            correction, st.none() | st.sampled_from([0, 100]), st.sampled_from([200, 5]), keys, days
        ),
        st.builds(
            lambda key, on: CauseAgreed(project=key, cause="skills", by="p1", on=on), keys, days
        ),
        st.builds(lambda key, on: Confirmed(project=key, by="p1", on=on), keys, days),
    ),
    max_size=5,
)


@quick
@given(takes=exports, decided=decisions, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_imports_and_decisions_does_not_matter(
    takes: list[Take], decided: list[Decision], shuffled: object
) -> None:
    record = record_of(*takes).with_decision(*decided)
    shuffled.shuffle(takes)  # type: ignore[attr-defined]
    shuffled.shuffle(decided)  # type: ignore[attr-defined]
    other = record_of(*takes).with_decision(*decided)

    assert other.edition == record.edition
    assert contents(other) == contents(record)


@quick
@given(takes=exports.filter(bool), decided=decisions)
def test_importing_or_deciding_twice_changes_nothing(
    takes: list[Take], decided: list[Decision]
) -> None:
    record = record_of(*takes).with_decision(*decided)
    again = record.with_take(takes[0]).with_decision(*decided)

    assert again == record
    assert contents(again) == contents(record)


@quick
@given(takes=exports.filter(bool), decided=decisions)
def test_undoing_an_import_is_the_edition_without_it(
    takes: list[Take], decided: list[Decision]
) -> None:
    without = record_of(*takes[1:]).with_decision(*decided)
    undone = record_of(*takes).with_decision(*decided).without_take(takes[0].name)

    assert undone.edition == without.edition
    assert contents(undone) == contents(without)


@quick
@given(takes=exports, decided=decisions)
def test_a_link_moves_no_row(takes: list[Take], decided: list[Decision]) -> None:
    links = [each for each in decided if isinstance(each, SameProject | NotSameProject)]
    before, after = contents(record_of(*takes)), contents(record_of(*takes).with_decision(*links))
    before.pop("links")
    after.pop("links")

    assert after == before


@quick
@given(takes=exports, decided=decisions)
def test_every_key_has_one_project_and_takes_keep_rows_in_as_taken_and_not(
    takes: list[Take], decided: list[Decision]
) -> None:
    record = record_of(*takes).with_decision(*decided)
    tables = record.tables()
    stated = {
        tuple(row.values()) for row in tables["projects"].select(["register", "key"]).to_pylist()
    }
    linked = [tuple(row.values())[:2] for row in tables["links"].to_pylist()]

    assert sorted(stated) == linked
    assert record.rows_in == record.rows_taken + record.rows_with_problems


@quick
@given(decided=decisions)
def test_projects_somebody_keeps_apart_are_never_one(decided: list[Decision]) -> None:
    takes = [exported(MAY, A=1, B=1, C=1), take_of([{"key": "A"}], register="other")]
    record = record_of(*takes).with_decision(*decided)
    latest = {(each.a, each.b): each.on for each in decided if isinstance(each, SameProject)}

    for each in decided:
        if isinstance(each, NotSameProject) and each.on >= latest.get((each.a, each.b), MAY):
            assert record.project_of(each.a) != record.project_of(each.b)


def test_the_same_key_of_one_register_is_one_project_in_every_export() -> None:
    links = record_of(exported(MAY, A=1), exported(JUNE, A=2, B=1)).tables()["links"]

    assert links.to_pylist() == [
        {"register": "register", "key": "A", "project": "register/A"},
        {"register": "register", "key": "B", "project": "register/B"},
    ]


def test_confirmed_links_join_whole_clusters_under_their_smallest_key() -> None:
    record = record_of(exported(MAY, A=1, B=1, C=1)).with_decision(same(C, B), same(B, A))

    assert record.tables()["links"]["project"].to_pylist() == ["register/A"] * 3


def test_a_link_is_refused_where_it_would_join_what_somebody_keeps_apart() -> None:
    record = record_of(exported(MAY, A=1, B=1, C=1))
    record = record.with_decision(same(A, B), same(B, C, JUNE), apart(A, C, JULY))

    assert record.project_of(B) == record.project_of(A) != record.project_of(C)
    assert [each.code for each in record.problems] == ["link-refused"]


def test_a_link_to_a_file_that_is_gone_lies_idle_and_wakes_when_it_returns() -> None:
    may, june = exported(MAY, A=1), exported(JUNE, B=1)
    record = record_of(may, june).with_decision(same(A, B))
    undone = record.without_take(june.name)

    assert (undone.project_of(B), len(undone.links.idle)) == ("register/B", 1)
    assert undone.with_take(june) == record
    assert undone.with_take(june).project_of(B) == "register/A"


def test_a_new_mapping_makes_a_new_take_in_place_of_the_old() -> None:
    rows: list[Row] = [{"key": "A", "kind": "IT"}]
    record = record_of(take_of(rows), take_of(rows, groups=["kind"]))

    assert len(record.takes) == 1
    assert record.tables()["groups"].num_rows == 1


def test_two_takes_of_one_source_are_refused() -> None:
    rows: list[Row] = [{"key": "A", "kind": "IT"}]
    with pytest.raises(EvidenceError, match="one take of a source"):
        Record(takes=(take_of(rows), take_of(rows, groups=["kind"])))


def test_a_copy_of_a_file_under_another_name_changes_nothing_in_either_order() -> None:
    one, copy = take_of([{"key": "A"}], file="a.csv"), take_of([{"key": "A"}], file="b.csv")

    assert contents(record_of(one, copy)) == contents(record_of(copy, one))


def test_a_correction_holds_wherever_the_source_still_says_what_it_said() -> None:
    """It survives an export that repeats the error."""
    record = record_of(exported(MAY, A=1, B=1)).with_decision(correction(100, 250))
    later = record.with_take(exported(JUNE, A=1, B=1))

    assert costs(later) == [250, 100, 250, 100]
    assert [each.standing for each in later.corrections] == ["holds"]
    assert later.corrected == {"register/A"}


def test_a_correction_lapses_visibly_when_the_source_changes() -> None:
    record = record_of(exported(MAY, A=1), exported(JUNE, A=3))
    record = record.with_decision(correction(100, 250))
    lapsed = record.lapsed[0]

    assert costs(record) == [250, 300]
    assert (lapsed.now, lapsed.file, lapsed.row) == (300, "2023-06-01.csv", 2)
    assert [each.code for each in record.problems] == ["correction-lapsed"]
    assert record.corrected == set()


def test_a_blank_in_a_later_export_does_not_end_a_correction() -> None:
    record = record_of(exported(MAY, A=1), exported(JUNE, A=None))
    record = record.with_decision(correction(100, 250))

    assert costs(record) == [250, None]
    assert record.lapsed == ()


def test_a_blank_can_be_corrected_until_the_source_says_something() -> None:
    record = record_of(exported(MAY, A=None)).with_decision(correction(None, 250))

    assert costs(record) == [250]
    assert record.with_take(exported(JUNE, A=4)).lapsed[0].now == 400


def test_a_correction_lies_idle_without_its_file_and_wakes_when_it_returns() -> None:
    may = exported(MAY, A=1)
    record = record_of(may).with_decision(correction(100, 250))
    undone = record.without_take(may.name)

    assert [each.standing for each in undone.corrections] == ["idle"]
    assert costs(undone.with_take(may)) == [250]


def test_of_two_corrections_of_one_cell_the_later_holds() -> None:
    record = record_of(exported(MAY, A=1))
    record = record.with_decision(correction(100, 250, on=JULY), correction(100, 999, on=JUNE))

    assert costs(record) == [250]


def test_a_corrected_finish_takes_the_duration_along() -> None:
    record = record_of(take_of([{"key": "A", "started": MAY, "finished": JUNE}]))
    record = record.with_decision(
        Correction(
            project=A, table="projects", column="finished", was=JUNE, is_=JULY, by="p1", on=JULY
        )
    )

    assert record.tables()["projects"]["duration_days"].to_pylist() == [61]


def test_a_published_duration_stays_when_a_date_is_corrected() -> None:
    row: Row = {"key": "A", "started": MAY, "finished": JUNE, "duration_days": 20}
    moved = Correction(
        project=A, table="projects", column="finished", was=JUNE, is_=JULY, by="p1", on=JULY
    )
    record = record_of(take_of([row])).with_decision(moved)

    assert record.tables()["projects"]["duration_days"].to_pylist() == [20]


def test_a_correction_copies_only_the_take_it_touches() -> None:
    may, june = exported(MAY, A=1), exported(JUNE, B=1)
    record = record_of(may, june).with_decision(correction(100, 250))
    untouched = june.tables["projects"]["cost_actual"].chunk(0).buffers()[1].address
    held = {
        chunk.buffers()[1].address for chunk in record.tables()["projects"]["cost_actual"].chunks
    }

    assert untouched in held


def test_a_correction_must_fit_the_cell_it_corrects() -> None:
    with pytest.raises(EvidenceError, match="does not fit"):
        correction(100, "a lot")
    with pytest.raises(UnknownName, match="Known: org_unit"):
        Correction(project=A, table="projects", column="key", was="A", is_="B", by="p1", on=MAY)


def test_an_agreed_cause_is_marked_and_a_new_one_is_added() -> None:
    record = record_of(take_of([{"key": "A", "cause": "skills"}], as_at=MAY))
    record = record.with_decision(
        CauseAgreed(project=A, cause="skills", by="p1", on=MAY),
        CauseAgreed(project=A, cause="archaeology", by="p2", on=MAY, weight="contributing"),
        CauseAgreed(project=B, cause="skills", by="p2", on=MAY),
    )
    columns = ["key", "cause", "weight", "coded_by", "agreed", "export"]

    assert [
        tuple(row.values()) for row in record.tables()["causes"].select(columns).to_pylist()
    ] == [
        ("A", "skills", "primary", "register", True, "2023-05-01"),
        ("A", "archaeology", "contributing", "p2", True, "2023-05-01"),
    ]


def test_a_confirmation_counts_for_the_project_its_key_is() -> None:
    record = record_of(exported(MAY, A=1, B=1))
    record = record.with_decision(Confirmed(project=B, by="p1", on=MAY), same(A, B))

    assert record.confirmed == {"register/A"}


@quick
@given(decided=decisions)
def test_decisions_read_back_as_they_were_written(decided: list[Decision]) -> None:
    assert digest(from_lines(to_lines(decided))) == digest(decided)
    assert set(from_lines(to_lines(decided))) == set(decided)


def test_dates_in_corrections_read_back_as_dates() -> None:
    moved = Correction(
        project=A, table="baselines", column="finish", was=MAY, is_=None, by="p1", on=MAY
    )

    assert from_lines(to_lines([moved])) == (moved,)


def test_a_damaged_line_of_decisions_is_named() -> None:
    with pytest.raises(EvidenceError, match="Line 2"):
        from_lines(to_lines([same(A, B)]) + '{"decision": "mood"}\n')


def test_problems_are_a_table_in_order_of_files() -> None:
    bad: list[Row] = [{"key": "A"}, {"key": None}]
    record = record_of(take_of(bad, file="b.csv"), take_of(bad[::-1], file="a.csv", register="r2"))
    table = problems_table(record)

    assert table.select(["file", "row", "code"]).to_pylist() == [
        {"file": "a.csv", "row": 2, "code": "no-project-id"},
        {"file": "b.csv", "row": 3, "code": "no-project-id"},
    ]
    assert table.schema.field("row").type == pa.int32()


def test_a_register_with_dated_and_undated_exports_says_which_it_takes_for_older() -> None:
    record = record_of(take_of([{"key": "A"}]), exported(MAY, A=1))

    assert [each.code for each in record.problems] == ["export-not-dated"]
