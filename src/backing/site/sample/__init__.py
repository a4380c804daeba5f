"""The invented company, marked as invented on every page (X9): its registers, and an office of two years.

A part is filled in where it is empty, by the actions that the pages use; each rests on those before it.
"""

from __future__ import annotations

from datetime import datetime

from backing.site.sample import (
    benefits,
    charter,
    communication,
    company,
    improvements,
    leaders,
    pushback,
    scope,
    sponsor,
    worth,
)

OFFICE = (leaders, scope, improvements, benefits, pushback, sponsor, worth, charter, communication)


def fill_company(*, now: datetime) -> None:
    """Name the company, and drop its registers as a user would; their figures are made by the worker."""
    company.fill(now=now)


def fill_office(*, now: datetime) -> None:
    """Fill in what is typed, once there is a key: the first page a newcomer sees shall not be empty."""
    for part in OFFICE:
        part.fill(now=now)
