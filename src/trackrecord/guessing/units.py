"""The units that headers and titles state: currency, thousands and millions, days and months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from trackrecord.guessing.keys import Column
from trackrecord.values.currencies import Unit, unit_of
from trackrecord.values.quantities import time_unit, time_unit_in

_AMOUNTS: Final = re.compile(
    r"(?:figures|amounts|values|costs|sums|angaben|betrage|werte|montants|chiffres|importes|cifras|bedragen|belop|belopp|tall)\b[^\n]*?"
    r"\b(?:in|en|i|are in|stated in|x|×)\s+(?P<unit>[^\n.;,)]{1,24})",
    re.IGNORECASE,
)
_SPELT: Final = re.compile(
    r"£\s?m\b|£\s?bn\b|£\s?k\b|[£€$]\s?'?000s?\b|[£€$]\s?(?:m|mn|k|bn|million|billion)\b|\b(?:T|k|M|m|Mio\.?\s?|Mrd\.?\s?)(?:EUR|€|CHF|GBP|USD|NOK|SEK|DKK)(?!\w)"
    r"|\b(?:mkr|tkr)\b|\b(?:EUR|GBP|USD|CHF|NOK|SEK|CAD|AUD)\b(?:\s?(?:m|mn|k|bn|million|thousand)\b)?|[£€](?!\w)"
    r"|\bin (?:thousands|millions|tausend|milliers|miles|millones)\b(?: of \w+)?"
)
_WORTH: Final = {"€": "EUR", "£": "GBP"}


def money_unit(text: str, brackets: Iterable[str]) -> Unit:
    """The currency and the factor that a header states, in brackets or beside its words."""
    for bracket in brackets:
        unit = unit_of(bracket)
        if unit and (unit.currency or unit.factor):
            return unit
        for part in re.split(r"[,;/]", bracket):
            unit = unit_of(part)
            if unit and (unit.currency or unit.factor):
                return unit
    for match in _SPELT.finditer(text):
        unit = unit_of(match[0])
        if unit and (unit.currency or unit.factor):
            return unit
    return Unit()


def title_unit(lines: Sequence[str]) -> Unit:
    """The unit of all amounts where a line above the table states one ("All figures in £m")."""
    for line in lines:
        if (match := _AMOUNTS.search(line)) and (unit := unit_of(match["unit"].strip())):
            return unit
        if (unit := unit_of(line)) and (unit.currency or unit.factor):
            return unit
    return Unit()


def time_unit_of(column: Column) -> str | None:
    """The unit of time a header states, in brackets first."""
    for bracket in column.header.brackets:
        if unit := time_unit(bracket):
            return unit
    return time_unit_in(column.header.words)


def share_scale(column: Column) -> float:
    """What one unit of a column of shares is worth: 0.01 for per cents, 1 for fractions."""
    return 0.01 if column.profile.high > 1 and not column.profile.percent else _fraction(column)


def _fraction(column: Column) -> float:
    """Cells with and without a per cent sign may stand together; the bare ones may be fractions."""
    bare = [
        cell
        for cell in set(column.profile.cells)
        if isinstance(cell, int | float) and not isinstance(cell, bool)
    ]
    if bare:
        return 1.0 if max(bare) <= 1 else 0.01
    return 0.01 if column.header.says("percent") and column.profile.high > 1 else 1.0
