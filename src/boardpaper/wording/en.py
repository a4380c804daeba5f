"""How figures, dates and states are worded in English.

A language is a module like this one: the same functions, other words.  Rounding is schoolbook
(half away from zero), so that a reader with a pencil gets what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from boardpaper.claim import State
from trackrecord.figure import Baseline, Confidentiality, Figure

MINUS: Final = "−"

_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()

_CURRENCY_SIGNS: Final = {
    "GBP": "£",
    "EUR": "€",
    "USD": "$",
    "CAD": "C$",
    "AUD": "A$",
    "NZD": "NZ$",
    "JPY": "¥",
    "INR": "₹",
    # A dollar or a crown of some country, as the source writes it; XXX is ISO's word for "none stated".
    "$": "$",
    "kr": "kr ",
    "XXX": "",
}

# Least amount, how far to scale down, the word in a sentence, the letters in a table.
_MAGNITUDES: Final = (
    (Decimal("1e9"), " billion", "bn"),
    (Decimal("1e6"), " million", "m"),
)

_SINGULAR: Final = {"people": "person", "analyses": "analysis", "categories": "category"}

_COUNTED: Final = frozenset({"share", "days", "hours", "ratio"})

# Why a figure has no value (methods.md 1.4), and why a value is missing from one.
REASONS: Final = {
    "missing": "not stated",
    "not_started": "not started",
    "nonpositive_baseline": "the baseline is zero or below",
    "nonpositive_duration": "the duration is zero or below",
    "unit_mismatch": "the units do not match",
    "price_base_mismatch": "the price bases do not match",
    "withheld": "withheld",
    "scale_changed": "the scale changed",
    "budget_exhausted": "the budget is used up",
    "too_few": "too few projects",
    "not_reached": "not reached yet",
    "not_applicable": "not applicable",
    "not_rated": "not rated",
    "currency_mismatch": "more than one currency",
}

MEASURES: Final = {
    "rows_taken": "rows of the files that were taken",
    "projects": "projects",
    "finished": "finished projects",
    "cancelled": "cancelled projects",
    "open": "open projects",
    "joined": "projects that joined the register",
    "stayed": "projects that stayed in the register",
    "left": "projects that left the register",
    "linked": "projects found in two or more exports",
    "items": "pieces of work",
    "cost_overrun_median": "cost overrun, median",
    "cost_overrun_p80": "cost overrun, four fifths of projects at or below",
    "cost_overrun_total": "cost overrun, all money together",
    "over_budget_rate": "share above the planned cost",
    "schedule_slip_days_median": "days of slip, median",
    "schedule_slip_days_p80": "days of slip, four fifths of projects at or below",
    "schedule_overrun_median": "overrun of the planned duration, median",
    "late_rate": "share that finished late",
    "on_time_rate": "share on time, open and cancelled projects counted",
    "forecast_slip_days_median": "days from first to latest forecast, median",
    "forecast_behind_rate": "share forecast later than first stated",
    "forecast_on_rate": "share forecast as first stated",
    "forecast_ahead_rate": "share forecast earlier than first stated",
    "forecast_cost_change_median": "change of forecast cost, median",
    "cost_baseline_sum": "planned cost, sum of what is reported",
    "rag_count": "projects with this rating",
    "masked_slip_days_median": "slip hidden by new baselines, median",
    "rebaselined_rate": "share whose plan was changed after it was first stated",
    "green_yet_moving_rate": "share reported green whose finish or plan was moving",
    "green_before_late_finish_rate": "share of late projects still reported green before their date",
    "cost_of_failure_gross": "money above plan or written off",
    "cost_of_failure_offset": "money given back by projects below plan",
    "cost_of_failure_net": "money above plan or written off, less what was given back",
    "benefit_shortfall_median": "benefit promised and not delivered, median",
    "duration_days_mean": "duration in days, mean",
    "duration_days_median": "duration in days, median",
    "hours_actual_total": "hours worked, sum",
    "estimate_over_rate": "share that took less than estimated",
    "estimate_exact_rate": "share that took what was estimated",
    "estimate_under_rate": "share that took longer than estimated",
    "estimate_ratio_geomean": "actual to estimate, geometric mean",
    "estimate_ratio_median": "actual to estimate, median",
    "estimate_ratio_total": "actual to estimate, all work together",
    "estimate_exponent": "how effort grows with size",
    "estimate_pred25": "share of estimates within a quarter of the outcome",
    "estimate_mmre": "mean error relative to the outcome",
    "estimate_bias": "bias of estimates",
    "estimate_spread": "spread of estimates, as a factor",
    "cpi": "cost performance index",
    "spi": "schedule performance index",
    "spi_t": "schedule performance index in time",
    "eac": "estimate at completion",
    "cause_share_exclusive": "share of the money over: only this cause",
    "cause_share_fractional": "share of the money over: split among causes",
    "cause_share_touched": "share of the money over: any project it touched",
    "cause_count_rate": "share of projects with this cause",
    "addressed_share": "share of the money lost that our activities are aimed at",
    "addressable_a_year": "loss that our activities are aimed at, a year",
    "office_cost_a_year": "cost of the office, a year",
    "break_even_share": "share of that loss to be prevented to break even",
    "target_baseline": "where a target starts from",
    "target_value": "target",
}

_RANGE_METHODS: Final = (
    ("on_time_rate", "from the survival curve"),
    ("_rate", "Wilson’s interval of a share"),
    ("_pred25", "Wilson’s interval of a share"),
    ("_median", "from the ranks of the values"),
    ("_p80", "from the ranks of the values"),
)

_BASELINES: Final[dict[Baseline, str]] = {
    "original": "the first baseline",
    "current": "the current baseline",
}

CLASSES: Final[dict[Confidentiality, str]] = {
    "OPEN": "Open to all",
    "MGMT": "For management",
    "PMO": "For the project office only",
    "RELATIONSHIP": "About people: not to be copied",
}

_STATES: Final[dict[State, str]] = {
    "supported": "",
    "partly": "",
    "unsupported": "no evidence yet",
    "judgement": "our judgement",
}

# Beside a figure that somebody remembers (RULE-20).
FROM_MEMORY = "from memory"

# What a claim of degree sounds like (RULE-20); such a sentence needs a figure or says who judges.
COMPARATIVES: Final = frozenset(
    "all best better bigger cheaper costlier dearer earlier easier faster fewer fewest "
    "greater higher highest larger largest least less longer lower lowest majority more most "
    "quicker safer shorter slower smaller sooner stronger weaker worse worst".split()
)


# Numbers -----------------------------------------------------------------------------------


def rounded(value: float, places: int) -> Decimal:
    """The value as printed, half away from zero."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: float, places: int = 0, *, signed: bool = False) -> str:
    """A number with thousands marks and a true minus; a rounded zero has no sign."""
    settled = rounded(value, places)
    sign = "" if settled == 0 else MINUS if settled < 0 else "+" if signed else ""
    return f"{sign}{abs(settled):,.{places}f}"


def share(value: float, *, signed: bool = False, places: int | None = None) -> str:
    """A fraction as per cent: 0.18 is "18%"."""
    hundredths = float(Decimal(repr(value)) * 100)
    return (
        number(hundredths, share_places(value) if places is None else places, signed=signed) + "%"
    )


def share_places(value: float) -> int:
    """One decimal where a whole per cent would say "none" or "all" and it is neither."""
    whole = rounded(float(Decimal(repr(value)) * 100), 0)
    misleading = (whole == 0 and value != 0) or (whole == 100 and value != 1)
    return 1 if misleading else 0


def money(value: float, currency: str, *, signed: bool = False, short: bool = False) -> str:
    """An amount by its magnitude: "£12.4 million", in tables "£12.4m"; below a million in full."""
    amount = abs(Decimal(repr(value)))
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    for least, word, letters in _MAGNITUDES:
        # An amount that rounds up to the next magnitude is worded in it: £1.0 billion, not £1,000.0m.
        if amount >= least * Decimal("0.9995"):
            scaled = amount / least
            places = 1 if scaled < 100 else 0
            settled = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
            return f"{sign}{_currency(currency)}{settled:,}{letters if short else word}"
    settled = amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{sign if settled else ''}{_currency(currency)}{settled:,}"


def money_in_full(value: float, currency: str) -> str:
    """An amount to the unit, "£12,380,000": for sums that a reader adds up or subtracts."""
    settled = rounded(value, 0)
    return f"{MINUS if settled < 0 else ''}{_currency(currency)}{abs(settled):,}"


def _currency(code: str) -> str:
    return _CURRENCY_SIGNS.get(code, f"{code} ")


def counted(value: float, unit: str) -> str:
    """A count with its noun: "1 project", "2 projects"."""
    return f"{number(value)} {noun(unit, value)}"


def noun(unit: str, value: float) -> str:
    """A unit in the number that goes with the value."""
    if abs(value) != 1:
        return unit
    return _SINGULAR.get(unit, unit.removesuffix("s"))


def _places(value: float) -> int:
    """Days and hours are whole, so that those a reader compares or subtracts are of one precision.

    One decimal where a whole one would say "none" and it is not.
    """
    return 1 if rounded(value, 0) == 0 and rounded(value, 1) != 0 else 0


# Figures -----------------------------------------------------------------------------------


def value(figure: Figure, amount: float, *, signed: bool = False, short: bool = False) -> str:
    """An amount in a figure's unit, with that unit."""
    unit = figure.unit
    if unit == "share":
        return share(amount, signed=signed)
    if unit == "ratio":
        return number(amount, 2, signed=signed)
    if unit in {"days", "hours"}:
        places = _places(amount)
        printed = float(rounded(amount, places))
        return f"{number(amount, places, signed=signed)} {noun(unit, printed)}"
    if is_currency(unit):
        return money(amount, unit, signed=signed, short=short)
    return f"{number(amount, signed=signed)} {noun(unit, amount)}"


def full(figure: Figure, amount: float) -> str:
    """An amount of money to the unit; any other amount as it is always worded."""
    if is_currency(figure.unit):
        return money_in_full(amount, figure.unit)
    return value(figure, amount)


def bare(figure: Figure, amount: float) -> str:
    """An amount in a figure's unit without naming it: 0.18 is "18", 61 days are "61"."""
    if figure.unit == "share":
        return share(amount).removesuffix("%")
    if figure.unit == "ratio":
        return number(amount, 2)
    if is_currency(figure.unit):
        return money(amount, figure.unit, short=True)
    return number(amount, _places(amount) if figure.unit in {"days", "hours"} else 0)


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency: its code, or the sign of one whose country nothing states."""
    return unit in _CURRENCY_SIGNS or (len(unit) == 3 and unit.isupper())


def is_count(unit: str) -> bool:
    """Whether a unit is a noun that is counted: projects, items, rows."""
    return unit not in _COUNTED and not is_currency(unit)


def span(figure: Figure) -> str:
    """The interval: "11% to 23%", "37 to 94 days", "£1.2m to £3.4m"."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return "no range"
    if figure.unit == "share":
        places = max(share_places(low), share_places(high)) if max(abs(low), abs(high)) < 0.1 else 0
        return f"{share(low, places=places)} to {share(high, places=places)}"
    if figure.unit in {"days", "hours"}:
        return f"{number(low, _places(low))} to {number(high, _places(high))} {figure.unit}"
    return f"{bare(figure, low)} to {bare(figure, high)}"


def late(figure: Figure, amount: float) -> str:
    """Days against a date: "61 days late", "3 days early", "on the day"."""
    if rounded(amount, _places(amount)) == 0:
        return "on the day"
    return f"{value(figure, abs(amount))} {'late' if amount > 0 else 'early'}"


def k_of_n(figure: Figure) -> str | None:
    """A share as a count of its n ("37 of 60"), where it is one; None where it is estimated."""
    if figure.value is None or not figure.measure.endswith(("_rate", "_pred25")):
        return None
    kept = float(figure.value) * figure.n
    if abs(kept - round(kept)) > 1e-6 * max(1, figure.n):
        return None
    return f"{round(kept):,} of {figure.n:,}"


def known(figure: Figure) -> str:
    """How many values it rests on, of how many there should be: "57 of 64"."""
    return f"{figure.n:,} of {figure.total:,}"


def not_stated(figure: Figure) -> str:
    """How many values are missing, in words: "7 not stated"."""
    return f"{figure.missing_total:,} not stated" if figure.missing_total else "none missing"


def undefined(reason: str | None) -> str:
    """Why there is no value: "not known: too few projects"."""
    return f"not known: {because(reason or 'missing')}"


def because(reason: str) -> str:
    """A reason as words; one that this language does not know is printed as it stands."""
    return REASONS.get(reason, reason.replace("_", " "))


def day(when: date) -> str:
    """A date: "30 April 2026"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A month on an axis: "Apr 2026"."""
    return f"{_MONTHS[when.month - 1][:3]} {when.year}"


def measure(name: str, baseline: Baseline | None = None) -> str:
    """A measure by its name in words, and which baseline it is against."""
    counted = name.removeprefix("report_").removeprefix("review_")
    words = MEASURES.get(name, counted.replace("_", " "))
    return f"{words}, against {_BASELINES[baseline]}" if baseline else words


def state(claim_state: State) -> str:
    """What is printed beside a claim that has no figures to stand on."""
    return _STATES[claim_state]


def short_hash(digest: str) -> str:
    """The first eight digits of a digest, in two groups."""
    return " ".join((digest[:4], digest[4:8])).strip()


# Says who? -----------------------------------------------------------------------------------


def facts(figure: Figure) -> Iterable[tuple[str, str]]:
    """What stands behind a figure, as pairs of label and words, in the order they are read."""
    yield "Definition", figure.definition
    yield "n", known(figure)
    if figure.missing_total:
        yield "Missing", f"{_missing(figure)}. Not counted as zero."
    if figure.low is not None and figure.high is not None:
        yield "Range", f"{span(figure)}{_level(figure)}"
    if figure.by and figure.group:
        yield "Group", f"{_group(figure)} ({figure.by.replace('_', ' ')})"
    if figure.as_at:
        yield "As at", day(figure.as_at)
    if figure.confirmed or figure.corrected:
        yield "Confirmed", _confirmed(figure)
    if figure.owner:
        yield "Owner", figure.owner
    yield "Measure", f"{MEASURES.get(figure.measure, figure.measure)}; version {figure.version}"
    if figure.basis:
        yield "Edition", short_hash(figure.basis) if _is_digest(figure.basis) else figure.basis


def facts_in_a_list(figure: Figure) -> Iterable[str]:
    """The same in one line, without what a list of figures says once at its head."""
    if figure.group:
        yield _group(figure)
    if figure.total:
        yield f"n {known(figure)}"
    if figure.missing_total:
        yield f"missing {_missing(figure)}"
    if figure.low is not None and figure.high is not None:
        yield f"range {span(figure)}{_level(figure)}"
    if figure.confirmed or figure.corrected:
        yield f"confirmed {_confirmed(figure)}"


def export_called(export: str) -> date | str:
    """An export by its day, as a reader knows days, or by its file where it has none."""
    try:
        return date.fromisoformat(export)
    except ValueError:
        return export


def _group(figure: Figure) -> str:
    """The group by its value; an export is called by its day, where it has one."""
    if not figure.group or not (figure.by or "").startswith("export"):
        return figure.group or ""
    export, *more = figure.group.split(" / ")
    called = export_called(export)
    return " / ".join((day(called) if isinstance(called, date) else called, *more))


def _missing(figure: Figure) -> str:
    """How many are missing and why, the commonest reason first."""
    reasons = sorted(
        ((count, because(reason)) for reason, count in figure.missing.items() if count),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if len(reasons) == 1:
        return f"{figure.missing_total:,}, {reasons[0][1]}"
    listed = ", ".join(f"{words} ({count:,})" for count, words in reasons)
    return f"{figure.missing_total:,}: {listed}"


def _level(figure: Figure) -> str:
    method = next((words for end, words in _RANGE_METHODS if figure.measure.endswith(end)), "")
    level = f", {share(figure.level)} interval" if figure.level is not None else ""
    return f"{level}, {method}" if method else level


def _confirmed(figure: Figure) -> str:
    waiting = figure.n - figure.confirmed - figure.corrected
    parts = [f"{figure.confirmed:,} by their owners"]
    if figure.corrected:
        parts.append(f"{figure.corrected:,} corrected by them")
    if waiting > 0:
        parts.append(f"{waiting:,} waiting")
    return ", ".join(parts)


def _is_digest(basis: str) -> bool:
    return len(basis) >= 8 and all(character in "0123456789abcdef" for character in basis)
