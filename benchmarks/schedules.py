"""Reading schedules: our readers of XER and MSPDI against mpxj.

    .venv/bin/python benchmarks/schedules.py [--mpxj PYTHON] [--runs 5]

Writes an XER of 50,000 activities with a resource each and an MSPDI of 20,000 tasks with a baseline
each (as many elements a task as Project 2003 writes), reads each in a process of its own, and prints
the median and best time and the peak memory.  Every reader is timed in a warm process after one
reading: for ours that leaves out imports (the first reading, imports and all, is printed too), for
mpxj the start of the Java machine and its first compilations.  PYTHON is an interpreter
that has mpxj 16 and jpype1 (`pip install mpxj jpype1` in an environment of its own, with Java 11 or
later); without it only our readers are timed.

mpxj builds a whole project with its calendars and links, which ours does not: it says what using it
would cost here, not that it is slow.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

XER_TASKS = 50_000
MSPDI_TASKS = 20_000
FIRST_DAY = datetime(2024, 1, 8, 8)

OURS = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from trackrecord import readers
def read():
    (schedule,) = readers.read(Path(sys.argv[1])).schedules
    return schedule.rows_taken
tasks = read()
first = time.perf_counter() - start
runs = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    read()
    runs.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"tasks": tasks, "first": first, "runs": runs, "peak_mb": peak / 1024}))
"""

MPXJ = """
import json, resource, sys, time
start = time.perf_counter()
import jpype, mpxj
jpype.startJVM("-Xmx3g")
from org.mpxj.reader import UniversalProjectReader
def read():
    return UniversalProjectReader().read(sys.argv[1]).getTasks().size()
tasks = read()
first = time.perf_counter() - start
runs = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    read()
    runs.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"tasks": tasks, "first": first, "runs": runs, "peak_mb": peak / 1024}))
"""

TASK_FIELDS = (
    "task_id proj_id wbs_id clndr_id phys_complete_pct rev_fdbk_flag est_wt lock_plan_flag"
    " auto_compute_act_flag complete_pct_type task_type duration_type status_code task_code task_name"
    " rsrc_id total_float_hr_cnt free_float_hr_cnt remain_drtn_hr_cnt act_work_qty remain_work_qty"
    " target_work_qty target_drtn_hr_cnt target_equip_qty act_equip_qty remain_equip_qty cstr_date"
    " act_start_date act_end_date late_start_date late_end_date expect_end_date early_start_date"
    " early_end_date restart_date reend_date target_start_date target_end_date rem_late_start_date"
    " rem_late_end_date cstr_type priority_type suspend_date resume_date float_path guid"
).split()
RESOURCE_FIELDS = (
    "taskrsrc_id task_id proj_id remain_qty target_qty act_reg_qty target_cost act_reg_cost"
    " act_ot_cost remain_cost"
).split()
WEEK = "(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|08:00|f|16:00)())))))))"


def xer() -> Iterator[str]:
    """An export of one project: half its activities done, a quarter under way."""
    yield "ERMHDR\t8.4\t2024-07-01\tProject\tadmin\tadmin\tdb\tProject Management\tUSD\n"
    yield "%T\tCURRTYPE\n%F\tcurr_id\tdecimal_symbol\tdigit_group_symbol\tcurr_short_name\n%R\t1\t.\t,\tUSD\n"
    yield "%T\tPROJECT\n%F\tproj_id\tclndr_id\tproj_short_name\tlast_recalc_date\n"
    yield "%R\t1\t1\tBIG\t2024-07-01 00:00\n"
    yield f"%T\tCALENDAR\n%F\tclndr_id\tclndr_name\tday_hr_cnt\tclndr_data\n%R\t1\tFull\t8\t{WEEK}\n"
    yield "%T\tPROJWBS\n%F\twbs_id\tproj_id\tparent_wbs_id\twbs_short_name\twbs_name\tproj_node_flag\n"
    yield "%R\t1\t1\t\tBIG\tA big project\tY\n"
    yield "\t".join(["%T\tTASK\n%F", *TASK_FIELDS]) + "\n"
    for number in range(XER_TASKS):
        start = FIRST_DAY + timedelta(days=number % 700)
        finish = start + timedelta(days=number % 9, hours=8)
        done, under_way = number % 4 < 2, number % 4 == 2
        said = {
            "task_id": number,
            "proj_id": 1,
            "wbs_id": 1,
            "clndr_id": 1,
            "phys_complete_pct": 100 if done else 0,
            "complete_pct_type": ("CP_Drtn", "CP_Phys", "CP_Units")[number % 3],
            "task_type": "TT_Task",
            "status_code": "TK_Complete" if done else "TK_Active" if under_way else "TK_NotStart",
            "task_code": f"A{number:06}",
            "task_name": f"Activity {number} of the works",
            "remain_drtn_hr_cnt": 0 if done else 40,
            "target_drtn_hr_cnt": 8 * (1 + number % 9),
            "act_work_qty": 60 if done else 0,
            "remain_work_qty": 0 if done else 50,
            "target_work_qty": 50,
            "act_start_date": f"{start:%Y-%m-%d %H:%M}" if done or under_way else "",
            "act_end_date": f"{finish:%Y-%m-%d %H:%M}" if done else "",
            "early_start_date": f"{start:%Y-%m-%d %H:%M}",
            "early_end_date": f"{finish:%Y-%m-%d %H:%M}",
            "target_start_date": f"{start:%Y-%m-%d %H:%M}",
            "target_end_date": f"{finish:%Y-%m-%d %H:%M}",
            "priority_type": "PT_Normal",
            "guid": f"ofc18xRJJUWf4Jia{number:06}",
        }
        yield "\t".join(["%R", *(str(said.get(field, "")) for field in TASK_FIELDS)]) + "\n"
    yield "\t".join(["%T\tTASKRSRC\n%F", *RESOURCE_FIELDS]) + "\n"
    for number in range(XER_TASKS):
        yield f"%R\t{number}\t{number}\t1\t10\t50\t60\t5000.0000\t6000.0000\t0.0000\t1000.0000\n"
    yield "%E\n"


def mspdi() -> Iterator[str]:
    """A plan of one project, a summary over every ten tasks."""
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield '<Project xmlns="http://schemas.microsoft.com/project"><Name>big.xml</Name>'
    yield "<Title>Big</Title><CurrencyCode>GBP</CurrencyCode><CalendarUID>-1</CalendarUID>"
    yield "<MinutesPerDay>480</MinutesPerDay><StatusDate>2024-07-01T17:00:00</StatusDate><Tasks>\n"
    for number in range(MSPDI_TASKS):
        start = FIRST_DAY + timedelta(days=number % 700)
        finish = start + timedelta(days=number % 9, hours=8)
        times = f"{start:%Y-%m-%dT%H:%M:%S}", f"{finish:%Y-%m-%dT%H:%M:%S}"
        done = number % 2 == 0
        actual = f"<ActualStart>{times[0]}</ActualStart><ActualFinish>{times[1]}</ActualFinish>"
        yield (
            f"<Task><UID>{number}</UID><ID>{number}</ID><Name>Task {number}</Name><Type>0</Type>"
            f"<IsNull>0</IsNull><CreateDate>{times[0]}</CreateDate><WBS>{number}</WBS>"
            f"<OutlineNumber>{number}</OutlineNumber><OutlineLevel>{1 + (number % 10 > 0)}</OutlineLevel>"
            f"<Priority>500</Priority><Start>{times[0]}</Start><Finish>{times[1]}</Finish>"
            f"<Duration>PT{8 * (1 + number % 9)}H0M0S</Duration><DurationFormat>7</DurationFormat>"
            "<Work>PT50H0M0S</Work><ResumeValid>0</ResumeValid><EffortDriven>0</EffortDriven>"
            "<Recurring>0</Recurring><OverAllocated>0</OverAllocated><Estimated>0</Estimated>"
            f"<Milestone>0</Milestone><Summary>{int(number % 10 == 0)}</Summary><Critical>1</Critical>"
            f"<EarlyStart>{times[0]}</EarlyStart><EarlyFinish>{times[1]}</EarlyFinish>"
            "<StartVariance>0</StartVariance><FinishVariance>0</FinishVariance>"
            "<FixedCost>0</FixedCost><FixedCostAccrual>3</FixedCostAccrual>"
            f"<PercentComplete>{100 * done}</PercentComplete><PercentWorkComplete>{100 * done}</PercentWorkComplete>"
            f"<Cost>500000</Cost>{actual if done else ''}<ActualDuration>PT0H0M0S</ActualDuration>"
            f"<ActualCost>{500000 * done}</ActualCost><ActualWork>PT{50 * done}H0M0S</ActualWork>"
            "<RegularWork>PT50H0M0S</RegularWork><RemainingDuration>PT0H0M0S</RemainingDuration>"
            "<RemainingCost>0</RemainingCost><RemainingWork>PT0H0M0S</RemainingWork><ACWP>0</ACWP>"
            "<CV>0</CV><ConstraintType>0</ConstraintType><CalendarUID>-1</CalendarUID>"
            "<LevelAssignments>1</LevelAssignments><LevelingCanSplit>1</LevelingCanSplit>"
            "<LevelingDelay>0</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>"
            "<IgnoreResourceCalendar>0</IgnoreResourceCalendar><HideBar>0</HideBar><Rollup>0</Rollup>"
            "<BCWS>0</BCWS><BCWP>0</BCWP><PhysicalPercentComplete>0</PhysicalPercentComplete>"
            "<EarnedValueMethod>0</EarnedValueMethod>"
            f"<Baseline><Number>0</Number><Start>{times[0]}</Start><Finish>{times[1]}</Finish>"
            f"<Duration>PT{8 * (1 + number % 9)}H0M0S</Duration><DurationFormat>7</DurationFormat>"
            "<Work>PT40H0M0S</Work><Cost>400000</Cost></Baseline></Task>\n"
        )
    yield "</Tasks></Project>\n"


def timed(python: str, program: str, path: Path, runs: int) -> dict[str, float]:
    """Peak memory, the first reading from a cold start, and the median and best of `runs` warm ones."""
    told = subprocess.run(
        [python, "-c", program, str(path), str(runs)], check=True, capture_output=True, text=True
    )
    found = json.loads(told.stdout.splitlines()[-1])
    return {
        "tasks": found["tasks"],
        "first_s": found["first"],
        "median_s": statistics.median(found["runs"]),
        "best_s": min(found["runs"]),
        "peak_mb": found["peak_mb"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mpxj", metavar="PYTHON", help="an interpreter that has mpxj and jpype1")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    readers = {"ours": (sys.executable, OURS)}
    if asked.mpxj:
        readers["mpxj"] = (asked.mpxj, MPXJ)
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (("big.xer", xer()), ("big.xml", mspdi())):
            path = Path(folder) / name
            with path.open("w", encoding="utf-8") as out:
                out.writelines(lines)
            print(f"{name}: {path.stat().st_size / 1e6:.1f} MB")
            for reader, (python, program) in readers.items():
                found = timed(python, program, path, asked.runs)
                print(f"  {reader}: " + ", ".join(f"{k} {v:.2f}" for k, v in found.items()))


if __name__ == "__main__":
    main()
