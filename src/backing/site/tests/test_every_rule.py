"""Every rule of the office has a test in which it speaks and one in which it keeps quiet (RULE-01 to 32)."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

SOURCE: Final = Path(__file__).resolve().parents[3]
RULE: Final = re.compile(r"RULE-(\d\d)")
LEADERS, MANDATE = "backing/leaders/tests/test_advice.py", "backing/mandate/tests/test_advice.py"
BENEFITS, SCOPE = "backing/benefits/tests/test_advice.py", "backing/scope/tests/test_advice.py"
MATRIX, HANDING = (
    "backing/benefits/tests/test_matrix_advice.py",
    "backing/scope/tests/test_handing_over.py",
)
OVERLAPS, PUSHBACK = (
    "backing/scope/tests/test_overlapping.py",
    "backing/pushback/tests/test_rules.py",
)
SPONSOR, TELLING = (
    "backing/sponsor/tests/test_sponsor.py",
    "backing/sponsor/tests/test_telling.py",
)
BETTER, TICKING = (
    "backing/rhythm/tests/test_improvement_advice.py",
    "backing/rhythm/tests/test_ticking_along.py",
)
CARE, WORTH = "backing/people/tests/test_care.py", "backing/worth/tests/test_advice.py"
GATE = "boardpaper/tests/test_gate.py"


@dataclass(frozen=True, slots=True)
class Shown:
    """The file and the names of the tests in which a rule speaks, and in which it keeps quiet.

    One name may stand in both: a test with a case on either side of the threshold.
    """

    file: str
    speaks: str
    quiet: str


SHOWN: Final = {
    "01": Shown(LEADERS, "rule_01_says_why", "rule_01_is_quiet_about_who_was_met_lately_unless_"),
    "02": Shown(LEADERS, "rule_02_after_half_a_rhythm_", "rule_02_after_half_a_rhythm_"),
    "03": Shown(LEADERS, "rule_03_evidence_grows_old", "rule_03_evidence_grows_old"),
    "04": Shown(LEADERS, "rule_04_is_of_what_changed_", "rule_04_is_of_what_changed_"),
    "05": Shown(MANDATE, "rule_05_from_two_weeks_before", "rule_05_from_two_weeks_before"),
    "06": Shown(BENEFITS, "rule_06_and_07_wait_two_weeks", "rule_06_is_quiet"),
    "07": Shown(BENEFITS, "rule_07_work_that_leads_nowhere_", "rule_07_is_quiet"),
    "08": Shown(BENEFITS, "rule_08_three_tests_of_four_", "rule_08_is_quiet_once_"),
    "09": Shown(OVERLAPS, "rule_09_half_of_the_words_", "a_parallel_run_that_ends_"),
    "10": Shown(HANDING, "giving_that_ends_on_30_june_", "a_hand_over_without_a_gap_"),
    "11": Shown(BETTER, "rule_11_no_baseline_", "rule_11_is_quiet_where_"),
    "12": Shown(PUSHBACK, "rule_12_late_after_five_", "rule_12_late_after_five_"),
    "13": Shown(PUSHBACK, "rule_13_three_who_say_", "rule_13_forgets_after_sixty_days_"),
    "14": Shown(SPONSOR, "rule_14_two_overrides_", "rule_14_two_overrides_"),
    "15": Shown(WORTH, "rule_15_a_valuation_that_waits_", "rule_15_a_cost_that_is_not_full_"),
    "16": Shown(LEADERS, "rule_16_the_purse_strings", "rule_16_the_purse_strings"),
    "17": Shown(SCOPE, "rule_17_tells_what_a_leader_", "rule_17_is_quiet_of_leaders_"),
    "18": Shown(BENEFITS, "rule_18_a_leader_in_focus_", "rule_18_a_leader_in_focus_"),
    "19": Shown(SPONSOR, "rule_19_a_unit_of_the_charter_", "rule_19_a_unit_of_the_charter_"),
    "20": Shown(GATE, "an_unsupported_claim_stops_", "a_claim_with_its_figure_passes"),
    "21": Shown(BETTER, "rule_21_a_reading_older_", "rule_21_a_reading_older_"),
    "22": Shown(TELLING, "rule_22_after_thirty_days_", "rule_22_after_thirty_days_"),
    "23": Shown(MANDATE, "rule_23_counts_who_has_", "rule_23_counts_who_has_"),
    "24": Shown(TICKING, "rule_24_the_reason_was_shown_", "rule_24_the_reason_was_shown_"),
    "25": Shown(CARE, "rule_25_asks_for_the_notice_", "rule_25_asks_for_the_notice_"),
    "26": Shown(BENEFITS, "rule_26_wants_something_soon_", "rule_26_wants_something_soon_"),
    "27": Shown(MATRIX, "rule_27_from_fifteen_per_cent_", "rule_27_from_fifteen_per_cent_"),
    "28": Shown(SCOPE, "rule_28_counts_what_one_", "rule_28_counts_what_one_"),
    "29": Shown(LEADERS, "rule_29_a_promise_past_its_day_", "rule_29_is_quiet_on_the_day_"),
    "30": Shown(BETTER, "rule_30_three_reports_in_a_row_", "rule_30_is_quiet_about_a_report_"),
    "31": Shown(SCOPE, "rule_31_waits_a_fortnight_", "rule_31_is_quiet_of_whoever_answered_"),
    "32": Shown(MANDATE, "rule_32_who_can_stop_it_", "rule_32_is_quiet_while_"),
}


def test_every_rule_that_the_code_names_has_its_place_here() -> None:
    named = {
        number
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for number in RULE.findall(path.read_text("utf-8"))
    }

    assert named == set(SHOWN), (
        "a rule needs a test in which it speaks and one in which it is quiet"
    )


@pytest.mark.parametrize("number", SHOWN)
def test_each_rule_speaks_in_one_test_and_is_quiet_in_one(number: str) -> None:
    shown = SHOWN[number]
    speaks, quiet = (the_one(each, shown.file) for each in (shown.speaks, shown.quiet))
    text = (SOURCE / shown.file).read_text("utf-8")

    assert f"RULE-{number}" in text or f"rule_{number}" in text
    assert speaks is not quiet or has_both(speaks), "it must hold a case on either side"


def the_one(beginning: str, file: str) -> ast.FunctionDef:
    """The test of a file whose name begins so; a rule cannot be shown by one that is gone."""
    found = [each for each in functions(file) if each.name.startswith(f"test_{beginning}")]
    assert len(found) == 1, f"{len(found)} tests of {file} begin with {beginning}"
    return found[0]


@cache
def functions(file: str) -> tuple[ast.FunctionDef, ...]:
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    return tuple(each for each in tree.body if isinstance(each, ast.FunctionDef))


def has_both(test: ast.FunctionDef) -> bool:
    """Whether cases of both kinds are among its parameters, or nothing at all is among what it expects."""
    kinds = {
        bool(each.value)
        for decorator in test.decorator_list
        for each in ast.walk(decorator)
        if isinstance(each, ast.Constant) and isinstance(each.value, bool | str)
    }
    expects_none = any(isinstance(each, ast.List) and not each.elts for each in ast.walk(test))
    return kinds == {True, False} or expects_none
