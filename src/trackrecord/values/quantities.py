"""Lengths of time, hours of work and shares, each with the unit that stands beside it."""

from __future__ import annotations

import re
from typing import Final

from trackrecord.values.gaps import folded

_UNITS: Final[dict[str, str]] = {
    word: unit
    for unit, words in {
        "hours": "h hr hrs hour hours std stunde stunden heure heures hora horas uur uren timer timme timmar manhours hh",
        "days": "d day days pd md pt mandays persondays tag tage personentage jour jours j jh dia dias jornadas dag dagen dager dagar dagsverk mandagen mandagar",
        "weeks": "w wk wks week weeks woche wochen semaine semaines semana semanas weken uke uker vecka veckor",
        "months": "mo mth mths month months pm mm manmonths personmonths monat monate mois mes meses maand maanden maned maneder manad manader",
        "years": "y yr yrs year years jahr jahre an ans annee annees ano anos jaar jaren ar",
    }.items()
    for word in words.split()
}
DAYS_IN: Final = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
"""Calendar days in one unit of a length of time."""

HOURS_IN: Final = {"hours": 1.0, "days": 8.0, "weeks": 40.0, "months": 152.0, "years": 1824.0}
"""Hours of work in one unit of effort; a person-month is 152 hours, as Boehm's COCOMO counts it."""


def time_unit(text: str) -> str | None:
    """The unit of time that `text` spells as a whole ("days", "Personentage"), or None."""
    plain = folded(text).strip(" .()[]")
    plain = re.sub(
        r"^(?:in|en|i)\s+|^(?:calendar|working|business|person|man|personen)[ -]", "", plain
    )
    return _UNITS.get(plain.replace(" ", "").replace("-", ""))


def time_unit_in(words: str) -> str | None:
    """The one unit of time named among plain words, or None where there are none or two."""
    named = {_UNITS[word] for word in words.split() if len(word) > 2 and word in _UNITS}
    return named.pop() if len(named) == 1 else None
