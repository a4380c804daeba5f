"""Claims: registered before the data are looked at, judged by the worker, kept in a log (RULE-11, S29-b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from backing.evidence.measuring import Said, fix_baseline, keep_reading
from backing.evidence.models import Measure, MeasureReading
from backing.evidence.tests.finished_register import make_evidence
from backing.people.models import Account
from backing.rhythm import claims, series, told
from backing.rhythm.claims import Claim, NotRegistered, register
from backing.rhythm.judging import judge
from backing.rhythm.models import Improvement, ImprovementTarget, LoggedVerdict, Look
from trackrecord.compare.registration import Registration, RegistrationError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)


def measure(owner: Account, **told: object) -> Measure:
    given = {
        "name": "Days to a decision",
        "unit": "days",
        "direction": Measure.Direction.LOWER,
        "definition": "Days from a request to its answer.",
        "source": "Minutes",
        "owner": owner.person,
        "decision_it_feeds": "Whether the board meets weekly.",
    }
    return Measure.objects.create(**(given | told))


def months(first: date, count: int) -> list[date]:
    return [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 15)
        for step in range(count)
    ]


def readings(of: Measure, by: Account, days: list[date], values: Sequence[float]) -> None:
    for day, value in zip(days, values, strict=True):
        said = Said(at=day, value=Decimal(str(value)))
        keep_reading(of, said, origin=MeasureReading.Origin.ENTERED, by=by, now=NOW)


def claim(of: Measure, **told: object) -> Claim:
    given = {
        "measure": of,
        "what_was_done": "The board meets weekly",
        "start": date(2025, 1, 1),
        "least_effect": Decimal(4),
        "rival_causes": ("Fewer requests",),
        "contribution": "Requests no longer wait a month for the next meeting.",
    }
    return Claim(**(given | told))  # type: ignore[arg-type]


BEFORE_THE_START = datetime(2024, 12, 28, tzinfo=UTC)
WIGGLE = [0, 3, -2, 4, -3, 1, -4, 2, 0, -1, 3, -3]


@pytest.fixture
def decided_faster(ana: Account) -> Measure:
    """Eighteen months about 40 days, then fifteen about 24; the baseline fixed in the December before."""
    of = measure(ana)
    days = months(date(2023, 7, 1), 33)
    values = [(40 if n < 18 else 24) + WIGGLE[n % 12] for n in range(33)]
    readings(of, ana, days, values)
    fix_baseline(
        of,
        first_day=date(2023, 7, 1),
        last_day=date(2024, 12, 20),
        because="All there was.",
        by=ana,
        now=BEFORE_THE_START,
    )
    return of


def test_readings_with_nobody_to_compare_with_come_to_consistent_with_improvement_at_best(
    ana: Account, decided_faster: Measure
) -> None:
    made = register(claim(decided_faster), by=ana, now=NOW)
    found = judge(made, now=NOW)

    assert found is not None
    assert (found.word, found.attributed) == ("Consistent with improvement", False)
    assert found.content["value"] == pytest.approx(-16, abs=1.5)
    assert any("no_comparison_group" in each for each in found.content["reasons"])
    assert found.content["low"] < found.content["value"] < found.content["high"] < 0


def test_how_often_chance_does_as_much_stands_in_the_appendix_of_readings_alone() -> None:
    """methods.md 5.3, 5.8: of 999 series that lean on themselves none shifts by 16 days of a spread of 3."""
    days = months(date(2023, 1, 1), 39)
    values = [(40.0 if n < 24 else 24.0) + WIGGLE[n % 12] for n in range(39)]
    found = series.verdict(
        series.Series(
            readings=list(zip(days, values, strict=True)),
            start=date(2025, 1, 1),
            higher_is_good=False,
            least=4.0,
            baseline=True,
        ),
        measure="Days to a decision",
        unit="days",
    )

    assert found["appendix"]["p_interrupted_series"] == pytest.approx(1 / 1000)
    assert found["appendix"]["p_placebo_dates"] == 0  # of thirteen earlier dates
    said = [*found["reasons"], *(each["note"] for each in found["guards"])]
    assert not [each for each in said if "0.001" in each]


def test_a_test_that_has_nothing_to_test_is_listed_as_not_run(ana: Account) -> None:
    """methods.md 5.3: never silent."""
    of = measure(ana)
    days = months(date(2023, 1, 1), 30)
    readings(of, ana, days, [40.0 + WIGGLE[n % 12] for n in range(30)])
    fix_baseline(
        of, first_day=days[0], last_day=days[23], because="All.", by=ana, now=BEFORE_THE_START
    )
    found = judge(register(claim(of), by=ana, now=NOW), now=NOW)

    assert found is not None
    assert found.word == "No evidence yet"
    asked = {each["name"]: each["result"] for each in found.content["guards"]}
    assert set(asked) >= {"interrupted_series", "placebo_dates", "seasons"}
    assert set(asked.values()) == {"not run"}
    assert not [name for name in found.content["appendix"] if name.startswith("p_")]


def test_seasons_are_taken_out_as_a_second_opinion_that_decides_nothing(
    ana: Account, decided_faster: Measure
) -> None:
    """methods.md 8, I2 in use: three years of months are needed, and thirty-three are not."""
    made = register(claim(decided_faster), by=ana, now=NOW)
    short = judge(made, now=NOW)
    readings(decided_faster, ana, months(date(2026, 4, 1), 4), [24.0, 25.0, 23.0, 24.0])
    long = judge(made, now=NOW)

    assert short is not None
    assert long is not None
    (early, late) = (
        next(each for each in found.content["guards"] if each["name"] == "seasons")
        for found in (short, long)
    )
    assert early["result"] == "not run"
    assert late["result"] == "passed"
    assert "With the seasons taken out" in late["note"]
    assert long.word == short.word == "Consistent with improvement"


def test_the_same_turned_round_is_worse_and_held_to_no_less(ana: Account) -> None:
    of = measure(ana, direction=Measure.Direction.HIGHER)
    days = months(date(2023, 7, 1), 33)
    readings(of, ana, days, [(40 if n < 18 else 24) + WIGGLE[n % 12] for n in range(33)])
    fix_baseline(
        of,
        first_day=days[0],
        last_day=days[17],
        because="All.",
        by=ana,
        now=BEFORE_THE_START,
    )
    found = judge(register(claim(of), by=ana, now=NOW), now=NOW)

    assert found is not None
    assert found.word == "Worse"


def test_rule_11_without_a_baseline_nothing_can_be_called_better(ana: Account) -> None:
    of = measure(ana)
    readings(of, ana, months(date(2023, 7, 1), 33), [40.0 + WIGGLE[n % 12] for n in range(33)])
    found = judge(register(claim(of), by=ana, now=NOW), now=NOW)

    assert found is not None
    assert found.word == "Cannot tell"
    assert found.content["reasons"][0].startswith("no_baseline")


def test_rule_11_a_baseline_fixed_after_the_start_supports_no_claim(
    ana: Account, decided_faster: Measure
) -> None:
    early = claim(decided_faster, start=date(2024, 12, 27))
    found = judge(register(early, by=ana, now=NOW), now=NOW)

    assert found is not None
    assert found.word == "No evidence yet"
    assert any(each.startswith("baseline_late") for each in found.content["reasons"])


def test_too_little_yet_says_when_there_could_be_enough(ana: Account) -> None:
    of = measure(ana)
    days = months(date(2023, 1, 1), 30)
    readings(of, ana, days, [40.0 + WIGGLE[n % 12] for n in range(30)])
    fix_baseline(
        of,
        first_day=days[0],
        last_day=days[23],
        because="All.",
        by=ana,
        now=BEFORE_THE_START,
    )
    found = judge(register(claim(of), by=ana, now=NOW), now=NOW)

    assert found is not None
    assert found.word == "No evidence yet"
    assert found.claimable_on is not None
    assert found.claimable_on > days[-1] + timedelta(days=150)


def test_looking_again_at_the_same_data_logs_nothing_new(
    ana: Account, decided_faster: Measure
) -> None:
    made = register(claim(decided_faster), by=ana, now=NOW)
    assert judge(made, now=NOW) is not None
    assert judge(made, now=NOW + timedelta(days=1)) is None
    readings(decided_faster, ana, [date(2026, 4, 15)], [25])
    assert judge(made, now=NOW + timedelta(days=2)) is not None
    assert made.verdicts.count() == 2


def test_projects_of_the_record_are_judged_as_the_command_judges_them(
    ana: Account, tmp_path: Path
) -> None:
    make_evidence(tmp_path)
    of = measure(ana, unit="share", figure="cost_overrun_median", plan="original")
    told = claim(
        of,
        start=None,
        starts_by={"Retail": date(2025, 1, 25)},
        least_effect=Decimal("0.1"),
        selection="not past results",
    )
    made = register(told, by=ana, now=NOW)
    found = judge(made, now=NOW)

    assert found is not None
    assert found.word in {"Cannot tell", "No evidence yet"}
    assert made.hash == claims.as_registered(made.registration).hash
    assert found.content["registration"] in (made.hash, None)
    assert found.word == found.content["verdict"]


def test_the_hash_is_the_one_that_backing_verdict_prints(ana: Account) -> None:
    of = measure(ana, unit="share", figure="cost_overrun_median")
    made = register(claim(of, least_effect=Decimal("0.1")), by=ana, now=NOW)
    same = Registration(
        measure="cost_overrun",
        direction="lower",
        since=date(2025, 1, 1),
        least_effect=0.1,
        registered_on=date(2026, 5, 11),
    )

    assert made.hash == same.hash


def test_what_was_registered_cannot_be_changed_but_given_up(
    ana: Account, decided_faster: Measure
) -> None:
    made = register(claim(decided_faster), by=ana, now=NOW)
    made.least_effect = Decimal(1)
    with pytest.raises(TypeError, match="stands"):
        made.save()
    made.refresh_from_db()
    claims.give_up(made, because="The board went back to monthly.", on=date(2026, 5, 11))
    made.refresh_from_db()
    assert made.given_up_on == date(2026, 5, 11)


def test_an_improvement_names_a_rival_cause_or_whom_was_asked(
    ana: Account, decided_faster: Measure
) -> None:
    with pytest.raises(NotRegistered, match="what else may have moved"):
        register(claim(decided_faster, rival_causes=()), by=ana, now=NOW)
    made = register(claim(decided_faster, rival_causes=(), asked="The board"), by=ana, now=NOW)
    made.asked = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


@pytest.mark.parametrize(
    "told",
    [{"start": None}, {"starts_by": {"Retail": date(2025, 1, 1)}}],
    ids=["no start", "two kinds of start"],
)
def test_a_claim_has_one_start(
    ana: Account, decided_faster: Measure, told: dict[str, object]
) -> None:
    with pytest.raises(NotRegistered, match="one start"):
        register(claim(decided_faster, **told), by=ana, now=NOW)


def test_what_cannot_be_compared_is_refused_when_it_is_registered(ana: Account) -> None:
    of = measure(ana, unit="share", figure="cost_overrun_median")
    with pytest.raises(RegistrationError, match="least_effect"):
        register(claim(of, least_effect=Decimal(4)), by=ana, now=NOW)
    ranged = measure(
        ana, name="In between", direction="range", range_low=Decimal(1), range_high=Decimal(2)
    )
    with pytest.raises(NotRegistered, match="watched, not compared"):
        register(claim(ranged), by=ana, now=NOW)


def test_a_withdrawn_verdict_stays_in_the_log_and_the_one_before_is_said_again(
    ana: Account, decided_faster: Measure
) -> None:
    made = register(claim(decided_faster), by=ana, now=NOW)
    first = judge(made, now=NOW)
    readings(decided_faster, ana, [date(2026, 4, 15)], [25])
    second = judge(made, now=NOW + timedelta(days=1))
    assert first is not None
    assert second is not None

    claims.withdraw(second, because="April was typed wrong.", by=ana, now=NOW)
    assert claims.latest(made) == first
    assert LoggedVerdict.objects.count() == 2
    with pytest.raises(TypeError, match="log"):
        second.delete()
    second.word = "Improved"
    second.save()
    second.refresh_from_db()
    assert second.word == "Consistent with improvement"


def test_asked_twice_the_worker_looks_once(ana: Account, decided_faster: Measure) -> None:
    made = register(claim(decided_faster), by=ana, now=NOW)
    claims.look_at_all(now=NOW)
    assert Look.objects.filter(improvement=made).count() == 1


def test_s22_no_target_without_a_baseline_before_its_start_or_the_label(
    ana: Account, decided_faster: Measure
) -> None:
    given = {
        "measure": decided_faster,
        "target": 20,
        "due": date(2026, 12, 31),
        "owner": ana.person,
        "set_on": date(2026, 5, 11),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ImprovementTarget.objects.create(**given, start=date(2025, 1, 1))
    late = ImprovementTarget(**given, start=date(2024, 12, 1), baseline=decided_faster.baseline)
    with pytest.raises(Exception, match="was fixed on 28 December 2024"):
        late.full_clean()
    labelled = ImprovementTarget(**given, start=date(2024, 12, 1), no_baseline_yet=True)
    labelled.full_clean()
    labelled.save()


def test_registers_that_end_before_the_start_are_named_instead_of_more_projects() -> None:
    """RULE-11: what would change it is what the reader can do, not what the rule lacks."""
    improvement = Improvement(start=date(2026, 1, 30), least_effect=Decimal("0.1"))
    content = {"reasons": ["too_few: 29 projects before and 0 after"], "value": None}
    verdict = LoggedVerdict(word="Cannot tell", as_at=date(2025, 12, 31), content=content)

    assert list(told._would_change(improvement, verdict)) == [
        "Newer registers: those taken in end on 31 December 2025, before anything began."
    ]

    verdict.as_at = date(2026, 3, 31)
    assert list(told._would_change(improvement, verdict)) == [
        "More of them: each side that is compared needs five."
    ]
