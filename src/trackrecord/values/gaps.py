"""Words that stand where a value should: withheld, not applicable, not rated, not known.

They are missing, not numbers and not problems; the reason is kept, because "withheld" and "nobody
wrote it down" are different findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.readers.source import Cell

MISSING: Final = "missing"
WITHHELD: Final = "withheld"
NOT_APPLICABLE: Final = "not applicable"
NOT_RATED: Final = "not rated"


class Unread:
    """A cell that gives no value: a Gap or a Fault."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Gap(Unread):
    """A cell that holds no value, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fault(Unread):
    """A cell that should hold a value and cannot be read: a Problem without its place."""

    code: str
    expected: str
    todo: str


_EXACT: Final[dict[str, str]] = {
    word: reason
    for reason, words in {
        MISSING: (
            "", "-", "--", "---", "?", "??", "???", "...", ".", "/", "*", "na", "n.a", "nan", "none", "null",
            "(blank)", "blank", "empty", "tbc", "tbd", "tba", "t.b.c", "t.b.d", "to be confirmed",
            "to be determined", "to be advised", "to be agreed", "unknown", "not known", "not available",
            "not provided", "data not provided", "no data", "not reported", "not stated", "not recorded",
            "not specified", "pending", "undefined", "#n/a", "unk",
            "unbekannt", "k.a", "k. a", "keine angabe", "keine angaben", "nicht bekannt", "nicht vorhanden",
            "noch offen", "in klarung", "fehlt",
            "inconnu", "inconnue", "non renseigne", "non renseignee", "non communique", "a definir",
            "a confirmer", "nc", "n.c", "non disponible", "indisponible", "a determiner",
            "desconocido", "desconocida", "sin datos", "sin dato", "por definir", "por confirmar",
            "no disponible", "s/d", "s.d", "pendiente",
            "onbekend", "niet bekend", "niet beschikbaar", "n.n.b", "nnb", "nog te bepalen", "n.t.b", "ntb",
            "nog onbekend", "ukjent", "ikke oppgitt", "mangler", "ikke tilgjengelig", "avklares",
            "okand", "okant", "saknas", "uppgift saknas", "ej angivet", "ej kant", "inte angivet",
        ),
        NOT_APPLICABLE: (
            "n/a", "not applicable", "does not apply", "not relevant", "inapplicable",
            "entfallt", "nicht zutreffend", "nicht anwendbar", "nicht relevant", "n.z", "trifft nicht zu",
            "sans objet", "s/o", "s.o", "non applicable", "n.a.p", "no aplica", "no procede", "n/p",
            "nvt", "n.v.t", "niet van toepassing", "ikke aktuelt", "ikke relevant", "ikke aktuell", "i/r",
            "ej tillampligt", "ej aktuellt", "ej relevant", "inte aktuellt", "inte tillampligt",
        ),
        NOT_RATED: (
            "not rated", "unrated", "not assessed", "not set", "no rating", "not yet rated", "reset",
            "nicht bewertet", "ohne bewertung", "non evalue", "non evaluee", "non note", "no evaluado",
            "no evaluada", "sin evaluar", "sin calificar", "niet beoordeeld", "geen beoordeling",
            "ikke vurdert", "ej bedomd", "ej bedomt", "inte bedomd",
        ),
    }.items()
    for word in words
}  # fmt: skip

_WITHHELD: Final = re.compile(
    r"\bexempt|\bwithheld\b|\bredacted\b|\bconfidential|freedom of information|\bfoia?\b"
    r"|\bcommercial(ly)?[ -](in[ -]confidence|sensitiv)|\bclassified\b|\brestricted\b|\bundisclosed\b"
    r"|\bnot disclosed\b|\bvertraulich|\bgeschwarzt|\bgeheim\b|\bconfidentiel|\bnon divulgu|\bconfidencial"
    r"|\breservado\b|\bvertrouwelijk|\bgeheim|\bkonfidensiell|\bunntatt|\bfortrolig|\bsekretess|\bkonfidentiell"
)
_NOT_YET: Final = re.compile(
    r"not in a position to provide|still at the planning stage|\bearly planning\b|^not yet\b"
    r"|^cannot calculate|\bnot yet (known|available|agreed|approved|set|been)|^noch nicht|^pas encore"
    r"|^non encore|^aun no|^todavia no|^nog niet|^ikke enda|^annu inte|^to be (confirmed|determined|decided)"
)


_LONGEST: Final = 300  # letters; what is longer is a narrative
_DIGIT: Final = re.compile(r"\d")
_WORDS_AROUND_A_DIGIT = 3  # blanks at least: "Exempt under Section 24"
_SPELT: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "ł": "l", "đ": "d",
     "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2019": "'",
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\ufeff": ""}
)  # fmt: skip


def folded(text: str) -> str:
    """The text as words are compared: lower case, no accents, plain dashes, single blanks."""
    if not text.isascii():
        decomposed = normalize("NFKD", text.translate(_SPELT))
        text = "".join(c for c in decomposed if not combining(c))
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def _reason(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    if _DIGIT.search(text) and text.count(" ") < _WORDS_AROUND_A_DIGIT:
        return None
    plain = folded(text)
    found = _EXACT.get(plain) or _EXACT.get(plain.rstrip(".")) or _EXACT.get(plain.strip("[]()<> "))
    if found:
        return found
    if plain.startswith("#"):
        return None
    if _WITHHELD.search(plain):
        return WITHHELD
    if _NOT_YET.search(plain):
        return MISSING
    head, bracket, _ = plain.partition("(")
    return _EXACT.get(head.strip()) if bracket and head.strip() else None


def suspects(texts: Iterable[str]) -> list[str]:
    """Those of many texts that `gap` need be asked about: all but ids, numbers and other codes."""
    array = pa.array(list(texts), pa.string())
    coded = pc.and_(
        pc.match_substring_regex(array, "[0-9]"),
        pc.less(pc.count_substring(array, " "), _WORDS_AROUND_A_DIGIT),
    )
    found: list[str] = array.filter(pc.invert(coded)).to_pylist()
    return found


def gap(cell: Cell) -> Gap | None:
    """Why the cell holds no value; None when it may hold one."""
    if isinstance(cell, str):
        reason = _reason(cell)
        return Gap(reason) if reason else None
    if cell is None or cell != cell:
        return Gap(MISSING)
    return None
