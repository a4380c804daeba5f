"""What comes by a link that anybody may hold, only as fast as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

_WITHIN: Final = timedelta(hours=1)


class TooMany(Exception):
    """More came within the hour than people say."""


def refuse_a_flood(said: QuerySet[Any], at: str, *, most: int, now: datetime) -> None:
    """at: the field that holds when each was said.  Raises TooMany where the hour holds the most already."""
    if said.filter(**{f"{at}__gt": now - _WITHIN}).count() >= most:
        raise TooMany
