"""The cells of a project's row that somebody may put right: how each reads, and what may be typed.

What is typed is read by the same code that reads the cells of a register, so a sum is understood here as
it would be there; what cannot be read gets one sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backing.documents.papers.plans import Named, Plans
from backing.evidence.cell_kinds import FIELDS, Field, Form
from boardpaper.wording import en
from trackrecord.decisions import Correction, Value
from trackrecord.keys import Key
from trackrecord.values.currencies import minor_units, same_currency, unit_of
from trackrecord.values.dates import Kind, read_date
from trackrecord.values.gaps import gap
from trackrecord.values.numbers import Number, read_numbers

STATES: Final = {"open": "still running", "finished": "finished", "cancelled": "cancelled"}
LONGEST: Final = 120  # letters of a unit
_ISO_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MOST: Final = 10**13  # major units; more is a slip of the pen, and too much for a cell


class CannotRead(Exception):
    """What was typed means nothing here; the text says what to do."""


_CALLED: Final[dict[str, dict[Named, str]]] = {
    "original_cost": {
        "approved": "Cost as first approved",
        "first": "First budget",
        "stated": "Budget",
    },
    "original_finish": {
        "approved": "Finish as first approved",
        "first": "First planned finish",
        "stated": "Planned finish",
    },
}


def called(field: Field, plans: Plans) -> str:
    """What a cell is called where the registers call their plans so: approved only if they say it."""
    how = {"original_cost": plans.cost, "original_finish": plans.finish}.get(field.fact, "unknown")
    return _CALLED.get(field.fact, {}).get(how, field.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a project: what the source says, and what holds with the corrections that stand.

    label: what it is called.  source, holds: in the Record's own units; None is a blank.
    """

    field: Field
    label: str
    source: Value
    holds: Value
    currency: str

    @property
    def is_corrected(self) -> bool:
        return self.source != self.holds

    @property
    def in_words(self) -> str:
        return in_words(self.holds, self.field.form, self.currency)

    @property
    def source_in_words(self) -> str:
        return in_words(self.source, self.field.form, self.currency)

    @property
    def to_type(self) -> str:
        """The value as it stands in the field that is typed over."""
        if self.field.form == "money" and isinstance(self.holds, int):
            return _amount(self.holds, self.currency)
        return self.holds.isoformat() if isinstance(self.holds, date) else str(self.holds or "")


def cells_of(
    facts: Mapping[str, Any],
    currency: str,
    corrections: Iterable[Correction],
    plans: Plans,
) -> tuple[Cell, ...]:
    """The cells of one project, in the order of FIELDS.

    facts: as mirrored, which may hold a correction already or not yet.  corrections: those that stand.
    plans: how the registers call them.
    """
    corrections = tuple(corrections)
    found = []
    for field in FIELDS:
        now = value_of(facts.get(field.fact), field, currency)
        mine = [(each.was, each.is_) for each in corrections if is_of(each, field)]
        source, holds = next((pair for pair in reversed(mine) if now in pair), (now, now))
        found.append(
            Cell(
                field=field,
                label=called(field, plans),
                source=source,
                holds=holds,
                currency=currency,
            )
        )
    return tuple(found)


def value_of(fact: Any, field: Field, currency: str) -> Value:
    """A mirrored fact in the Record's own units."""
    if fact is None or fact == "":
        return None
    if field.form == "money":
        return round(float(fact) * minor_units(currency or None))
    return date.fromisoformat(str(fact)[:10]) if field.form == "day" else str(fact)


def correction(cell: Cell, value: Value, *, project: Key, by: str, on: date) -> Correction:
    """What makes a cell of a project hold this value."""
    return Correction(
        project=project,
        table=cell.field.table,
        column=cell.field.column,
        was=cell.source,
        is_=value,
        by=by,
        on=on,
    )


def read(text: str, field: Field, currency: str, *, worth: float = 1.0) -> Value:
    """What was typed, in the Record's own units; None for a blank.  Raises CannotRead.

    worth: what a plain number counts for, as in a column of thousands.
    """
    text = " ".join(text.split())
    if gap(text):
        return None
    match field.form:
        case "money":
            return _money(text, currency, worth)
        case "day":
            return _day(text)
        case "state":
            return _state(text)
        case _:
            return _words(text)


def in_words(value: Value, form: Form, currency: str) -> str:
    """A value as a reader takes it in; a blank says so."""
    if value is None:
        return "not stated"
    if form == "money" and isinstance(value, int):
        return f"{currency} {_amount(value, currency)}".strip()
    if isinstance(value, date):
        return en.day(value)
    return STATES.get(str(value), str(value)) if form == "state" else str(value)


def days_in_words(text: str) -> str:
    """What date cells say, with days as people write them; all else as it stands."""
    return _ISO_DAY.sub(_day_in_words, text)


def _day_in_words(iso: re.Match[str]) -> str:
    try:
        return en.day(date.fromisoformat(iso.group()))
    except ValueError:
        return iso.group()


def is_of(correction: Correction, field: Field) -> bool:
    """Whether a correction is one of such a cell."""
    return (correction.table, correction.column) == (field.table, field.column)


def _amount(minor: int, currency: str) -> str:
    per_unit = minor_units(currency or None)
    places = 0 if minor % per_unit == 0 else len(str(per_unit)) - 1
    return f"{minor / per_unit:,.{places}f}"


def _money(text: str, currency: str, worth: float) -> int:
    numbers, _, _ = read_numbers([text], None, thousands=True)
    number = numbers[text]
    unit = unit_of(number.unit) if isinstance(number, Number) else None
    if not isinstance(number, Number) or unit is None or unit.percent or number.middle:
        raise CannotRead("This is not an amount. Write one number, for example 1,250,000.")
    if unit.currency and not same_currency(unit.currency, currency or None):
        raise CannotRead(f"The register counts in {currency}. Write the amount in {currency}.")
    amount = number.value * (unit.factor or worth)
    if amount < 0:
        raise CannotRead("A cost is not below zero. Write it without the minus.")
    if amount > _MOST:
        raise CannotRead("This is more than a project can cost. Look at the number of noughts.")
    return round(amount * minor_units(currency or None))


def _day(text: str) -> date:
    found = read_date(text)
    if found.kind is Kind.EITHER and found.when and found.other:
        raise CannotRead(
            f"This is {en.day(found.when)} or {en.day(found.other)}. "
            f"Write the month as a word, for example {en.day(found.when)}."
        )
    if found.kind is not Kind.DAY or found.when is None:
        raise CannotRead("This is not a day. Write day, month and year, for example 31 March 2024.")
    return found.when.date()


def _state(text: str) -> str:
    if text not in STATES:
        raise CannotRead("Choose one of the states in the list.")
    return text


def _words(text: str) -> str:
    if len(text) > LONGEST or any(unicodedata.category(letter) == "Cc" for letter in text):
        raise CannotRead(f"Write a name of at most {LONGEST} letters on one line.")
    return text
