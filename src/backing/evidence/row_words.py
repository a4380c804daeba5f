"""What one row says to a figure, in words: "+95%", "61 days", "yes"."""

from __future__ import annotations

from typing import Final

from backing.evidence.behind import Row
from boardpaper.wording import en
from trackrecord.figure import Figure
from trackrecord.values.currencies import minor_units

# Rates that are made of days: the row says how many.
_OF_DAYS: Final = ("late_rate", "on_time_rate", "forecast_")
# Shares of money: the row says how much was lost.
_OF_MONEY: Final = ("cause_share_", "cost_of_failure_", "cost_baseline_")


def row_words(row: Row, figure: Figure, currency: str = "") -> str:
    """The value of a row as its figure counts it; "not stated" where it has none.

    currency: of the project's money, where the figure's unit does not say it.
    """
    value, unit = row.counted(figure), figure.unit
    if value is None:
        return "not stated"
    if en.is_currency(unit) or figure.measure.startswith(_OF_MONEY):
        code = unit if en.is_currency(unit) else currency
        return en.money(value / minor_units(code), code, short=True)
    if unit == "share" and row.base is None:
        if figure.measure.startswith(_OF_DAYS):
            return _days(value)
        return "yes" if value else "no"
    if unit == "share":
        return en.share(value, signed=True)
    if unit == "days":
        return _days(value)
    if unit == "hours":
        return f"{en.number(value, 1)} hours"
    if unit == "ratio":
        return en.number(value / row.base if row.base else value, 2)
    return "yes" if value else "no"


def _days(value: float) -> str:
    return f"{en.number(value, signed=True)} {en.noun('days', value)}"
