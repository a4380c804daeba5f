"""Status ratings: three or five points, in seven languages, letters, colours and signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from trackrecord.values.gaps import folded

RATINGS: Final = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")
Scale = Literal["3", "5"]

_COLOURS: Final[dict[str, str]] = {
    word: rating
    for rating, words in {
        "Green": "green g grun gruen vert verte verde groen gronn gron groent 🟢 🟩 💚 ✅ ✔ ✔️",
        "Amber": "amber a yellow y gelb ge orange o jaune ambre amarillo ambar naranja geel oranje gul gult 🟡 🟨 💛 🟠 🟧 ⚠ ⚠️",
        "Red": "red r rot rouge rojo rood rod rodt rott 🔴 🟥 ❤ ❤️ ❌ ✖",
    }.items()
    for word in words.split()
}
_PHRASES: Final[dict[str, str]] = {
    word: rating
    for rating, words in {
        "Green": ("on track", "on target", "on schedule", "good", "planmassig", "im plan", "en bonne voie", "en plazo", "op schema", "op koers", "i rute", "enligt plan"),
        "Amber/Green": ("light green", "hellgrun", "vert clair", "green amber", "gelb-grun", "lichtgroen", "lysegronn", "ljusgron", "ag", "ga"),
        "Amber": ("at risk", "some concerns", "gefahrdet", "a risque", "en riesgo", "risico", "i risikosonen", "i riskzonen"),
        "Amber/Red": ("amber red", "ar", "ra"),
        "Red": ("off track", "critical", "delayed", "kritisch", "critique", "critico", "kritiek", "kritisk", "in trouble"),
    }.items()
    for word in words
}  # fmt: skip
_YELLOW: Final = frozenset("yellow y gelb ge jaune amarillo geel gul gult 🟡 🟨 💛".split())
_ORANGE: Final = frozenset("orange o naranja oranje 🟠 🟧".split())
_LONGEST: Final = 40  # letters
_LEGEND: Final = re.compile(r"([1-5])\s*(?:=|:|-|\u2013)\s*([^\W\d]+(?:\s*/\s*[^\W\d]+)?)")


@lru_cache(maxsize=2048)
def rating_of(text: str) -> str | None:
    """The canonical rating a cell states, or None."""
    if len(text) > _LONGEST:
        return None
    plain = folded(text).strip(" .!")
    if plain in _COLOURS:
        return _COLOURS[plain]
    if plain in _PHRASES:
        return _PHRASES[plain]
    parts = [
        part
        for part in re.split(r"\s*[/\\-]\s*|\s+(?:to|bis|a|tot|til|till)\s+|\s+", plain)
        if part
    ]
    colours = {_COLOURS.get(part) for part in parts}
    match sorted(str(colour) for colour in colours):
        case ["Amber", "Green"]:
            return "Amber/Green"
        case ["Amber", "Red"]:
            return "Amber/Red"
        case [only] if only in RATINGS:
            return only
        case _:
            return None


def legend_of(header: str) -> dict[str, str]:
    """What numbers mean where the header says so: "RAG (1 = Green, 2 = Amber, 3 = Red)"."""
    return {
        number: rating for number, word in _LEGEND.findall(header) if (rating := rating_of(word))
    }


def four_colours(cells: Iterable[str]) -> dict[str, str]:
    """Yellow and orange side by side are two ratings, not one: yellow the better, orange the worse."""
    plain = {cell: folded(cell).strip(" .!") for cell in cells}
    yellow = {cell: "Amber/Green" for cell, word in plain.items() if word in _YELLOW}
    orange = {cell: "Amber/Red" for cell, word in plain.items() if word in _ORANGE}
    return yellow | orange if yellow and orange else {}


def scale_of(header: str, ratings: Iterable[str]) -> Scale | None:
    """How many points the scale has: as the header says, else as the ratings seen prove.

    None where neither says: only green, amber and red were seen, which a five-point scale has too.
    """
    plain = folded(header)
    if re.search(
        r"\b(five|5|funf|cinq|cinco|vijf|fem)[ -]?(point|stuf|punt|niveau|nivel|poeng|grad|trinn|steg)",
        plain,
    ):
        return "5"
    if re.search(
        r"\b(three|3|drei|trois|tres|drie|tre)[ -]?(point|stuf|punt|niveau|nivel|poeng|grad|trinn|steg)",
        plain,
    ):
        return "3"
    if any(rating in ("Amber/Green", "Amber/Red") for rating in ratings):
        return "5"
    return None
