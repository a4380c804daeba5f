"""From cells as they stand to typed columns: dates, money, ratings, states, people."""

from trackrecord.values.people import person_id
from trackrecord.values.reading import Typed, typed

__all__ = ["Typed", "person_id", "typed"]
