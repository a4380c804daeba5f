"""Days as a calendar program reads them (RFC 5545), whole days that leave nobody busy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from backing.rhythm.dates import Day

REFRESH = timedelta(hours=6)


def as_calendar(days: Iterable[Day], *, name: str, host: str, base: str, now: datetime) -> bytes:
    """The file.  host: makes the names of events the office's own; base: what addresses begin with."""
    calendar = Calendar()
    calendar.add("prodid", "-//Backing//What is due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for day in days:
        calendar.add_component(_event(day, host=host, base=base, now=now))
    content: bytes = calendar.to_ical()
    return content


def _event(day: Day, *, host: str, base: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.name}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.title)
    event.add("description", day.why)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if day.way:
        event.add("url", f"{base}{day.way}")
    return event
