"""Days on which an answer can be given: Monday to Friday.  Holidays differ by place and are not known."""

from __future__ import annotations

from datetime import date, timedelta


def after(day: date, number: int) -> date:
    """The working day that many working days after a day."""
    found = day
    while number:
        found += timedelta(days=1)
        number -= found.weekday() < 5
    return found


def between(first: date, last: date) -> int:
    """Working days after the first, up to the last."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(each.weekday() < 5 for each in days)
