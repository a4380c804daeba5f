"""Real registers, read with no mapping file: what stands in the tables (methods.md 8)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import trackrecord as tr
from trackrecord.record import Record
from trackrecord.tables import TABLES

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

CANADA = tuple(f"canada-it-projects/gc-it-projects-20{year}.csv" for year in (16, 19, 22))
GMPP = tuple(f"gmpp-2019-2023/gmpp_20{y}_{y + 1}.csv" for y in (19, 20, 21, 22))
NYC = ("nyc-capital-projects/NYC_capital_projects_20190901.csv",)
SIP = ("sip/Sip-task-info.csv.gz",)
KITCHENHAM = ("kitchenham-promise/kitchenham.arff",)
JIRA = ("jira-cycle-agile/jira.csv",)


SCHEDULES = (
    "mpxj-schedules-open/task-baselines-project2019-mspdi.xml",
    "mpxj-schedules-open/percent-complete-8.4.xer",
)


@cache
def record_of(*names: str) -> Record:
    paths = [DATA / name for name in names]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        pytest.skip(f"the data beside the checkout is not here: {', '.join(missing)}")
    return tr.read(*paths)


def exports_of_each_key(record: Record) -> Counter[str]:
    rows = record.tables()["projects"].select(["key", "export"]).to_pylist()
    return Counter(key for key, _ in {tuple(row.values()) for row in rows})


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (CANADA, 398 + 463 + 495),
        (GMPP, 125 + 184 + 235 + 244),
        (NYC, 2_259),
        (SIP, 12_299),
        (KITCHENHAM, 145),
        (JIRA, 4_123),
    ],
)
def test_every_row_is_taken_or_has_a_problem(names: tuple[str, ...], rows: int) -> None:
    record = record_of(*names)

    assert record.rows_in == rows == record.rows_taken + record.rows_with_problems


def test_three_yearly_lists_are_one_history_linked_by_exact_ids() -> None:
    """O4, O5: 1,126 projects; 192 in two or more lists, 38 in three."""
    exports = exports_of_each_key(record_of(*CANADA))

    assert len(exports) == 1_126
    assert Counter(exports.values()) == {1: 934, 2: 154, 3: 38}


def test_four_exports_keep_their_order_and_say_who_stayed_and_left() -> None:
    """O9, R4: 125, 184, 235 and 244 projects; 29 left before the last."""
    projects = record_of(*GMPP).tables()["projects"]
    exports: dict[str, set[str]] = {}
    for row in projects.sort_by("export_order").to_pylist():
        exports.setdefault(row["export"], set()).add(row["key"])
    years = list(exports.values())
    moved = [(len(old & new), len(old - new), len(new - old)) for old, new in pairwise(years)]

    assert [len(each) for each in years] == [125, 184, 235, 244]
    assert moved == [(81, 44, 103), (159, 25, 76), (206, 29, 38)]


def test_dated_rows_of_one_file_are_the_history_of_its_projects() -> None:
    """R3: 2,259 records of 378 projects."""
    record = record_of(*NYC)

    assert len(exports_of_each_key(record)) == 378
    assert record.rows_taken == record.tables()["projects"].num_rows == 2_259


def test_a_task_on_a_row_for_each_developer_is_one_item() -> None:
    """R1: 12,299 rows, 10,266 tasks, 95,002 hours and not 162,045; O1: 20 projects."""
    record = record_of(*SIP)
    items = record.tables()["items"]

    assert items.num_rows == 10_266
    assert record.rows_taken == 12_299
    assert round(sum(hours or 0 for hours in items["actual"].to_pylist())) == 95_002
    assert record.tables()["links"].num_rows == 20


def test_projects_with_a_start_and_a_duration_have_a_finish() -> None:
    """R2's 145 projects."""
    projects = record_of(*KITCHENHAM).tables()["projects"]

    assert projects.num_rows == 145
    assert projects["finished"].null_count == 0


def test_issues_with_impossible_durations_are_kept_to_be_counted() -> None:
    """O10: 4,123 issues, 1,662 of them with -1 day."""
    days = record_of(*JIRA).tables()["items"]["duration_days"].to_pylist()

    assert len(days) == 4_123
    assert sum(1 for each in days if each is not None and each < 0) == 1_662


def test_a_schedule_is_one_project_of_the_register_its_file_names() -> None:
    """R8: 111 and 13 tasks, each with its place in the Record."""
    record = record_of(*SCHEDULES)
    tables = record.tables()
    registers = Counter(tables["items"]["register"].to_pylist())

    assert registers == {"task-baselines-project-mspdi": 111, "percent-complete": 13}
    assert record.rows_in == record.rows_taken == 124
    assert tables["links"].num_rows == 2
    assert all(tables[name]["export_order"].null_count == 0 for name in TABLES)


def test_ids_that_differ_in_case_are_proposed_and_not_linked() -> None:
    """Links by name are proposals: DFT_0022 and DfT_0022 stay two until somebody says otherwise."""
    pairs = {(each.a.key, each.b.key): each for each in tr.proposals(record_of(*GMPP))}

    assert pairs["DFT_0022_1415-Q4", "DfT_0022_1415-Q4"].confidence > 0.95
