"""Primavera's exchange file: each project becomes a schedule, and what cannot be read is told."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from trackrecord.errors import UnreadableSource
from trackrecord.readers import xer
from trackrecord.readers.source import Schedule, Source
from trackrecord.readers.xer_calendar import hours_per_day

SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "mpxj-schedules-open"

WEEK = (
    "(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())"
    "(0||1(s|13:00|f|18:00)())))(0||3()((0||0(f|17:00|s|10:00)())))(0||7()())))"
    "(0||Exceptions()((0||0(d|43650)())))))"
)


def table(name: str, fields: str, *rows: str) -> str:
    """A table of an export; cells are written with `|` between them, for the eye."""
    lines = [f"%T\t{name}", "%F\t" + fields.replace(" ", "\t")]
    return "\n".join([*lines, *("%R\t" + row.replace("|", "\t") for row in rows)]) + "\n"


def header(currency: str = "EUR") -> str:
    return f"ERMHDR\t8.4\t2024-07-01\tProject\tadmin\tadmin\tdb\tProject Management\t{currency}\n"


CURRENCIES = table(
    "CURRTYPE",
    "curr_id decimal_symbol digit_group_symbol curr_short_name",
    "1|.|,|USD",
    "2|,|.|EUR",
)
PROJECTS = table(
    "PROJECT",
    "proj_id proj_short_name last_recalc_date scd_end_date export_flag",
    "7|BRIDGE|2024-06-30 17:00|2024-11-29 17:00|Y",
    "8|TUNNEL|2024-06-30 17:00||Y",
    "9|ELSEWHERE|||N",
)
CALENDARS = (
    "%T\tCALENDAR\n%F\tclndr_id\tclndr_name\tday_hr_cnt\tclndr_data\n"
    f"%R\t1\tNine to five\t\t{WEEK}\n%R\t2\tTen hours\t10\t{WEEK}\n"
)
WBS = table(
    "PROJWBS",
    "wbs_id proj_id parent_wbs_id wbs_short_name wbs_name proj_node_flag",
    "70|7|1|BRIDGE|New bridge|Y",
    "71|7|70|CIVIL|Civil works|N",
    "80|8|1|TUNNEL|Old tunnel|Y",
)
TASK_FIELDS = (
    "task_id proj_id clndr_id task_code task_name task_type status_code complete_pct_type"
    " phys_complete_pct remain_drtn_hr_cnt target_drtn_hr_cnt act_work_qty remain_work_qty"
    " target_work_qty act_start_date act_end_date target_start_date target_end_date"
)
TASKS = table(
    "TASK",
    TASK_FIELDS,
    "1|7|2|A10|Foundations|TT_Task|TK_Complete|CP_Drtn|0|0|80|90,5|0|75|2024-01-08 08:00"
    "|2024-03-08 20:00|2024-01-08 08:00|2024-02-23 17:00",
    "2|7|1|A20|Deck|TT_Task|TK_Active|CP_Units|0|16|32|20|60|64|2024-03-11 08:00||"
    "2024-03-04 08:00|2024-09-30 17:00",
    "3|7|1|A30|Opened|TT_FinMile|TK_NotStart|CP_Drtn|0|0|0|0|0|0||||2024-09-30 17:00",
    "4|8|1|A10|Lights|TT_Task|TK_Complete|CP_Phys|100|0|8|0|0|0|2023-05-02 08:00|2023-05-03 17:00"
    "|2023-05-02 08:00|2023-05-02 17:00",
)
COSTS = table(
    "TASKRSRC",
    "taskrsrc_id task_id target_cost act_reg_cost act_ot_cost remain_cost",
    "1|1|1.000,50|1.200,00|50,25|0.0000",
    "2|1|500,00|0|0|0",
    "3|2|2000|400|0|1800",
)
WHOLE = CURRENCIES + PROJECTS + CALENDARS + WBS + TASKS + COSTS + "%E\n"


def read(folder: Path, text: str | bytes, name: str = "plan.xer") -> Source:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return xer.read(path, "d" * 64)


def row(schedule: Schedule, name: str) -> dict[str, Any]:
    (found,) = schedule.tables[name].to_pylist()
    return dict(found)


def items(schedule: Schedule) -> dict[str, dict[str, Any]]:
    return {item["item_id"]: item for item in schedule.tables["items"].to_pylist()}


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def sample(name: str) -> Source:
    if not (SAMPLES / name).is_file():
        pytest.skip(f"{name} is not beside this checkout (../shared/data)")
    return xer.read(SAMPLES / name, "d" * 64)


def test_per_cent_complete_follows_the_type_of_the_activity() -> None:
    """O12: 0, 25, 75, 100 for each of duration, physical and units."""
    (schedule,) = sample("percent-complete-8.4.xer").schedules
    stated = [
        (item["percent_complete_type"], item["percent_complete"])
        for item in schedule.tables["items"].to_pylist()
        if not item["summary"]
    ]

    assert stated == [
        (kind, share)
        for kind in ("duration", "physical", "units")
        for share in (0.0, 0.25, 0.75, 1.0)
    ]


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("percent-complete-8.4.xer", 13),
        ("PredecessorCalendar.xer", 2),
        ("ProjectDefaultCalendar.xer", 2),
    ],
)
def test_every_task_and_node_of_a_sample_is_taken(name: str, tasks: int) -> None:
    """R8: the counts of mpxj 16.10, which count the breakdown's nodes as summaries."""
    source = sample(name)
    (schedule,) = source.schedules

    assert (schedule.rows_in, schedule.rows_taken, source.problems) == (tasks, tasks, ())


def test_each_project_of_a_file_is_a_schedule(tmp_path: Path) -> None:
    """A project that is only referred to, and brings no task, is none."""
    bridge, tunnel = read(tmp_path, header() + WHOLE).schedules

    assert (bridge.name, bridge.rows_taken) == ("New bridge", 5)
    assert (tunnel.name, tunnel.rows_taken) == ("Old tunnel", 2)
    assert row(tunnel, "projects")["key"] == "TUNNEL"


def test_the_same_activity_id_in_two_projects_is_two_items(tmp_path: Path) -> None:
    bridge, tunnel = read(tmp_path, header() + WHOLE).schedules
    names = [
        {w["item_id"]: w["text"] for w in schedule.words.to_pylist() if w["column"] == "item_name"}
        for schedule in (bridge, tunnel)
    ]

    assert [found["A10"] for found in names] == ["Foundations", "Lights"]


def test_a_project_is_finished_when_its_last_activity_is(tmp_path: Path) -> None:
    bridge, tunnel = (row(s, "projects") for s in read(tmp_path, header() + WHOLE).schedules)

    assert (bridge["state"], bridge["started"], bridge["finished"]) == (
        "open",
        date(2024, 1, 8),
        None,
    )
    assert (tunnel["state"], tunnel["finished"]) == ("finished", date(2023, 5, 3))
    assert bridge["as_at"] == date(2024, 6, 30)


def test_planned_dates_and_costs_are_the_plan_and_money_keeps_its_cents(tmp_path: Path) -> None:
    bridge = read(tmp_path, header() + WHOLE).schedules[0]
    plan, report = row(bridge, "baselines"), row(bridge, "reports")

    assert (plan["stated"], plan["finish"]) == ("planned", date(2024, 9, 30))
    assert (plan["cost"], plan["currency"], plan["effort"]) == (350_050, "EUR", 139.0)
    assert report["ac"] == 165_025
    assert (report["forecast_cost"], report["forecast_finish"]) == (345_025, date(2024, 11, 29))


def test_a_day_is_that_of_the_activitys_calendar(tmp_path: Path) -> None:
    """The calendar's own figure (10), else the mean of its working days (9 and 7)."""
    bridge = read(tmp_path, header() + WHOLE).schedules[0]
    days = {
        line["item_id"]: line["duration"] for line in bridge.tables["item_baselines"].to_pylist()
    }

    assert days == {"A10": 8.0, "A20": 4.0, "A30": 0.0}


def test_an_activity_keeps_its_times_its_work_and_its_units_per_cent(tmp_path: Path) -> None:
    found = items(read(tmp_path, header() + WHOLE).schedules[0])

    assert (found["A10"]["estimate"], found["A10"]["actual"]) == (75.0, 90.5)
    assert found["A10"]["finished"] == datetime(2024, 3, 8, 20)
    assert found["A10"]["duration_days"] == 60.5
    assert (found["A20"]["percent_complete"], found["A20"]["percent_complete_type"]) == (
        0.25,
        "units",
    )
    assert (found["A30"]["kind"], found["A30"]["percent_complete"]) == ("milestone", 0.0)
    assert (found["A30"]["estimate"], found["A30"]["actual"]) == (None, None)


def test_nodes_of_the_breakdown_are_summaries_named_by_their_path(tmp_path: Path) -> None:
    found = items(read(tmp_path, header() + WHOLE).schedules[0])

    assert [key for key, item in found.items() if item["summary"]] == ["BRIDGE", "BRIDGE.CIVIL"]


def test_the_place_of_an_item_is_its_line_and_its_table(tmp_path: Path) -> None:
    text = header() + WHOLE
    found = items(read(tmp_path, text).schedules[0])
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "\tA20\t" in line)

    assert (found["A20"]["sheet"], found["A20"]["row"]) == ("TASK", line)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_encoding_of_the_exporting_machine_is_read(tmp_path: Path, encoding: str) -> None:
    text = (header() + WHOLE).replace("Foundations", "Gründung – Süd").encode(encoding)
    (bridge, _) = read(tmp_path, text).schedules
    words = [word["text"] for word in bridge.words.to_pylist()]

    assert xer.recognises(text[:65536], tmp_path / "plan.xer")
    assert "Gründung – Süd" in words
    assert bridge.rows_taken == 5


def test_windows_line_ends_and_gzip_change_nothing(tmp_path: Path) -> None:
    text = (header() + WHOLE).replace("\n", "\r\n").encode()
    plain, packed = read(tmp_path, text), read(tmp_path, gzip.compress(text))

    assert plain.problems == ()
    assert [s.tables["items"] for s in packed.schedules] == [
        s.tables["items"] for s in plain.schedules
    ]


def test_a_stray_byte_is_reported_and_the_row_taken(tmp_path: Path) -> None:
    text = (header() + WHOLE).encode().replace(b"Foundations", b"F\x9dundations \xe9")
    source = read(tmp_path, text)

    assert codes(source) == ["stray-byte"]
    assert source.schedules[0].rows_taken == 5


@pytest.mark.parametrize("broken", [WEEK[:60], WEEK + ")", "(0||CalendarData()", "nine to five"])
def test_a_broken_calendar_is_a_problem_and_no_more(tmp_path: Path, broken: str) -> None:
    """Issue: a broken XER calendar is a problem; its days count as eight hours."""
    source = read(tmp_path, (header() + WHOLE).replace(WEEK, broken, 1))
    days = {
        line["item_id"]: line["duration"]
        for line in source.schedules[0].tables["item_baselines"].to_pylist()
    }

    assert codes(source) == ["broken-calendar"]
    assert "Nine to five" in source.problems[0].found
    assert (days["A10"], days["A20"]) == (8.0, 4.0)


def test_a_text_with_a_line_break_stays_one_row(tmp_path: Path) -> None:
    source = read(tmp_path, (header() + WHOLE).replace("Foundations", "Founda\ntions"))

    assert source.problems == ()
    assert source.schedules[0].rows_taken == 5


def refused(source: Source) -> Sequence[str]:
    return [problem.code for problem in source.problems if problem.extent == "row"]


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("|A20|".replace("|", "\t"), "\tA10\t", "no-id-of-its-own"),
        ("%R\t2\t7\t1\tA20", "%R\t2\t99\t1\tA20", "unknown-project"),
        ("\tDeck\t", "\tDeck\tand\trails\t", "too-many-cells"),
    ],
)
def test_rows_in_are_rows_taken_and_rows_with_problems(
    tmp_path: Path, was: str, becomes: str, code: str
) -> None:
    source = read(tmp_path, (header() + WHOLE).replace(was, becomes))

    assert refused(source) == [code]
    assert sum(s.rows_in for s in source.schedules) == 7
    assert sum(s.rows_taken for s in source.schedules) == 6


def test_a_cell_that_cannot_be_read_costs_the_cell_alone(tmp_path: Path) -> None:
    source = read(
        tmp_path, (header() + WHOLE).replace("2024-03-08 20:00", "8-Mar-24").replace("90,5", "lots")
    )
    cells = {(p.column, p.found, p.sheet) for p in source.problems if p.extent == "cell"}

    assert cells == {("act_end_date", "8-Mar-24", "TASK"), ("act_work_qty", "lots", "TASK")}
    assert items(source.schedules[0])["A10"]["finished"] is None


def test_a_file_without_its_end_mark_is_read_and_said_to_be_short(tmp_path: Path) -> None:
    source = read(tmp_path, header() + WHOLE.removesuffix("%E\n"))

    assert codes(source) == ["no-end-mark"]
    assert source.schedules[0].rows_taken == 5


def test_a_project_without_activities_has_no_rows(tmp_path: Path) -> None:
    (bridge, _) = read(tmp_path, header() + PROJECTS + "%E\n").schedules

    assert (bridge.rows_in, bridge.tables["items"].num_rows) == (0, 0)
    assert row(bridge, "projects")["state"] is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("PK\x03\x04 nothing", r"plan.xer, line 1: it does not begin with ERMHDR\. Export"),
        ("", r"plan.xer, line 1: it does not begin with ERMHDR\."),
        (header() + CURRENCIES + "%E\n", r"plan.xer: it holds no project\. Open the project"),
        (
            header() + PROJECTS + TASKS + table("TASK", "task_id proj_id", "5|7"),
            r"plan.xer: table TASK stands there twice with different fields\.",
        ),
    ],
)
def test_what_is_no_export_of_a_project_is_refused_in_one_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(UnreadableSource, match=sentence):
        read(tmp_path, text)


def test_a_packed_file_that_is_cut_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="the packed file is cut short"):
        read(tmp_path, gzip.compress((header() + WHOLE).encode())[:-40])


@pytest.mark.parametrize(
    ("week", "hours"),
    [
        (WEEK, 8.0),
        ("(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|22:00|f|00:00)())))))))", 2.0),
        ("(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()())))))", None),
        (WEEK.replace("(0||Exc", "\x7f\x7f  (0||Exc"), 8.0),
    ],
)
def test_a_working_day_is_the_mean_of_the_days_that_have_work(
    week: str, hours: float | None
) -> None:
    assert hours_per_day(week) == hours
