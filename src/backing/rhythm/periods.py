"""Which period a report speaks of: the one that somebody began, else the last whole month."""

from __future__ import annotations

from datetime import date, timedelta

from backing.rhythm.models import Report


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter before."""
    begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = begins - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def current_report(today: date) -> Report:
    """The report being written: the latest that ended no earlier than the last month; else a new one,
    which is not saved yet."""
    first, last = last_month(today)
    found = Report.objects.filter(last_day__gte=last).order_by("-last_day", "-pk").first()
    return found or Report(kind=Report.Kind.MONTH, first_day=first, last_day=last)
