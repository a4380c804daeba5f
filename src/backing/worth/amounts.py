"""Money to the smallest unit of its currency: added, divided and worded without a float."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from boardpaper.wording import en
from trackrecord.values.currencies import minor_units


class SeveralCurrencies(ValueError):
    """Amounts in two currencies were to be added."""


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """minor: whole minor units of the currency, pence or cents."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        return Decimal(self.minor) / minor_units(self.currency)

    def __add__(self, other: Amount) -> Amount:
        if self.currency != other.currency:
            raise SeveralCurrencies(f"{self.currency} and {other.currency} are not added.")
        return Amount(self.minor + other.minor, self.currency)

    def __neg__(self) -> Amount:
        return Amount(-self.minor, self.currency)

    def __sub__(self, other: Amount) -> Amount:
        return self + -other

    def __str__(self) -> str:
        """To the last unit: "£420,000", "£105,000.50"."""
        per_unit = minor_units(self.currency)
        whole, rest = divmod(abs(self.minor), per_unit)
        words = en.money_in_full(whole, self.currency)
        if rest:
            words += f".{rest:0{len(str(per_unit)) - 1}d}"
        return f"{en.MINUS}{words}" if self.minor < 0 else words


def total(amounts: Iterable[Amount], currency: str) -> Amount:
    """Their sum; nothing adds up to nothing.  Raises SeveralCurrencies."""
    return sum(amounts, start=Amount(0, currency))


def to_minor(major: Decimal, currency: str) -> int:
    """An amount as somebody typed it, half a unit rounded up."""
    return int((major * minor_units(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def whole(value: Fraction) -> int:
    """A fraction of 0 or more as a whole number, half a unit rounded up."""
    return int(value + Fraction(1, 2))


def part_of(minor: int, *, first: date, last: date, since: date, until: date) -> int:
    """What of an amount for the days first to last falls into the days since to until, day by day.

    Parts of neighbouring stretches add up to the amount, whatever the stretches.
    """
    days = (last - first).days + 1

    def up_to(day: date) -> int:
        passed = min(max((day - first).days + 1, 0), days)
        return minor * passed // days

    return up_to(until) - up_to(date.fromordinal(since.toordinal() - 1))
