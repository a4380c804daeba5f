"""When a letter may leave: not at night and not at weekends, unless the person who sends it says so."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from backing.outbox.models import QuietHours

SATURDAY = 5


def quiet_until(hours: QuietHours, now: datetime) -> datetime | None:
    """The end of the quiet hours that `now` lies in; None where it lies in none."""
    at = timezone.localtime(now)
    moved = at
    while (end := _end(hours, moved)) is not None:
        moved = end
    return moved if moved > at else None


def _end(hours: QuietHours, at: datetime) -> datetime | None:
    if hours.weekends and at.weekday() >= SATURDAY:
        return _on(at + timedelta(days=7 - at.weekday()), time())
    begins, ends, clock = hours.begins, hours.ends, at.time()
    if begins < ends and begins <= clock < ends:
        return _on(at, ends)
    if begins > ends and clock >= begins:
        return _on(at + timedelta(days=1), ends)
    if begins > ends and clock < ends:
        return _on(at, ends)
    return None


def _on(day: datetime, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day.date(), clock))
