"""The columns of a sheet as a page offers them: a bounded part at a time, doubtful ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from backing.evidence.cells import days_in_words
from backing.evidence.field_words import GROUPS, NOT_USED
from backing.evidence.understood import UnderstoodColumn, UnderstoodSheet

ORDERS: Final = {
    "day-first": "Day before month",
    "month-first": "Month before day",
    "year-first": "Year first",
}
SCALES: Final = {"1": "as it stands", "1000": "in thousands", "1000000": "in millions"}
MARKS: Final = {".": "1,234.50", ",": "1.234,50"}
UNITS: Final = {unit: unit for unit in ("hours", "days", "weeks", "months", "years")}
LEVELS: Final = {"projects": "a project", "items": "a task of a project"}

A_PART: Final = 60  # columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A further choice of one column, as a select."""

    name: str
    label: str
    options: SafeString


@dataclass(frozen=True, slots=True)
class Choice:
    """One column with what can be said of it."""

    column: UnderstoodColumn

    @property
    def options(self) -> SafeString:
        return _selected(_FIELDS, self.column.mapping.field or "")

    @property
    def seen(self) -> str:
        return days_in_words("; ".join(self.column.mapping.seen[:3])) or "empty"

    @property
    def takes_currency(self) -> bool:
        return self.column.shape == "money"

    @property
    def settings(self) -> list[Setting]:
        """How its cells are read, where that is a question at all."""
        return list(self._settings())

    @property
    def settings_now(self) -> str:
        """The settings in a few words, for those who need not open them."""
        mapping, said = self.column.mapping, []
        if self.column.shape == "date":
            said.append(ORDERS.get(mapping.date_order or "", "How dates are written"))
        elif self.column.shape == "money":
            scale = SCALES.get(_scale(mapping.worth), f"times {_scale(mapping.worth)}")
            said.append(f"{mapping.currency or 'Currency not said'}, {scale}")
        elif mapping.unit:
            said.append(f"In {mapping.unit}")
        return ", ".join(said) or "How numbers are written"

    def _settings(self) -> Iterator[Setting]:
        mapping, place = self.column.mapping, self.column.place
        shape = self.column.shape
        if shape == "date":
            open_ = "Please choose" if "order" in self.column.asks else "As the cells say"
            order = _options({"": open_, **ORDERS}, mapping.date_order or "")
            yield Setting(name=f"order-{place}", label="Dates are written", options=order)
        if shape == "money":
            scale = _scale(mapping.worth)
            known = SCALES if scale in SCALES else {"": f"times {scale}", **SCALES}
            shown = _options(known, scale if scale in SCALES else "")
            yield Setting(name=f"scale-{place}", label="Amounts are", options=shown)
        if shape in ("days", "hours"):
            unit = _options(UNITS, mapping.unit or shape)
            yield Setting(name=f"unit-{place}", label="Given in", options=unit)
        if shape in ("money", "days", "hours", "share") and (
            mapping.decimal or "decimal" in self.column.asks
        ):
            mark = _options({"": "As the cells say", **MARKS}, mapping.decimal or "")
            yield Setting(name=f"decimal-{place}", label="Numbers are written", options=mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some columns of a sheet.  start: how many come before; more: how many come after."""

    doubtful: list[Choice]
    used: list[Choice]
    unused: list[Choice]
    start: int
    before: int | None
    after: int | None
    columns: int

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def left(self) -> int:
        """How many columns come after."""
        return self.columns - self.start - len(self.doubtful) - len(self.used) - len(self.unused)


def part_of(sheet: UnderstoodSheet, start: str | None) -> Part:
    """The columns from the one of this number on, as the page counts them: doubtful, used, unused."""
    ordered = [*sheet.doubtful, *sheet.used, *sheet.unused]
    begin = int(start) if start and start.isdecimal() and len(start) < 6 else 0
    begin = begin if begin < len(ordered) else 0
    here = [Choice(column) for column in ordered[begin : begin + A_PART]]
    doubtful = [choice for choice in here if choice.column.sureness == "doubtful"]
    rest = [choice for choice in here if choice.column.sureness != "doubtful"]
    return Part(
        doubtful=doubtful,
        used=[choice for choice in rest if choice.column.shape],
        unused=[choice for choice in rest if not choice.column.shape],
        start=begin,
        before=max(0, begin - A_PART) if begin else None,
        after=begin + A_PART if begin + A_PART < len(ordered) else None,
        columns=len(ordered),
    )


def _scale(worth: float) -> str:
    """What one unit of a cell is worth, in figures without an exponent."""
    return f"{worth:.15g}"


def level_options(sheet: UnderstoodSheet) -> SafeString:
    """What one row of the sheet is."""
    return _options(LEVELS, sheet.mapping.level)


def _options(words: Mapping[str, str], selected: str) -> SafeString:
    return _selected(_option_list(words), selected)


def _option_list(words: Mapping[str, str]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', words.items())


def _selected(options: SafeString, value: str) -> SafeString:
    """The options with one selected.  They hold no words but our own, and are made once: a page may
    show a hundred columns with sixty each."""
    mark = format_html('value="{}"', value)
    return SafeString(options.replace(mark, f"{mark} selected", 1))


_FIELDS: Final = format_html(
    '<option value="">{}</option>{}',
    NOT_USED,
    format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((heading, _option_list(words)) for heading, words in GROUPS.items()),
    ),
)
