"""Microsoft Project's XML: what a plan says becomes canonical tables, and what cannot is told."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from trackrecord.errors import UnreadableSource
from trackrecord.readers import mspdi
from trackrecord.readers.source import Schedule, Source

SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "mpxj-schedules-open"

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">'
)
BRIDGE = """
<Title>New bridge</Title><Manager>Ana Lind</Manager><CurrencyCode>GBP</CurrencyCode>
<MinutesPerDay>450</MinutesPerDay><StatusDate>2024-06-30T17:00:00</StatusDate>
<Tasks>
 <Task><UID>0</UID><ID>0</ID><Name>New bridge</Name><Summary>1</Summary><OutlineLevel>0</OutlineLevel>
  <Start>2024-01-08T08:00:00</Start><Finish>2024-11-29T17:00:00</Finish><PercentComplete>60</PercentComplete>
  <Cost>12500000</Cost><ActualCost>6200000</ActualCost><Work>PT800H0M0S</Work><ActualWork>PT500H0M0S</ActualWork>
  <BCWS>6000000.00</BCWS><BCWP>5500000.00</BCWP><ACWP>6200000.00</ACWP>
  <Baseline><Number>0</Number><Start>2024-01-08T08:00:00</Start><Finish>2024-09-30T17:00:00</Finish>
   <Duration>PT1425H0M0S</Duration><Cost>10000000</Cost><Work>PT700H0M0S</Work></Baseline></Task>
 <Task><UID>11</UID><ID>1</ID><Name>Foundations</Name><OutlineLevel>1</OutlineLevel>
  <PercentComplete>100</PercentComplete><ActualStart>2024-01-08T08:00:00</ActualStart>
  <ActualFinish>2024-03-08T17:00:00</ActualFinish><Work>PT500H0M0S</Work><ActualWork>PT500H0M0S</ActualWork>
  <Baseline><Number>0</Number><Finish>2024-02-23T17:00:00</Finish><Duration>PT75H0M0S</Duration>
   <DurationFormat>7</DurationFormat><Work>PT400H30M0S</Work><Cost>6000050</Cost></Baseline></Task>
 <Task><UID>12</UID><ID>2</ID><IsNull>1</IsNull></Task>
 <Task><UID>13</UID><ID>3</ID><Name>Curing</Name><OutlineLevel>1</OutlineLevel>
  <PercentComplete>50</PercentComplete><PhysicalPercentComplete>20</PhysicalPercentComplete>
  <EarnedValueMethod>1</EarnedValueMethod><ActualStart>2024-03-11T08:00:00</ActualStart>
  <Work>PT0H0M0S</Work><ActualWork>PT0H0M0S</ActualWork>
  <Baseline><Number>0</Number><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Baseline></Task>
</Tasks></Project>
"""


def read(folder: Path, text: str | bytes, name: str = "plan.xml") -> Source:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return mspdi.read(path, "d" * 64)


def only(source: Source) -> Schedule:
    (schedule,) = source.schedules
    return schedule


def row(schedule: Schedule, table: str) -> dict[str, Any]:
    (found,) = schedule.tables[table].to_pylist()
    return dict(found)


def items(schedule: Schedule) -> dict[str, dict[str, Any]]:
    return {item["item_id"]: item for item in schedule.tables["items"].to_pylist()}


def sample(name: str) -> Schedule:
    if not (SAMPLES / name).is_file():
        pytest.skip(f"{name} is not beside this checkout (../shared/data)")
    return only(mspdi.read(SAMPLES / name, "d" * 64))


@pytest.mark.parametrize(
    "name", ["task-baselines-project2003-mspdi.xml", "task-baselines-project2019-mspdi.xml"]
)
def test_eleven_baselines_of_each_kind_are_read_to_the_unit(name: str) -> None:
    """O11: tasks 1-11 cost, 12-22 duration, 23-33 finish, 34-44 start, 45-55 work."""
    stated = {
        (int(line["item_id"]), line["seq"]): line
        for line in sample(name).tables["item_baselines"].to_pylist()
    }

    def over_baselines(first_task: int, column: str) -> list[Any]:
        return [stated[first_task + seq, seq][column] for seq in range(11)]

    def hourly(first: datetime) -> list[datetime]:
        """Nine days on at the next hour, then the tenth day at two hours."""
        return [first + timedelta(days=seq, hours=seq) for seq in range(10)] + [
            first + timedelta(days=9, hours=10)
        ]

    assert over_baselines(1, "cost") == [100 * seq for seq in range(1, 12)]
    assert over_baselines(12, "duration") == [11.0 + seq for seq in range(11)]
    assert over_baselines(23, "finish") == hourly(datetime(2014, 3, 1, 9))
    assert over_baselines(34, "start") == hourly(datetime(2014, 4, 1, 9))
    assert over_baselines(45, "work") == [51.0 + seq for seq in range(11)]


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("sample.xml", 20),
        ("sample1.xml", 23),
        ("baselines.xml", 2),
        ("task-baselines-project2003-mspdi.xml", 56),
        ("task-baselines-project2019-mspdi.xml", 111),
        ("task-durations-project2019-mspdi.xml", 111),
    ],
)
def test_every_task_of_a_sample_is_taken(name: str, tasks: int) -> None:
    """R8: the counts of mpxj 16.10, summaries among them."""
    schedule = sample(name)

    assert (schedule.rows_in, schedule.rows_taken) == (tasks, tasks)
    assert schedule.tables["items"].num_rows == tasks


def test_a_day_is_the_working_day_of_the_plan_and_an_elapsed_day_has_24_hours(
    tmp_path: Path,
) -> None:
    lines = only(read(tmp_path, HEAD + BRIDGE)).tables["item_baselines"].to_pylist()
    days = {line["item_id"]: line["duration"] for line in lines}

    assert days == {"0": 1425 / 7.5, "11": 10.0, "13": 2.0}


def test_money_is_written_in_hundredths(tmp_path: Path) -> None:
    schedule = only(read(tmp_path, HEAD + BRIDGE))
    report = row(schedule, "reports")

    assert (report["pv"], report["ev"], report["ac"]) == (6_000_000, 5_500_000, 6_200_000)
    assert row(schedule, "baselines")["cost"] == 10_000_000
    assert report["currency"] == "GBP"


def test_the_project_is_what_its_summary_says(tmp_path: Path) -> None:
    schedule = only(read(tmp_path, HEAD + BRIDGE))
    project, plan, report = (row(schedule, name) for name in ("projects", "baselines", "reports"))

    assert (project["key"], project["state"], project["as_at"]) == (
        "New bridge",
        "open",
        date(2024, 6, 30),
    )
    assert (plan["stated"], plan["seq"], plan["finish"]) == ("planned", 0, date(2024, 9, 30))
    assert report["forecast_finish"] == date(2024, 11, 29)
    assert (report["forecast_cost"], report["percent_complete"]) == (12_500_000, 0.6)


def test_an_open_project_has_neither_a_finish_nor_a_final_cost(tmp_path: Path) -> None:
    project = row(only(read(tmp_path, HEAD + BRIDGE)), "projects")

    assert project["started"] == date(2024, 1, 8)
    assert (project["finished"], project["cost_actual"], project["effort_actual"]) == (None,) * 3


def test_a_project_is_finished_when_every_task_is(tmp_path: Path) -> None:
    done = BRIDGE.replace(
        "<PercentComplete>50</PercentComplete>",
        "<PercentComplete>100</PercentComplete><ActualFinish>2024-05-31T17:00:00</ActualFinish>",
    )
    project = row(only(read(tmp_path, HEAD + done)), "projects")

    assert (project["state"], project["finished"]) == ("finished", date(2024, 5, 31))
    assert (project["cost_actual"], project["effort_actual"]) == (6_200_000, 500.0)


def test_the_estimate_is_the_first_baseline_never_the_work_as_it_turned_out(tmp_path: Path) -> None:
    """RULE: methods.md 2.7 compares with what was estimated, and Work ends equal to ActualWork."""
    foundations = items(only(read(tmp_path, HEAD + BRIDGE)))["11"]

    assert (foundations["estimate"], foundations["actual"]) == (400.5, 500.0)
    assert foundations["due"] == datetime(2024, 2, 23, 17)
    assert foundations["duration_days"] == 60.375


def test_work_that_nobody_entered_is_missing_not_zero(tmp_path: Path) -> None:
    curing = items(only(read(tmp_path, HEAD + BRIDGE)))["13"]

    assert (curing["estimate"], curing["actual"]) == (None, None)


def test_per_cent_complete_is_physical_where_the_task_is_earned_so(tmp_path: Path) -> None:
    found = items(only(read(tmp_path, HEAD + BRIDGE)))

    assert (found["13"]["percent_complete"], found["13"]["percent_complete_type"]) == (
        0.2,
        "physical",
    )
    assert (found["11"]["percent_complete"], found["11"]["percent_complete_type"]) == (
        1.0,
        "duration",
    )


def test_an_empty_line_of_the_plan_is_counted_and_explained(tmp_path: Path) -> None:
    source = read(tmp_path, HEAD + BRIDGE)
    (problem,) = source.problems

    assert (only(source).rows_in, only(source).rows_taken) == (4, 3)
    assert (problem.code, problem.extent, problem.row) == ("blank-task", "row", 2)


def test_names_stand_in_words_and_nowhere_else(tmp_path: Path) -> None:
    schedule = only(read(tmp_path, HEAD + BRIDGE))
    words = {(w["item_id"], w["column"]): w["text"] for w in schedule.words.to_pylist()}

    assert words[None, "name"] == "New bridge"
    assert words[None, "manager"] == "Ana Lind"
    assert words["11", "item_name"] == "Foundations"
    assert not any("Ana Lind" in str(table.to_pylist()) for table in schedule.tables.values())


def test_without_a_summary_the_tasks_are_added_up(tmp_path: Path) -> None:
    start, end = BRIDGE.index(" <Task><UID>0<"), BRIDGE.index(" <Task><UID>11<")
    plan = row(only(read(tmp_path, HEAD + BRIDGE[:start] + BRIDGE[end:])), "baselines")

    assert (plan["cost"], plan["effort"], plan["finish"]) == (6_000_050, 400.5, date(2024, 2, 23))


def test_several_baselines_are_a_numbered_list(tmp_path: Path) -> None:
    again = "<Baseline><Number>3</Number><Finish>2024-12-20T17:00:00</Finish></Baseline></Task>"
    text = HEAD + BRIDGE.replace("</Baseline></Task>", "</Baseline>" + again, 1)
    plans = only(read(tmp_path, text)).tables["baselines"].to_pylist()

    assert [(plan["stated"], plan["seq"]) for plan in plans] == [("change", 0), ("change", 3)]
    assert plans[1]["finish"] == date(2024, 12, 20)


def test_without_any_baseline_what_is_forecast_is_the_plan_of_this_export(tmp_path: Path) -> None:
    text = HEAD + (
        "<Title>x</Title><Tasks><Task><UID>1</UID><ID>1</ID>"
        "<Start>2024-01-08T08:00:00</Start><Finish>2024-02-09T17:00:00</Finish></Task></Tasks></Project>"
    )
    plan = row(only(read(tmp_path, text)), "baselines")

    assert (plan["stated"], plan["finish"]) == ("planned", date(2024, 2, 9))


def test_a_cell_that_cannot_be_read_costs_the_cell_alone(tmp_path: Path) -> None:
    text = HEAD + BRIDGE.replace("2024-03-08T17:00:00", "8 March").replace("PT400H30M0S", "a while")
    source = read(tmp_path, text)
    cells = {(p.column, p.found, p.row) for p in source.problems if p.extent == "cell"}

    assert cells == {("ActualFinish", "8 March", 1), ("Work", "a while", 1)}
    assert only(source).rows_taken == 3


def test_a_task_whose_uid_repeats_is_not_taken_twice(tmp_path: Path) -> None:
    source = read(tmp_path, HEAD + BRIDGE.replace("<UID>13</UID>", "<UID>11</UID>"))

    assert (only(source).rows_in, only(source).rows_taken) == (4, 2)
    assert [p.code for p in source.problems if p.extent == "row"] == [
        "blank-task",
        "no-id-of-its-own",
    ]


def test_a_plan_without_tasks_has_a_project_and_no_rows(tmp_path: Path) -> None:
    schedule = only(read(tmp_path, HEAD + "<Title>Empty</Title><Tasks/></Project>"))

    assert (schedule.rows_in, schedule.tables["items"].num_rows) == (0, 0)
    assert row(schedule, "projects")["state"] is None


def test_utf16_and_gzip_are_read_as_they_come(tmp_path: Path) -> None:
    utf16 = (HEAD + BRIDGE).replace("UTF-8", "UTF-16").encode("utf-16")

    assert mspdi.recognises(utf16[:64], tmp_path / "plan.xml")
    assert only(read(tmp_path, utf16)).rows_taken == 3
    assert only(read(tmp_path, gzip.compress(utf16), "plan.xml.gz")).rows_taken == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + BRIDGE[:900], r"plan.xml, line \d+: the XML is cut short or damaged here\. Export"),
        ("", r"plan.xml, line 1: the XML is cut short or damaged here\. Export"),
        (
            HEAD + "<Tasks><Task></Tasks></Project>",
            r"plan.xml, line 2: the XML is cut short or damaged here\.",
        ),
        ("<html><body/></html>", r"plan.xml: it is XML, but no plan .* begins with <html>\."),
        (
            '<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V8/API/BusinessObjects"/>',
            r"begins with <APIBusinessObjects>",
        ),
    ],
)
def test_what_is_no_whole_plan_is_refused_in_one_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(UnreadableSource, match=sentence):
        read(tmp_path, text)


GROWTH = """
import resource, sys
from pathlib import Path
from trackrecord.errors import UnreadableSource
from trackrecord.readers import mspdi
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print(mspdi.read(Path(sys.argv[1]), "d").schedules[0].rows_taken)
except UnreadableSource as refused:
    print(refused)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def growth(path: Path) -> tuple[str, int]:
    """What reading a file in a process of its own answers, and the KiB its memory grew by."""
    pytest.importorskip("resource", reason="this system cannot say how much memory a process had")
    told = subprocess.run(
        [sys.executable, "-c", GROWTH, str(path)], check=True, capture_output=True, text=True
    )
    answer, grown = told.stdout.splitlines()
    return answer, int(grown)


def test_a_billion_laughs_are_refused_before_the_first(tmp_path: Path) -> None:
    """X: memory stays bounded; expanded, this text is three gigabytes."""
    entities = '<!ENTITY a0 "ha!">' + "".join(
        f'<!ENTITY a{depth} "{f"&a{depth - 1};" * 10}">' for depth in range(1, 10)
    )
    bomb = (
        f"<?xml version='1.0'?><!DOCTYPE Project [{entities}]>"
        "<Project xmlns='http://schemas.microsoft.com/project'><Title>&a9;</Title></Project>"
    )
    path = tmp_path / "bomb.xml"
    path.write_text(bomb)
    answer, grown = growth(path)

    assert "declares a document type" in answer
    assert grown < 50_000


def test_no_file_is_fetched_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the board's pay")

    with pytest.raises(UnreadableSource, match="declares a document type"):
        read(
            tmp_path,
            f'<!DOCTYPE Project [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
            "<Project xmlns='http://schemas.microsoft.com/project'><Title>&s;</Title></Project>",
        )


def test_tasks_are_let_go_as_they_are_read(tmp_path: Path) -> None:
    """Memory grows with the columns kept: the notes of these tasks alone are 100 MB."""
    path = tmp_path / "long.xml"
    with path.open("w") as out:
        out.write(HEAD + "<Tasks>")
        notes = "n" * 100_000
        for uid in range(1_000):
            out.write(f"<Task><UID>{uid}</UID><ID>{uid}</ID><Notes>{notes}</Notes></Task>")
        out.write("</Tasks></Project>")
    answer, grown = growth(path)

    assert answer == "1000"
    assert grown < 50_000


def test_a_currency_without_minor_units_keeps_its_own(tmp_path: Path) -> None:
    """The format writes hundredths of a yen; a yen has none."""
    yen = only(read(tmp_path, HEAD + BRIDGE.replace("GBP", "JPY")))

    assert row(yen, "reports")["ac"] == 62_000
