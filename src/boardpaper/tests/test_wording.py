"""How figures and claims read in English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from boardpaper.claim import Claim, Name, Person
from boardpaper.tests.sample import FIRST_COST, FIRST_SLIP, LATE, LOSS, UNKNOWN, figure
from boardpaper.wording import (
    FigureRun,
    Text,
    cell,
    en,
    plain,
    position,
    says_who,
    says_who_in_a_list,
    sentence,
    state,
    word,
)
from trackrecord.errors import UnknownName
from trackrecord.measures import MEASURES


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("", "18%"),
        ("signed", "+18%"),
        ("abs", "18%"),
        ("plain", "18"),
        ("range", "11% to 23%"),
        ("n", "57"),
        ("known", "57 of 64"),
        ("of", "57 of 64"),
        ("missing", "7"),
        ("not stated", "7 not stated"),
    ],
)
def test_an_overrun_is_worded_in_every_style(style: str, words: str) -> None:
    assert word(FIRST_COST, style) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.18, "18%"),
        (0.185, "19%"),
        (-0.02, "−2%"),
        (0.004, "0.4%"),
        (0.9962, "99.6%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (12.4, "1,240%"),
    ],
)
def test_a_share_never_says_none_or_all_when_it_is_neither(value: float, words: str) -> None:
    assert word(figure("cost_overrun_median", value)) == words


def test_a_rounded_zero_has_no_sign() -> None:
    assert word(figure("schedule_slip_days_median", -0.04, unit="days"), "signed") == "0 days"


@pytest.mark.parametrize(
    ("amount", "sentence_words", "table_words"),
    [
        (950, "£950", "£950"),
        (31_000, "£31,000", "£31,000"),
        (999_700, "£1.0 million", "£1.0m"),
        (12_380_000, "£12.4 million", "£12.4m"),
        (-3_200_000_000, "−£3.2 billion", "−£3.2bn"),
        (412_000_000, "£412 million", "£412m"),
    ],
)
def test_money_is_worded_by_its_magnitude(
    amount: int, sentence_words: str, table_words: str
) -> None:
    sum_ = figure("cost_of_failure_net", amount, unit="GBP")

    assert (word(sum_), word(sum_, "short")) == (sentence_words, table_words)


def test_a_currency_without_a_sign_keeps_its_code() -> None:
    assert word(figure("eac", 420_000, unit="NOK")) == "NOK 420,000"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 project"), (2, "2 projects"), (1_204, "1,204 projects")]
)
def test_a_count_agrees_with_its_noun(count: int, words: str) -> None:
    assert word(figure("projects", count, unit="projects")) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(29.5, "30 days"), (5.5, "6 days"), (1.2, "1 day"), (0.4, "0.4 days"), (0, "0 days")],
)
def test_days_have_one_precision_so_that_those_side_by_side_can_be_compared(
    days: float, words: str
) -> None:
    assert word(figure("schedule_slip_days_median", days, unit="days")) == words


def test_sums_that_are_subtracted_are_worded_to_the_unit() -> None:
    assert word(figure("cost_of_failure_offset", 748_960.5, unit="GBP"), "full") == "£748,961"
    assert word(figure("cost_of_failure_net", -13_112_040, unit="EUR"), "full") == "−€13,112,040"


def test_every_measure_has_words_of_its_own() -> None:
    assert [name for name in MEASURES if name not in en.MEASURES] == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(61, "61 days late"), (-3, "3 days early"), (1, "1 day late"), (0, "on the day")],
)
def test_days_against_a_date_say_late_or_early(days: int, words: str) -> None:
    assert word(figure("schedule_slip_days_median", days, unit="days"), "late") == words


def test_a_rate_of_counted_projects_is_worded_as_a_count() -> None:
    assert word(LATE, "of") == "48 of 64"


def test_a_rate_that_was_estimated_is_never_worded_as_a_count() -> None:
    """An Aalen-Johansen rate times n is no number of projects."""
    assert word(figure("on_time_rate", 0.3721, n=60), "of") == "37%"


def test_an_undefined_figure_says_why_and_is_never_zero() -> None:
    assert word(UNKNOWN) == "not known: too few projects"
    assert word(UNKNOWN, "range") == "no range"
    assert word(UNKNOWN, "of") == "3 of 64"


def test_a_style_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="signed"):
        word(FIRST_COST, "loud")


def test_dates_names_and_people_are_worded_as_they_are_called() -> None:
    assert word(date(2026, 4, 30)) == "30 April 2026"
    assert word(Name("Phase 2")) == "Phase 2"
    assert word(Person("p-7", "former COO")) == "former COO"


def test_a_sentence_keeps_each_figure_beside_its_words() -> None:
    runs = sentence(Claim("Half ended {slip} late or later.", slip=FIRST_SLIP))

    assert runs == (Text("Half ended "), FigureRun("61 days", FIRST_SLIP), Text(" late or later."))


def test_a_sentence_that_begins_with_an_unknown_begins_with_a_capital() -> None:
    assert plain(Claim("{gap} is the benefit missed.", gap=UNKNOWN)).startswith("Not known:")


def test_a_judgement_of_degree_says_whose_it_is() -> None:
    """RULE-20: a comparative without a figure prints as "our judgement"."""
    assert state(Claim("A forecast would bring bad news sooner.")) == "our judgement"
    assert state(Claim("This part is empty on purpose.")) == ""
    assert state(Claim("It fell by more than {share}.", share=FIRST_COST)) == ""
    assert state(Claim("Costs fell.", state="unsupported")) == "no evidence yet"


def test_a_table_leaves_the_noun_to_its_column_and_money_short() -> None:
    assert [run.text for run in cell(figure("projects", 64, unit="projects"))] == ["64"]
    assert [run.text for run in cell(LOSS)] == ["£12.4m"]


def test_says_who_answers_with_what_stands_behind_the_figure() -> None:
    """X4: definition, n, missing by reason, range with its method, date, confirmed, edition."""
    facts = dict(says_who(FIRST_COST))

    assert facts["n"] == "57 of 64"
    assert facts["Missing"] == (
        "7: no final cost (4), no first approval (2), currency unclear (1). Not counted as zero."
    )
    assert facts["Range"] == "11% to 23%, 95% interval, from the ranks of the values"
    assert facts["As at"] == "30 April 2026"
    assert facts["Confirmed"] == "41 by their owners, 5 corrected by them, 11 waiting"
    assert facts["Edition"] == "7f3a 19c2"


def test_a_group_that_is_an_export_is_called_by_its_day_and_any_other_as_it_is() -> None:
    def group(by: str, group: str) -> str:
        return dict(says_who(replace(FIRST_COST, by=by, group=group)))["Group"]

    assert (
        group("export / rating", "2023-12-31 / Red") == "31 December 2023 / Red (export / rating)"
    )
    assert group("export", "first export") == "first export (export)"
    assert group("unit", "20240101") == "20240101 (unit)"


def test_a_list_of_figures_says_once_what_they_share() -> None:
    assert "Final cost divided" not in says_who_in_a_list(FIRST_COST)
    assert says_who_in_a_list(UNKNOWN).startswith("n 3 of 64; missing 61, not stated")


def test_a_figure_that_rests_on_no_rows_claims_no_n() -> None:
    """What somebody aims at is chosen, not counted: "n 0 of 0" would be no answer to "says who?"."""
    assert "n 0" not in says_who_in_a_list(replace(FIRST_COST, n=0, missing={}))


def test_a_position_on_an_axis_is_worded_by_its_scale() -> None:
    assert position(0.18, "share") == "+18%"
    assert position(-1, "days") == "−1 day"
    assert position(date(2026, 4, 1).toordinal(), "date") == "1 April 2026"
    assert position(2_500_000, "money", "EUR") == "€2.5m"
