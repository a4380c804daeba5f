"""The guess: every column of a sheet gets the field that its header and its values claim best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from trackrecord.guessing.keys import Column, Keys, keys_of
from trackrecord.guessing.meaning import ONE_ASPECT, Claim, claims, set_aside
from trackrecord.guessing.naming import as_at_of, latest, register_of
from trackrecord.guessing.profile import profile
from trackrecord.guessing.signs import with_signs
from trackrecord.guessing.units import money_unit, share_scale, time_unit_of, title_unit
from trackrecord.layout import FIELDS, SHARED, ColumnMapping, Level, SheetMapping
from trackrecord.readers.source import Sheet
from trackrecord.values.currencies import Unit
from trackrecord.values.dates import Kind, read_date
from trackrecord.values.day_columns import DayColumn, day_columns
from trackrecord.values.number_columns import column_mark
from trackrecord.values.ratings import rating_of, scale_of
from trackrecord.vocabulary import header_of, language_of

_KEYS: Final = frozenset({"key", "item_id", "as_at"})
_ALL_ONE_DAY = 0.9
_KRONE: Final = {"no": "NOK", "sv": "SEK"}


def guess(sheet: Sheet) -> SheetMapping:
    """What every column of a sheet means, with how sure we are, why, and what was seen.

    Never raises: a column that says nothing is left without a field, and says so.
    """
    language = language_of(sheet.header)
    columns = [
        Column(header=header_of(text, language), profile=profile(sheet, position))
        for position, text in enumerate(sheet.header)
    ]
    keys = keys_of(columns)
    chosen = _assigned(columns, keys)
    dates = [c.name for c in columns if FIELDS.get(_field(chosen, c)) == "date"]
    settled = day_columns(sheet, dict.fromkeys(dates))
    title = title_unit(sheet.title)
    mappings = tuple(
        _column(column, chosen.get(column.name), sheet, settled, title, language)
        for column in columns
    )
    as_at = None if "as_at" in {c.field for c in mappings} else as_at_of(sheet)
    because = "; ".join(
        part for part in (keys.because, f"as at: {as_at[1]}" if as_at else "") if part
    )
    mapping = SheetMapping(
        file=sheet.file,
        register=register_of(sheet.file),
        level=keys.level,
        columns=mappings,
        as_at=as_at[0] if as_at else None,
        because=because,
    )
    return with_signs(sheet, mapping)


def as_field(sheet: Sheet, header: str, field: str) -> ColumnMapping:
    """How a column is read that a person says is `field`: units and scales from header and title."""
    language = language_of(sheet.header)
    position = sheet.header.index(header)
    column = Column(header=header_of(header, language), profile=profile(sheet, position))
    days = day_columns(sheet, {header: None}) if FIELDS[field] == "date" else {}
    claim = Claim(field, 1.0, "as the mapping says")
    return _column(column, claim, sheet, days, title_unit(sheet.title), language)


def _field(chosen: Mapping[str, Claim], column: Column) -> str:
    claim = chosen.get(column.name)
    return claim.field if claim else ""


@dataclass(frozen=True, slots=True)
class _Bid:
    confidence: float
    position: int
    claim: Claim


def _assigned(columns: list[Column], keys: Keys) -> dict[str, Claim]:
    """Each column's field: the best claims first, and no field twice but those that may be shared."""
    chosen = {name: Claim(*claim) for name, claim in keys.fields.items()}
    taken = {claim.field for claim in chosen.values()}
    bids = [
        _Bid(claim.confidence, position, claim)
        for position, column in enumerate(columns)
        if column.name not in chosen
        for claim in _in_context(column, columns, keys.level)
        if claim.field not in _KEYS
    ]
    for bid in sorted(bids, key=lambda bid: (-bid.confidence, bid.position)):
        name = columns[bid.position].name
        if name not in chosen and (bid.claim.field not in taken or bid.claim.field in SHARED):
            chosen[name] = bid.claim
            taken.add(bid.claim.field)
    chosen = _overall_ratings_only(chosen)
    return _two_silent_dates(columns, chosen)


def _in_context(column: Column, columns: list[Column], level: Level) -> Iterable[Claim]:
    """A column's claims, with what the other columns and the days in it add to them."""
    for claim in claims(column, level):
        unsure = claim.confidence <= 0.5
        if claim.field in ("finished", "planned_finish") and unsure:
            yield _finish_or_plan(column, columns, claim)
        elif claim.field in ("planned_finish", "planned_start", "planned_cost"):
            yield _plan_beside(column, columns, claim)
        elif claim.field == "cause" and not column.header.says("cause") and _rebaselines(columns):
            yield claim._replace(field="current_reason", because="why the plan was changed")
        elif claim.field == "cost_actual" and unsure and not _plans_cost(columns, column):
            yield claim._replace(field="planned_cost", because="the one cost that is stated")
        else:
            yield claim


def _plan_beside(column: Column, columns: list[Column], claim: Claim) -> Claim:
    """A plan beside a current one is the original; beside an original one, the current."""
    part = claim.field.removeprefix("planned_")
    what = ("cost", "budget") if part == "cost" else (part,)
    current = _has(columns, "current", *what, besides=column)
    original = _has(columns, "original", *what, besides=column)
    if current == original:
        return claim
    which = "original" if current else "current"
    beside = "a current one" if current else "an original one"
    return claim._replace(field=f"{which}_{part}", because=f"{claim.because}, beside {beside}")


def _has(columns: list[Column], which: str, *what: str, besides: Column) -> bool:
    """Whether another column's header says `which` of one of `what`, and no change or variance."""
    others = {"change", "variance", "forecast", "actual", "other", "period", "original", "current"}
    return any(
        c is not besides
        and c.header.says(which)
        and c.header.says(*what)
        and not c.header.says(*(others - {which}))
        for c in columns
    )


def _rebaselines(columns: list[Column]) -> bool:
    return any(c.header.says("rebaselined") for c in columns)


def _plans_cost(columns: list[Column], besides: Column) -> bool:
    return any(
        c is not besides
        and c.header.says("cost", "budget", "forecast")
        and c.header.says("planned", "original", "current", "budget", "approved", "forecast")
        and c.profile.is_number
        for c in columns
    )


def _finish_or_plan(column: Column, columns: list[Column], claim: Claim) -> Claim:
    """A bare "End date": days to come make it a plan; blanks where others are done, a finish."""
    planned = any(
        c is not column
        and c.header.says("finish", "due")
        and c.header.says("planned", "original", "current", "forecast", "due")
        for c in columns
    )
    if planned or column.profile.filled < _ALL_ONE_DAY * column.profile.rows:
        is_finish, because = True, "beside a plan" if planned else "blank where it is not finished"
    elif (known := _day_known(columns)) is not None:
        is_finish = max(_days(column), default=known) <= known
        because = f"{'no day' if is_finish else 'some days'} later than {known:%Y-%m-%d}"
    else:
        open_ones = any(c.header.says("state") and c.profile.is_state for c in columns)
        is_finish, because = not open_ones, "as the states say" if open_ones else "no plan is said"
    wanted = "finished" if is_finish else "planned_finish"
    if claim.field != wanted:
        return claim._replace(confidence=0.3)
    return claim._replace(confidence=0.7, because=f"a date of the finish, {because}")


def _day_known(columns: list[Column]) -> datetime | None:
    """The latest day that a column of this sheet says it speaks of."""
    return latest(
        day for c in columns if c.header.says("as_at") and c.profile.is_date for day in _days(c)
    )


def _days(column: Column) -> list[datetime]:
    reads = (read_date(cell) for cell in dict.fromkeys(column.profile.cells))
    return [read.when for read in reads if read.kind in (Kind.DAY, Kind.EITHER) and read.when]


def _overall_ratings_only(chosen: dict[str, Claim]) -> dict[str, Claim]:
    """Ratings of one aspect count only where no overall rating is stated, and then one alone."""
    ratings = [name for name, claim in chosen.items() if claim.field == "rag"]
    overall = [name for name in ratings if chosen[name].confidence > ONE_ASPECT]
    keep = set(overall or ratings[:1])
    return {name: c for name, c in chosen.items() if c.field != "rag" or name in keep}


def _two_silent_dates(columns: list[Column], chosen: dict[str, Claim]) -> dict[str, Claim]:
    """Exactly two dates whose headers say nothing, one never before the other: a start and a finish."""
    mapped = {claim.field for claim in chosen.values()}
    if mapped & {f for f, kind in FIELDS.items() if kind == "date" and f != "as_at"}:
        return chosen
    silent = [c for c in columns if c.profile.is_date and c.name not in chosen]
    if len(silent) != 2:
        return chosen
    first, second = silent
    pairs = [
        (a.when, b.when)
        for a, b in (
            (read_date(x), read_date(y))
            for x, y in zip(first.profile.cells[:2000], second.profile.cells[:2000], strict=True)
        )
        if a.when and b.when
    ]
    ahead = sum(a < b for a, b in pairs)
    behind = sum(a > b for a, b in pairs)
    if min(ahead, behind) > 0.05 * len(pairs) or max(ahead, behind) < 3:
        return chosen
    if behind > ahead:
        first, second = second, first
    because = "of two dates whose headers say nothing, this one is never the {}"
    return chosen | {
        first.name: Claim("started", 0.4, because.format("later")),
        second.name: Claim("finished", 0.4, because.format("earlier")),
    }


def _column(
    column: Column,
    claim: Claim | None,
    sheet: Sheet,
    settled: Mapping[str, DayColumn],
    title: Unit,
    language: str,
) -> ColumnMapping:
    """The mapping of one column, with units, marks and orders."""
    base = ColumnMapping(header=column.name, seen=column.profile.seen)
    if claim is None:
        return replace(base, because=_why_not(column), looks=_looks(column))
    base = replace(base, field=claim.field, confidence=claim.confidence, because=claim.because)
    kind = FIELDS[claim.field]
    if kind == "date":
        day = settled[column.name]
        why = day.because(sheet)
        return replace(
            base,
            date_order=day.order if why else None,
            because="; ".join(filter(None, (base.because, why))),
        )
    if kind == "money":
        return _money(base, column, title, language)
    if kind in ("hours", "days"):
        unit = time_unit_of(column) or ("hours" if kind == "hours" else "days")
        return replace(base, unit=unit, decimal=column_mark(column.profile.cells))
    if kind == "share":
        return replace(base, scale=share_scale(column), decimal=column_mark(column.profile.cells))
    if kind == "rating":
        ratings = {r for cell in set(column.profile.cells) if (r := rating_of(str(cell)))}
        return replace(base, rating_scale=scale_of(column.name, ratings))
    return base


def _money(base: ColumnMapping, column: Column, title: Unit, language: str) -> ColumnMapping:
    stated = money_unit(column.name, column.header.brackets)
    currency = stated.currency or title.currency
    if currency == "kr":
        currency = _KRONE.get(language, "kr")
    factor = stated.factor if stated.factor is not None else title.factor
    words = _in_units(currency, factor) if factor else ""
    return replace(
        base,
        currency=currency,
        scale=factor or 1.0,
        decimal=column_mark(column.profile.cells),
        because="; ".join(filter(None, (base.because, words))),
    )


def _in_units(currency: str | None, factor: float) -> str:
    """The unit of a column of money in words: "in millions of GBP"."""
    known = {1e3: "thousands", 1e6: "millions", 1e9: "billions"}
    many = known.get(factor, f"units of {factor:,.0f}")
    return f"in {many} of {currency}" if currency else f"in {many}"


def _looks(column: Column) -> Literal["date", "money"] | None:
    """What a column holds that was not understood; None where it is set aside for a reason."""
    header, values = column.header, column.profile
    if values.empty or set_aside(column):
        return None
    if values.is_date:
        return "date"
    stated = money_unit(header.text, header.brackets).currency is not None
    priced = values.money or stated or header.says("cost", "budget")
    return "money" if values.is_number and not values.percent and priced else None


def _why_not(column: Column) -> str:
    if why := set_aside(column):
        return why
    if column.profile.empty:
        return "no cell has a value, and the header says nothing we know"
    if column.profile.is_date:
        return "dates, and the header does not say of what"
    return "kept as words; another column says this better, or the header says nothing we know"
