"""Days and stretches of days as people write them: "1 to 14 July"."""

from __future__ import annotations

from datetime import date


def stretch(first: date, last: date, *, today: date) -> str:
    """From one day to another; the year only where it is not this one."""
    year = f" {last.year}" if last.year != today.year or first.year != last.year else ""
    if first == last:
        return f"on {last.day} {last:%B}{year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"from {first.day} to {last.day} {last:%B}{year}"
    begins = f"{first.day} {first:%B}{f' {first.year}' if first.year != last.year else ''}"
    return f"from {begins} to {last.day} {last:%B}{year}"
