"""Which column means what: keys, levels, days, plans, and the file people correct (S21-a)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord import readers
from trackrecord.errors import MappingError
from trackrecord.guessing.naming import register_of
from trackrecord.layout import (
    FIELDS,
    SETTING_FITS,
    ColumnMapping,
    Filter,
    Mapping,
    SheetMapping,
)
from trackrecord.mapping import apply, from_toml, guess, show, to_toml
from trackrecord.readers.source import Cell, Sheet
from trackrecord.tests.sheets import one_column, sheet
from trackrecord.values import typed

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def real(path: str) -> Sheet:
    """The one sheet of a real register."""
    if not (DATA / path).exists():
        pytest.skip(f"{path} is not beside the checkout")
    (only,) = readers.read(DATA / path).sheets
    return only


def fields(mapping: SheetMapping) -> dict[str, str]:
    """header -> field of the columns that mean something; line breaks are blanks."""
    return {" ".join(c.header.split()): c.field for c in mapping if c.field}


def field_of(header: str, *cells: Cell, among: Sequence[tuple[str, Cell]] = ()) -> str | None:
    """The field of one column beside an id and `among`."""
    others = [name for name, _ in among]
    register = sheet(
        ("Project ID", *others, header),
        *((f"P{n}", *(value for _, value in among), cell) for n, cell in enumerate(cells)),
    )
    return guess(register).columns[-1].field


DAY, LATER = "2024-03-31", "2025-06-30"


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Baseline finish", (DAY, LATER), "planned_finish"),
        ("estimatedCompletionDate", (DAY, LATER), "forecast_finish"),
        ("Project - End Date \n(Latest Approved End Date)", (DAY, LATER), "current_finish"),
        ("Forecast Completion", (DAY, LATER), "forecast_finish"),
        ("Original estimated completion", (DAY, LATER), "original_finish"),
        ("Actual/Forecast completion", (DAY, LATER), "forecast_finish"),
        ("Completed on", (DAY, None), "finished"),
        ("Date de fin prévue", (DAY, LATER), "planned_finish"),
        ("Go-live date", (DAY, None), "finished"),
        ("Actual start", (DAY, LATER), "started"),
        ("Planned start date", (DAY, LATER), "planned_start"),
        ("Project - Start Date (Latest Approved Start Date)", (DAY, LATER), "current_start"),
        ("Tender closed", (DAY, LATER), None),
        ("totalBudget", ("$6,279,429", "$5"), "planned_cost"),
        ("Original approved budget", (5, 6), "original_cost"),
        ("Genehmigtes Budget", ("5.000,00", "6.000,00"), "planned_cost"),
        ("Budget (k€)", (5, 6), "planned_cost"),
        ("Latest approved budget", (5, 6), "current_cost"),
        ("Budget Forecast", (5, 6), "forecast_cost"),
        ("Final cost", (5, 6), "cost_actual"),
        ("Forecast final cost", (5, 6), "forecast_cost"),
        ("EAC", (5, 6), "forecast_cost"),
        ("BAC", (5, 6), "planned_cost"),
        ("Spend to date (£m)", (5, 6), "cost_actual"),
        ("TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)", (5, 6), "planned_cost"),
        ("Financial Year Baseline (£m) (including Non-Government Costs)", (5, 6), None),
        ("Contingency budget", (5, 6), None),
        ("Budget 2023/24", (5, 6), None),
        ("Variance £", (5, -6), "cost_variance"),
        ("Overall", ("G", "A"), "rag"),
        ("Status", ("G", "R"), "rag"),
        ("Time spent (hours)", (5, 6), "effort_actual"),
        ("Total Budget Changes", (5, -6), "cost_change"),
        ("Latest Budget Changes", (5, -6), "latest_cost_change"),
        ("Total Schedule Changes (days)", (5, -6), "finish_change_days"),
        ("Latest Schedule Changes", (5, -6), "latest_finish_change_days"),
        ("Delay (days)", (5, 6), "finish_variance_days"),
        ("Cost variance (%)", (5, 6), None),
        ("First.estimate", (495, 1365), "original_effort"),
        ("Actual.effort", (485, 990), "effort_actual"),
        ("Actual.duration", (107, 144), "duration_days"),
        ("HoursEstimate", (14, 7), "planned_effort"),
        ("TOTAL Baseline Benefits (£m)", (5, 6), "planned_benefit"),
        ("Benefits realised", (5, 6), "benefit_actual"),
        ("RAG", ("Green", "Red"), "rag"),
        ("Delivery Confidence Assessment", ("Amber", "Red"), "rag"),
        ("StatusCode", ("FINISHED", "CANCELLED"), "state"),
        ("Project manager", ("Ana Lima", "Ben Okoro"), "manager"),
        ("SRO", ("Ana Lima", "Ben Okoro"), "sponsor"),
        ("Department", ("Tax", "Tax"), "org_unit"),
        ("Project type", ("IT", "Build"), "kind"),
        ("Root cause", ("Scope change", "Supplier"), "cause"),
        ("Reason for re-baseline", ("Scope change", "Supplier"), "current_reason"),
        ("asOfDate", ("June 9, 2016", "June 9, 2016"), "as_at"),
        ("Date Reported As Of", (DAY, DAY), "as_at"),
        ("PV", (5, 6), "pv"),
        ("Earned value", (5, 6), "ev"),
        ("ACWP", (5, 6), "ac"),
        ("Previous RAG", ("Green", "Red"), None),
        ("yearsRemaining", (0.5, 3.8), None),
        ("isOver10M", (0, 1), None),
        ("Notes", ("Late because of the supplier.", None), "narrative"),
        ("Description / Aims", ("To build a bridge.", "To move a depot."), "description"),
    ],
)  # fmt: skip
def test_a_header_and_its_values_decide_together(
    header: str, cells: tuple[Cell, ...], field: str | None
) -> None:
    assert field_of(header, *cells) == field


def test_a_bare_end_date_is_a_finish_where_the_unfinished_have_none() -> None:
    assert field_of("End date", DAY, None, None) == "finished"
    assert field_of("End date", DAY, LATER, among=[("Planned end", DAY)]) == "finished"


def test_a_bare_end_date_is_a_plan_where_days_lie_ahead() -> None:
    assert field_of("End date", DAY, LATER, among=[("As at", "2024-12-31")]) == "planned_finish"


def test_a_plan_beside_a_current_one_is_the_original_and_the_other_way_round() -> None:
    register = sheet(
        ("ID", "Budget", "Revised budget", "Original finish", "Baseline finish"),
        ("A", 5, 6, DAY, LATER),
        ("B", 7, 8, DAY, LATER),
    )

    assert list(fields(guess(register)).values()) == [
        "key", "original_cost", "current_cost", "original_finish", "current_finish",
    ]  # fmt: skip


def test_no_field_is_given_to_two_columns_but_those_that_may_be_shared() -> None:
    register = sheet(
        ("ID", "Budget", "Approved budget", "Budget total"), ("A", 5, 6, 7), ("B", 8, 9, 10)
    )
    given = [column.field for column in guess(register) if column.field]

    assert len(given) == len(set(given)) == 2


def test_an_id_that_repeats_is_not_a_key_without_a_second_column() -> None:
    register = sheet(
        ("Programme code", "Amount spent"),
        *(("A", n) for n in range(5)),
        *(("B", n) for n in range(5)),
    )
    mapping = guess(register)

    assert not mapping.has("key", "item_id")
    assert "no column tells the rows apart" in mapping.because


def test_an_id_that_repeats_over_days_is_a_history_of_projects() -> None:
    register = sheet(
        ("PID", "Report date", "Budget"),
        ("1", "2024-01-31", 5), ("1", "2024-02-29", 6), ("2", "2024-01-31", 7), ("2", "2024-02-29", 7),
    )  # fmt: skip
    mapping = guess(register)

    assert fields(mapping) == {"PID": "key", "Report date": "as_at", "Budget": "planned_cost"}
    assert mapping.level == "projects"
    assert mapping.as_at is None


def test_an_id_that_repeats_over_people_is_of_one_item() -> None:
    register = sheet(
        ("TaskNumber", "ProjectCode", "HoursEstimate", "HoursActual", "DeveloperID", "DeveloperHoursActual"),
        ("1", "PC1", 5, 6, "D1", 4), ("1", "PC1", 5, 6, "D2", 2), ("2", "PC1", 3, 3, "D1", 3), ("3", "PC2", 3, 2, "D1", 2),
    )  # fmt: skip
    mapping = guess(register)

    assert mapping.level == "items"
    assert fields(mapping) == {
        "TaskNumber": "item_id", "ProjectCode": "key", "HoursEstimate": "estimate", "HoursActual": "actual",
    }  # fmt: skip
    assert "rows that share it are one item" in mapping.because


def test_a_unique_id_beside_a_project_that_repeats_is_of_an_item() -> None:
    register = sheet(
        ("id", "project", "task"), ("A-1", "A", "1"), ("A-2", "A", "2"), ("B-1", "B", "1")
    )

    assert fields(guess(register)) == {"id": "item_id", "project": "key"}


def test_an_id_is_a_better_key_than_a_bare_project() -> None:
    register = sheet(("Ref", "Project"), ("C1", "Depot"), ("C2", "Portal"))

    assert fields(guess(register)) == {"Ref": "key", "Project": "name"}


def test_a_list_of_tasks_is_of_items_even_where_no_project_is_named() -> None:
    register = sheet(("Unique ID", "Task name", "Finish"), (11, "Dig", DAY), (12, "Fill", DAY))
    mapping = guess(register)

    assert mapping.level == "items"
    assert fields(mapping) == {
        "Unique ID": "item_id",
        "Task name": "item_name",
        "Finish": "finished",
    }


def test_without_an_id_a_name_that_no_two_rows_share_is_the_key() -> None:
    register = sheet(("Project name", "Budget"), ("Depot", 5), ("Portal", 6))
    mapping = guess(register)

    assert fields(mapping)["Project name"] == "key"
    assert typed(register, mapping).words["name"].to_pylist() == ["Depot", "Portal"]


def test_a_mere_counter_of_rows_is_no_key_beside_a_unique_name() -> None:
    register = sheet(("No.", "Project name"), (1, "Depot"), (2, "Portal"), (3, "Payroll"))

    assert fields(guess(register)) == {"Project name": "key"}


def test_a_few_repeats_by_mistake_do_not_unmake_a_key() -> None:
    rows = [(f"P{n}", n) for n in range(40)]
    mapping = guess(sheet(("Project ID", "Budget"), *rows, ("P7", 7)))

    assert fields(mapping)["Project ID"] == "key"
    assert "by mistake" in mapping.with_field("key")[0].because


def test_where_headers_say_nothing_the_values_decide() -> None:
    register = sheet(
        ("Col A", "Col B", "Col C", "Col D", "Col E", "Col F"),
        ("x", "Green", "Closed", "2021-01-01", "2021-06-01", "£5"),
        ("x", "Red", "Open", "2021-02-01", "2021-07-01", "£6"),
        ("x", "Amber", "Open", "2021-03-01", "2021-08-01", "£7"),
        ("x", "Green", "Closed", "2021-04-01", "2021-09-01", "£8"),
    )
    mapping = guess(register)

    assert fields(mapping) == {
        "Col B": "rag", "Col C": "state", "Col D": "started", "Col E": "finished", "Col F": "planned_cost",
    }  # fmt: skip
    assert max(column.confidence for column in mapping) <= 0.75


@pytest.mark.parametrize(
    ("file", "register"),
    [
        ("gc-it-projects-2016.csv", "gc-it-projects"),
        ("gmpp_2019_20.csv", "gmpp"),
        ("GMPP 2021-22.xlsx", "gmpp"),
        ("NYC_capital_projects_20190901.csv", "nyc-capital-projects"),
        ("Register March 2023.xlsx", "register"),
        ("Projects FY23-24 Q3 v2 final.xlsx", "projects"),
        ("Projektliste 31.03.2023.xlsx", "projektliste"),
        ("tasks.csv.gz", "tasks"),
        ("Portfolio2019.csv", "portfolio"),
        ("2023.xlsx", "register"),
        ("a folder/register-2022.csv", "register"),
    ],
)
def test_a_register_is_called_by_its_file_without_years_dates_and_numbers(
    file: str, register: str
) -> None:
    assert register_of(file) == register


@pytest.mark.parametrize(
    ("file", "name", "title", "as_at"),
    [
        ("register.csv", "", ("Status as at 30 April 2026",), date(2026, 4, 30)),
        ("register.csv", "", ("Projekte", "Stand: 30.04.2026"), date(2026, 4, 30)),
        ("register_20260430.csv", "", (), date(2026, 4, 30)),
        ("register 2026-04-30.xlsx", "Projects", (), date(2026, 4, 30)),
        ("register 30.04.2026.xlsx", "Projects", (), date(2026, 4, 30)),
        ("register-30-Apr-2026.xlsx", "Projects", (), date(2026, 4, 30)),
        ("register.xlsx", "30.04.2026", (), date(2026, 4, 30)),
        ("register_2026.csv", "", (), None),
        ("register_2025_26.csv", "", ("Register 2025/26",), None),
        ("register_2026-04.csv", "", (), None),
        ("register.csv", "", ("As at 05/04/2026",), None),
        ("register.csv", "", ("Between 1 April 2025 and 31 March 2026",), None),
    ],
)
def test_the_day_is_read_where_it_is_written_in_full_and_never_guessed(
    file: str, name: str, title: tuple[str, ...], as_at: date | None
) -> None:
    register = sheet(("ID", "Budget"), ("A", 5), file=file, name=name, title=title)

    assert guess(register).as_at == as_at


def test_a_file_with_no_rows_is_guessed_by_its_headers() -> None:
    empty = Sheet(
        file="x.csv", name="", header=("Project ID", "Actual finish"), columns=([], []), rows=[]
    )

    assert guess(empty).columns[1].field == "finished"
    assert len(typed(empty, guess(empty)).keep) == 0


def test_every_column_says_why_and_what_was_seen() -> None:
    rows = show(Mapping(sheets=(guess(one_column("Baseline finish", DAY, LATER)),)))

    assert [(row.header, row.field, row.seen) for row in rows] == [
        ("Project ID", "key", "P0, P1"),
        ("Baseline finish", "planned_finish", f"{DAY}, {LATER}"),
    ]
    assert all(row.because and 0 <= row.confidence <= 1 for row in rows)


REGISTER = sheet(
    ("Project ID", "Budget", "End", "Kept\nin"), ("A", 5, DAY, "blue"), ("B", 6, LATER, "red")
)  # fmt: skip


def corrected() -> Mapping:
    """A saved mapping in which a person called "End" the original finish."""
    mapping = guess(REGISTER)
    columns = tuple(
        replace(c, field="original_finish") if c.header == "End" else c for c in mapping.columns
    )
    return Mapping(sheets=(replace(mapping, columns=columns),))


def test_a_saved_mapping_is_found_again_by_its_layout() -> None:
    assert fields(apply(corrected(), REGISTER))["End"] == "original_finish"


def test_columns_the_mapping_does_not_know_are_guessed_and_said() -> None:
    wider = sheet(
        ("project id", "Actual cost", "Budget", "End", "Kept in"),
        ("A", 4, 5, DAY, "blue"),
        ("B", 5, 6, LATER, "red"),
    )
    mapping = apply(corrected(), wider)

    assert mapping.unknown == ("Actual cost",)
    assert fields(mapping) == {
        "project id": "key", "Actual cost": "cost_actual", "Budget": "planned_cost", "End": "original_finish",
    }  # fmt: skip
    assert mapping.with_field("cost_actual")[0].because.startswith("not in the mapping, guessed")


def test_the_closest_of_several_layouts_is_taken() -> None:
    tasks = sheet(("Task ID", "Project", "Hours actual"), ("1", "A", 5), ("2", "A", 6))
    both = Mapping(sheets=(*corrected().sheets, guess(tasks)))

    assert apply(both, tasks).level == "items"
    assert apply(both, REGISTER).level == "projects"


def test_a_mapping_that_names_a_column_the_file_lacks_is_refused() -> None:
    narrower = sheet(("Project ID", "Budget"), ("A", 5))

    with pytest.raises(MappingError, match=r"register.csv lacks what the mapping names: 'End'"):
        apply(corrected(), narrower)


def test_a_mapping_for_another_register_altogether_is_refused() -> None:
    other = Mapping(
        sheets=(
            SheetMapping(
                register="r",
                level="projects",
                columns=(ColumnMapping(header="Nowhere", field="key"),),
            ),
        )
    )

    with pytest.raises(MappingError, match="'Nowhere'"):
        apply(other, REGISTER)


def test_a_legend_beside_a_register_is_not_held_to_its_mapping() -> None:
    legend = sheet(("Colour", "What it tells"), ("Blue", "Ours"), ("Blue", "Theirs"))

    assert apply(corrected(), legend).unknown == ()


def test_two_exports_of_one_layout_keep_their_own_days() -> None:
    first = replace(REGISTER, file="register 2024-03-31.csv")
    second = replace(REGISTER, file="register 2025-03-31.csv")
    mapping = Mapping(sheets=(guess(first),))

    assert apply(mapping, second).as_at == date(2025, 3, 31)


def test_an_old_day_is_not_handed_to_an_export_that_names_none() -> None:
    first = replace(REGISTER, file="register 2024-03-31.csv")
    mapping = Mapping(sheets=(guess(first),))

    assert apply(mapping, first).as_at == date(2024, 3, 31)
    assert apply(mapping, replace(REGISTER, file="another.csv")).as_at is None


def test_the_digest_is_of_what_decides_and_not_of_words() -> None:
    (mapping,) = corrected().sheets
    reworded = replace(
        mapping, columns=tuple(replace(c, because="", seen=(), confidence=0.1) for c in mapping)
    )
    regrouped = replace(mapping, columns=tuple(replace(c, group=True) for c in mapping))

    assert reworded.digest == mapping.digest != regrouped.digest


def without_unfit(column: ColumnMapping) -> ColumnMapping:
    """The column without settings that its field has no use for."""
    kind = FIELDS[column.field] if column.field else "days"
    unit = column.unit if kind in SETTING_FITS["unit"] else None
    unpriced = column.field and kind not in SETTING_FITS["currency"]
    return replace(column, unit=unit, currency=None if unpriced else column.currency)


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
columns = st.builds(
    ColumnMapping,
    header=text,
    field=st.none() | st.sampled_from(sorted(FIELDS)),
    currency=st.none() | st.sampled_from(["GBP", "EUR", "$"]),
    scale=st.none() | st.floats(1e-9, 1e12),
    date_order=st.sampled_from([None, "day-first", "month-first"]),
    decimal=st.sampled_from([None, ".", ","]),
    sign=st.sampled_from([None, 1, -1]),
    magnitude=st.booleans(),
    unit=st.sampled_from([None, "days", "weeks", "months", "years", "hours"]),
    rating_scale=st.sampled_from([None, "3", "5"]),
    confidence=st.floats(0, 1),
    because=text,
    seen=st.tuples(text, text) | st.just(()),
    group=st.booleans(),
).map(without_unfit)
sheets = st.builds(
    SheetMapping,
    register=text,
    level=st.sampled_from(["projects", "items"]),
    file=text,
    columns=st.lists(columns, max_size=3).map(tuple),
    as_at=st.none() | st.dates(),
    where=st.lists(
        st.builds(Filter, header=text, values=st.tuples(text), negated=st.booleans()), max_size=2
    ).map(tuple),
    because=text,
    unknown=st.lists(text, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(sheets, max_size=2))
def test_round_trip(each: list[SheetMapping]) -> None:
    mapping = Mapping(sheets=tuple(each))

    assert from_toml(to_toml(mapping)) == mapping


def test_the_file_says_what_may_be_corrected() -> None:
    saved = to_toml(corrected())

    assert 'field = "original_finish"' in saved
    assert "# Fields: ac, actual, as_at" in saved
    assert 'seen = ["2024-03-31", "2025-06-30"]' in saved


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[sheet]", "not TOML"),
        ('[[shet]]\nregister = "r"', "'shet' means nothing"),
        ('[[sheet]]\nlevel = "tasks"', 'write "projects" or "items"'),
        ('[[sheet]]\nas_at = "soon"', "write a day as 2024-03-31"),
        ('[[sheet]]\n[[sheet.column]]\nfield = "key"', "a column has no header"),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\nfield = "actualcost"', "is no field"),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\nfield = "finishd"', "Did you mean 'finished'"),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\nfeild = "key"', "'feild' means nothing"),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\nscale = "k"', "scale of 'A' cannot be 'k'"),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\ndecimal = ";"', 'write "." or ","'),
        ('[[sheet]]\n[[sheet.column]]\nheader = "A"\nsign = 0', "write 1 or -1"),
        ("sheet = 5", "as a block"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(MappingError, match=sentence.replace("[", r"\[")):
        from_toml(text)


def effort_as_cost(**given: object) -> str:
    """A mapping in which a person has made a cost of what was taken for effort."""
    further = "".join(f"{name} = {json.dumps(value)}\n" for name, value in given.items())
    return (
        '[[sheet]]\nregister = "register"\n'
        '[[sheet.column]]\nheader = "Project ID"\nfield = "key"\n'
        '[[sheet.column]]\nheader = "Spent on work (k EUR)"\nfield = "cost_actual"\n' + further
    )


WORK = sheet(("Project ID", "Spent on work (k EUR)"), ("P1", 12.5), ("P2", 3))


@pytest.mark.parametrize(
    ("given", "currency", "scale"),
    [({}, "EUR", 1000.0), ({"currency": "CHF"}, "CHF", 1000.0), ({"scale": 1}, "EUR", 1.0)],
)
def test_a_column_made_money_by_hand_takes_what_is_not_given_from_its_header(
    given: dict[str, object], currency: str, scale: float
) -> None:
    column = apply(from_toml(effort_as_cost(**given)), WORK).with_field("cost_actual")[0]

    assert (column.currency, column.scale) == (currency, scale)


def test_a_column_made_money_by_hand_takes_its_unit_from_the_title_of_the_sheet() -> None:
    register = sheet(("Project ID", "Work"), ("P1", 12), title=("All figures in £m",))
    made = effort_as_cost().replace("Spent on work (k EUR)", "Work")
    column = apply(from_toml(made), register).with_field("cost_actual")[0]

    assert (column.currency, column.scale) == ("GBP", 1e6)


def test_a_variance_named_by_hand_gets_its_sign_from_the_columns_it_comes_from() -> None:
    register = sheet(
        ("Project ID", "Baseline cost", "Actual cost", "Delta"),
        *(("P1", 100, 120, -20), ("P2", 100, 90, 10), ("P3", 50, 80, -30)),
    )
    (guessed,) = Mapping(sheets=(guess(register),)).sheets
    named = tuple(
        replace(each, field="cost_variance") if each.header == "Delta" else each for each in guessed
    )
    applied = apply(Mapping(sheets=(replace(guessed, columns=named),)), register)

    assert applied.with_field("cost_variance")[0].sign == -1


def test_a_unit_that_does_not_fit_its_field_is_refused_by_its_place() -> None:
    with pytest.raises(MappingError) as refused:
        from_toml(effort_as_cost(unit="hours"), file="case/mapping.toml")

    assert str(refused.value) == (
        "case/mapping.toml, [[sheet]] 1, [[sheet.column]] 2, 'Spent on work (k EUR)': "
        "unit = \"hours\" does not fit the field 'cost_actual', which is money. "
        "Take that line out, or correct the field."
    )


def test_a_setting_left_over_from_another_field_is_not_written() -> None:
    """A page may change the field alone; what it saves must read back."""
    left_over = ColumnMapping(header="Work", field="cost_actual", unit="hours", currency="EUR")
    layout = SheetMapping(register="r", level="projects", columns=(left_over,))
    (column,) = from_toml(to_toml(Mapping(sheets=(layout,)))).sheets[0]

    assert column == replace(left_over, unit=None)


def test_o4_o5_the_canadian_registers_need_no_mapping() -> None:
    mapping = guess(real("canada-it-projects/gc-it-projects-2019.csv"))

    assert fields(mapping) == {
        "uniqueId": "key", "department": "org_unit", "projectName": "name", "description": "description", "totalBudget": "planned_cost",
        "estimatedCompletionDate": "forecast_finish", "asOfDate": "as_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "scale", "ratings", "costs"),
    [
        ("gmpp_2019_20.csv", "5", [3, 18, 59, 32, 11], 447.9),
        ("gmpp_2020_21.csv", "5", [12, 29, 84, 44, 7], 542.0),
        ("gmpp_2021_22.csv", "3", [24, 0, 170, 0, 27], 494.2),
        ("gmpp_2022_23.csv", "3", [26, 0, 183, 0, 23], 471.8),
    ],
)
def test_r4_o9_the_british_registers_need_no_mapping(
    file: str, scale: str, ratings: list[int], costs: float
) -> None:
    register = real(f"gmpp-2019-2023/{file}")
    read = typed(register, guess(register))
    rag = read.columns["rag"].to_pylist()
    words = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")

    assert [rag.count(word) for word in words] == ratings
    assert set(read.columns["rag_scale"].to_pylist()) - {None} == {scale}
    pounds = [cost for cost in read.columns["planned_cost"].to_pylist() if cost is not None]
    assert sum(pounds) / 100 / 1e9 == pytest.approx(costs, abs=0.05)
    assert read.mapping.has("current_finish", "current_start", "org_unit", "kind")


def test_r3_the_history_of_new_york_needs_no_mapping() -> None:
    register = real("nyc-capital-projects/NYC_capital_projects_20190901.csv")
    mapping = guess(register)

    assert fields(mapping) == {
        "Date Reported As Of": "as_at", "PID": "key", "Project Name": "name", "Description": "description", "Category": "kind",
        "Managing Agency": "org_unit", "Design Start": "started", "Budget Forecast": "forecast_cost", "Latest Budget Changes": "latest_cost_change",
        "Total Budget Changes": "cost_change", "Forecast Completion": "forecast_finish", "Latest Schedule Changes": "latest_finish_change_days",
        "Total Schedule Changes": "finish_change_days",
    }  # fmt: skip
    assert max(typed(register, mapping).columns["as_at"].to_pylist()) == date(2019, 9, 1)


def test_r1_the_tasks_of_sip_need_no_mapping() -> None:
    mapping = guess(real("sip/Sip-task-info.csv.gz"))

    assert mapping.level == "items"
    assert fields(mapping) == {
        "TaskNumber": "item_id", "Summary": "item_name", "StatusCode": "state", "ProjectCode": "key", "Category": "kind",
        "HoursEstimate": "estimate", "HoursActual": "actual",
    }  # fmt: skip


def test_r2_the_projects_of_kitchenham_need_no_mapping() -> None:
    mapping = guess(real("kitchenham-promise/kitchenham.arff"))

    assert fields(mapping) == {
        "Project": "key", "Project.type": "kind", "Actual.start.date": "started", "Actual.duration": "duration_days",
        "Actual.effort": "effort_actual", "Estimated.completion.date": "forecast_finish", "First.estimate": "original_effort",
    }  # fmt: skip


def test_o10_the_issues_of_jira_need_no_mapping() -> None:
    mapping = guess(real("jira-cycle-agile/jira.csv"))

    assert mapping.level == "items"
    assert fields(mapping) == {
        "id": "item_id", "project": "key", "created_date": "started", "finished_date": "finished", "cycle_time_days": "duration_days",
    }  # fmt: skip


def test_r5_columns_that_no_word_explains_are_left_alone() -> None:
    mapping = guess(real("melbourne-water-stages/Capital_Delivery_Project_deidentified.csv"))
    unexplained = {c.header: c.because for c in mapping if c.field is None}

    assert fields(mapping)["ID"] == "key"
    assert unexplained["BNI"] == "dates, and the header does not say of what"
