"""Shares, stretches of time and drawn amounts in words."""

from __future__ import annotations

from fractions import Fraction

from django import template

from backing.people.models import Organisation
from backing.worth.amounts import Amount
from backing.worth.gate import Return, Valued
from backing.worth.quarters import Quarter
from boardpaper.wording import en

register = template.Library()


@register.filter
def of_all(share: Fraction | float) -> str:
    """A share as per cent: "40%"."""
    return en.share(float(share))


@register.filter
def of_cost(share: Fraction) -> str:
    """A return as per cent of the cost, with its sign: "+12%"."""
    return en.share(float(share), signed=True)


@register.filter
def in_a_hundred(chance: float) -> str:
    """A chance as a count of a hundred draws; never "none" or "all" of what is drawn."""
    count = round(chance * 100)
    return "fewer than one" if count == 0 else "more than 99" if count == 100 else str(count)


@register.filter
def major(amount: float, currency: str) -> str:
    """An amount in major units, by its magnitude."""
    return en.money(amount, currency)


@register.filter
def to_the_unit(amount: Amount) -> str:
    """An amount in a title: "£105,001"; the table under it has the pence."""
    return en.money_in_full(float(amount.major), amount.currency)


@register.filter
def stretch(of: Valued | Return) -> str:
    """The quarters from first to last: "Q2 2025/26"; the days where they are no whole quarters."""
    starts = Organisation.ours().fiscal_year_starts
    first, last = Quarter.of(of.first, starts=starts), Quarter.of(of.last, starts=starts)
    if (first.first, last.last) != (of.first, of.last):
        return f"{en.day(of.first)} to {en.day(of.last)}"
    return str(first) if first == last else f"{first} to {last}"
