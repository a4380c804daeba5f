"""A field as a column: its heading, the text of its cell, and what a cell means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Final

from django.db import models
from django.utils import timezone

from backing.people.models import Account
from backing.people.workbook.cells import TOO_LONG, text_of
from backing.people.workbook.declared import Sheet
from backing.people.workbook.names import Names
from trackrecord.values.currencies import minor_units

MINOR: Final = "_minor"
CURRENCY: Final = "currency"
_YES, _NO = {"yes", "true", "y", "1"}, {"no", "false", "n", "0"}


class Wrong(Exception):
    """A cell that means nothing here; the text says what to write instead."""


class Kind(Enum):
    """How a cell is kept in the file."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One field.  A subclass says what its values are."""

    field: Any
    heading: str

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def kind(self) -> Kind:
        return Kind.TEXT

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen from a list in the cell; empty where anything may be written."""
        return ()

    def text(self, row: Any, names: Names) -> str:
        del names
        return self.said(getattr(row, self.name))

    def said(self, value: Any) -> str:
        """The text of a value."""
        return text_of(value)

    def settled(self, cell: str) -> str:
        """A cell as the office would have written it, where it is known what it means."""
        return cell

    def put(self, row: Any, cell: str, names: Names) -> None:
        """Set what the cell says.  Raises Wrong, names.NotFound, names.Gone."""
        del names
        if cell == TOO_LONG:
            raise Wrong("What it said is longer than a cell holds. Type it on its page.")
        setattr(row, self.name, self.meant(cell))

    def meant(self, cell: str) -> Any:
        if not cell and self.field.null:
            return None
        return cell


@dataclass(frozen=True, slots=True)
class Plain(Column):
    """A value that may be written in several ways."""

    def settled(self, cell: str) -> str:
        try:
            return self.said(self.meant(cell)) if cell else ""
        except Wrong:
            return cell


@dataclass(frozen=True, slots=True)
class Chosen(Plain):
    """One of a list."""

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(str(said) for value, said in self.field.flatchoices if value not in ("", None))

    def said(self, value: Any) -> str:
        if value in ("", None):
            return ""
        return text_of(str(dict(self.field.flatchoices).get(value, value)))

    def meant(self, cell: str) -> Any:
        if not cell:
            return None if self.field.null else ""
        for value, said in self.field.flatchoices:
            if cell.casefold() in (str(said).casefold(), str(value).casefold()):
                return value
        raise Wrong(f"“{cell}” is none of the list. Write one of: {'; '.join(self.choices)}.")


@dataclass(frozen=True, slots=True)
class Truth(Plain):
    @property
    def choices(self) -> tuple[str, ...]:
        return ("yes", "no")

    def meant(self, cell: str) -> bool:
        if cell.casefold() in _YES:
            return True
        if not cell or cell.casefold() in _NO:
            return False
        raise Wrong(f"“{cell}” is neither yes nor no. Write one of them.")


@dataclass(frozen=True, slots=True)
class Number(Plain):
    @property
    def kind(self) -> Kind:
        return Kind.NUMBER

    def meant(self, cell: str) -> Any:
        if not cell:
            return None
        number = number_in(cell)
        if isinstance(self.field, models.DecimalField):
            return number
        if isinstance(self.field, models.FloatField):
            return float(number)
        if number != number.to_integral_value():
            raise Wrong(f"“{cell}” is no whole number. Write one, for example 12.")
        return int(number)


@dataclass(frozen=True, slots=True)
class Money(Column):
    """Whole minor units of the row's currency, written in the currency itself."""

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER

    def text(self, row: Any, names: Names) -> str:
        del names
        minor = getattr(row, self.name)
        return "" if minor is None else text_of(Decimal(minor) / minor_units(row.currency))

    def put(self, row: Any, cell: str, names: Names) -> None:
        del names
        if not cell:
            setattr(row, self.name, None)
            return
        minor = number_in(cell) * minor_units(row.currency)
        if minor != minor.to_integral_value():
            raise Wrong(f"“{cell}” is finer than the currency can be paid. Round it.")
        setattr(row, self.name, int(minor))


@dataclass(frozen=True, slots=True)
class Day(Plain):
    @property
    def kind(self) -> Kind:
        return Kind.DAY

    def meant(self, cell: str) -> date | None:
        return _moment(cell, "a day, for example 2026-05-31").date() if cell else None


@dataclass(frozen=True, slots=True)
class Moment(Plain):
    """In the time of the place where the office is, to the second."""

    @property
    def kind(self) -> Kind:
        return Kind.MOMENT

    def said(self, value: Any) -> str:
        return "" if value is None else text_of(timezone.localtime(value).replace(tzinfo=None))

    def meant(self, cell: str) -> datetime | None:
        if not cell:
            return None
        return timezone.make_aware(_moment(cell, "a moment, for example 2026-05-31 14:30"))


@dataclass(frozen=True, slots=True)
class Lines(Column):
    """A list of texts, a line each."""

    def said(self, value: Any) -> str:
        value = value or []
        plain = all(isinstance(each, str) and _is_a_line(each) for each in value)
        return text_of("\n".join(value) if plain else _json(value))

    def meant(self, cell: str) -> Any:
        if cell.startswith("["):
            return _from_json(cell, list)
        return [line.strip() for line in cell.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Written(Column):
    """Anything else that is kept as JSON; blank for what a new record has."""

    def said(self, value: Any) -> str:
        return "" if value in (None, {}, []) else text_of(_json(value))

    def meant(self, cell: str) -> Any:
        if not cell:
            return self.field.get_default()
        return _from_json(cell, object)


@dataclass(frozen=True, slots=True)
class Labelled(Column):
    """A JSON object by the numbers of records, written by what these are called."""

    of: Any

    def text(self, row: Any, names: Names) -> str:
        value = getattr(row, self.name) or {}
        said = {names.called(self.of, int(pk)): each for pk, each in value.items()}
        return text_of(_json(said)) if said else ""

    def put(self, row: Any, cell: str, names: Names) -> None:
        value = _from_json(cell, dict) if cell else {}
        setattr(
            row, self.name, {str(names.find(self.of, key)): each for key, each in value.items()}
        )


@dataclass(frozen=True, slots=True)
class Named(Column):
    """Another row, by what it is called."""

    @property
    def of(self) -> Any:
        return self.field.related_model

    def text(self, row: Any, names: Names) -> str:
        pk = getattr(row, self.field.attname)
        return "" if pk is None else names.called(self.of, pk)

    def put(self, row: Any, cell: str, names: Names) -> None:
        setattr(row, self.field.attname, names.find(self.of, cell) if cell else None)


@dataclass(frozen=True, slots=True)
class Several(Column):
    """Other rows, a line each."""

    @property
    def of(self) -> Any:
        return self.field.related_model

    def text(self, row: Any, names: Names) -> str:
        return "\n".join(sorted(names.called(self.of, pk) for pk in self.pks(row)))

    def pks(self, row: Any) -> set[int]:
        """Those that a row of `Here`, or a new one, names."""
        found: set[int] = row.__dict__.get(_KEPT, {}).get(self.name, set())
        return found

    def name_all(self, row: Any, pks: set[int]) -> None:
        """The row, which must have been saved, names these and no others."""
        named = getattr(row, self.name)
        if self.pks(row):
            named.set(pks)
        else:
            named.add(*pks)
        row.__dict__.setdefault(_KEPT, {})[self.name] = pks


@dataclass(frozen=True, slots=True)
class Elsewhere(Column):
    """Something that no workbook holds: shown, and never changed by an import."""

    def text(self, row: Any, names: Names) -> str:
        del names
        if getattr(row, self.field.attname) is None:
            return ""
        return " ".join(text_of(str(getattr(row, self.name))).split())


_KEPT: Final = "_several"  # what was read of many-to-many relations at once


def keep_several(sheet: Sheet, rows: list[Any]) -> None:
    """Read all many-to-many relations of these rows in a query each."""
    there = {row.pk: row for row in rows}
    for row in rows:
        row.__dict__[_KEPT] = {each.name: set() for each in sheet.model._meta.many_to_many}
    for each in sheet.model._meta.many_to_many:
        through: Any = each.remote_field.through
        ends = (f"{each.m2m_field_name()}_id", f"{each.m2m_reverse_field_name()}_id")
        for one, other in through.objects.values_list(*ends):
            if one in there:
                there[one].__dict__[_KEPT][each.name].add(other)


@cache
def columns(label: str) -> tuple[Column, ...]:
    """Of the sheet of this model, in the order in which the model has its fields."""
    sheet = next(each for each in _sheets() if each.label == label)
    return tuple(_columns(sheet))


def _sheets() -> tuple[Sheet, ...]:
    from backing.people.workbook.declared import sheets

    return sheets()


def _columns(sheet: Sheet) -> Iterator[Column]:
    with_sheets = {each.label for each in _sheets()}
    meta = sheet.model._meta
    for field in (*meta.concrete_fields, *meta.many_to_many):
        if field.primary_key or field.name in sheet.without:
            continue
        said = str(field.verbose_name).removesuffix(" minor").strip()
        heading = sheet.heads.get(field.name, said[:1].upper() + said[1:])
        yield _column(sheet, field, heading, with_sheets)


def _column(sheet: Sheet, field: Any, heading: str, with_sheets: set[str]) -> Column:
    if field.name in sheet.labels:
        return Labelled(field, heading, sheet.labels[field.name])
    if field.is_relation and field.related_model._meta.label not in with_sheets:
        return Elsewhere(field, heading)
    if isinstance(field, models.ManyToManyField):
        return Several(field, heading)
    if field.is_relation:
        return Named(field, heading)
    if isinstance(field, models.JSONField):
        return Lines(field, heading) if field.default is list else Written(field, heading)
    if field.name.endswith(MINOR):
        return Money(field, heading)
    return _plain(field, heading)


def _plain(field: Any, heading: str) -> Column:
    if field.choices:
        return Chosen(field, heading)
    kinds: tuple[tuple[Any, type[Column]], ...] = (
        (models.BooleanField, Truth),
        (models.DateTimeField, Moment),
        (models.DateField, Day),
        ((models.IntegerField, models.DecimalField, models.FloatField), Number),
    )
    for fields, column in kinds:
        if isinstance(field, fields):
            return column(field, heading)
    return Column(field, heading)


def is_by(column: Column) -> bool:
    """Whether it names who noted a row."""
    return isinstance(column, Named) and column.of is Account


def number_in(cell: str) -> Decimal:
    """Raises Wrong."""
    try:
        number = Decimal(cell.replace(" ", "").replace("\u00a0", "").replace("\u2212", "-"))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise Wrong(
            f"“{cell}” is no number. Write it in digits with a point, for example 1250.5, and without a unit."
        )
    return number


def _moment(cell: str, form: str) -> datetime:
    try:
        return datetime.fromisoformat(cell).replace(tzinfo=None)
    except ValueError:
        raise Wrong(f"“{cell}” is not {form}. Write it so.") from None


def _is_a_line(text: str) -> bool:
    return bool(text) and text == text.strip() and not text.startswith("[") and "\n" not in text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _from_json(cell: str, kind: type) -> Any:
    try:
        value = json.loads(cell)
    except ValueError:
        value = None
    if value is None or not isinstance(value, kind):
        raise Wrong(
            "This is not written as it was. Take the cell from a fresh workbook, and change words only "
            "between its quotation marks."
        )
    return value
