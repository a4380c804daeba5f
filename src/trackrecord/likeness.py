"""Which Keys might be one project: links by name and unit, for a person to confirm or refuse.

A proposal enters no figure.  It compares what registers wrote: the words of two names, rare words
weighing more, and the unit.  Numbers must agree ("Phase 1" is not "Phase 2"), and two Keys of one
register that stand in one export are two projects, because the register says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.decisions import NotSameProject, SameProject
from trackrecord.keys import Key
from trackrecord.names import likeness, rarity_of, words_of
from trackrecord.record import Record

LEAST_CONFIDENCE: Final = 0.7

_SHARED_BY: Final = 40  # a word in more names than this brings no two of them together
_RAREST: Final = 3  # words of a name by which it is looked up
_OTHER_UNIT: Final = 0.75  # names that agree in units that do not
_SAME_KEY: Final = 0.5  # how much of the remaining doubt an equal key takes away


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two Keys that look like one project.

    confidence: 0-1, how alike they are; not a probability.  reasons: what is alike, in words.
    because: both names with the reasons, as a sentence for the user.
    """

    a: Key
    b: Key
    confidence: float
    because: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    key: Key
    name: str
    words: frozenset[str]
    numbers: frozenset[str]
    unit: str
    exports: frozenset[str]


def proposals(record: Record) -> tuple[Proposal, ...]:
    """Links worth asking about, the surest first; none that somebody has decided already.

    Each Key is proposed with its best matches only.  Needs names: a register without any gives no
    proposals, except of equal keys in two registers.
    """
    exports = _exports(record.tables()["projects"])
    if _all_side_by_side(exports):
        return ()
    named = _named(record, exports)
    decided = {
        (each.a, each.b)
        for each in record.decisions
        if isinstance(each, SameProject | NotSameProject)
    }
    rarity = rarity_of(each.words for each in named)
    found = [
        proposal
        for one, other in _pairs(named, rarity)
        if (one.key, other.key) not in decided
        and record.project_of(one.key) != record.project_of(other.key)
        and not _side_by_side(one, other)
        and (proposal := _compared(one, other, rarity)) is not None
    ]
    return tuple(sorted(_best(found), key=lambda each: (-each.confidence, each.a, each.b)))


def _named(record: Record, exports: Mapping[Key, frozenset[str]]) -> list[_Named]:
    """Every Key with its latest name and unit, in order of Keys."""
    names = _latest(record.words(), "text", pc.field("column") == "name")
    units = _latest(record.tables()["projects"], "org_unit")
    return [
        _Named(
            key,
            names.get(key, ""),
            frozenset(words := words_of(names.get(key, ""))),
            frozenset(word for word in words if word.isdigit()),
            " ".join(words_of(units.get(key, ""))),
            exports[key],
        )
        for key in sorted(exports)
    ]


def _latest(table: pa.Table, column: str, where: pc.Expression | None = None) -> dict[Key, str]:
    rows = table if where is None else table.filter(where)
    rows = rows.select(["register", "key", "export_order", column])
    rows = rows.filter(pc.is_valid(rows[column])).sort_by("export_order")
    registers, keys, _, texts = (each.to_pylist() for each in rows.columns)
    return {Key(*pair): text for *pair, text in zip(registers, keys, texts, strict=True)}


def _exports(projects: pa.Table) -> dict[Key, frozenset[str]]:
    columns = ("register", "key", "export")
    exports: dict[Key, set[str]] = {}
    for register, key, export in zip(*(projects[c].to_pylist() for c in columns), strict=True):
        exports.setdefault(Key(register, key), set()).add(export)
    return {key: frozenset(names) for key, names in exports.items()}


def _pairs(named: Sequence[_Named], rarity: Mapping[str, float]) -> Iterator[tuple[_Named, _Named]]:
    """Pairs that share one of their rarest words, a name or a key; each once, in order of Keys."""
    blocks: dict[str, list[int]] = {}
    for position, each in enumerate(named):
        telling = sorted(each.words, key=lambda word: (-rarity[word], word))[:_RAREST]
        for word in telling:
            blocks.setdefault(f"word {word}", []).append(position)
        if each.words:
            blocks.setdefault(f"name {' '.join(sorted(each.words))}", []).append(position)
        blocks.setdefault(f"key {each.key.key.casefold()}", []).append(position)
    few = [block for block in blocks.values() if len(block) <= _SHARED_BY]
    pairs = {pair for block in few for pair in combinations(block, 2)}
    for one, other in sorted(pairs):
        yield named[one], named[other]


def _all_side_by_side(exports: Mapping[Key, frozenset[str]]) -> bool:
    """Whether one export of one register has all the Keys: then no two of them are one project."""
    registers = {key.register for key in exports}
    return len(registers) < 2 and bool(not exports or frozenset.intersection(*exports.values()))


def _side_by_side(one: _Named, other: _Named) -> bool:
    return one.key.register == other.key.register and bool(one.exports & other.exports)


def _compared(one: _Named, other: _Named, rarity: Mapping[str, float]) -> Proposal | None:
    if one.numbers != other.numbers:
        return None
    nameless = not one.words and not other.words
    confidence = LEAST_CONFIDENCE if nameless else likeness(one.words, other.words, rarity)
    because = ["the names are the same" if one.words == other.words else "the names are alike"]
    if one.unit and other.unit:
        same = one.unit == other.unit
        confidence *= 1.0 if same else _OTHER_UNIT
        because.append("the unit is the same" if same else "the units differ")
    if one.key.key.casefold() == other.key.key.casefold():
        confidence += (1 - confidence) * _SAME_KEY
        because.append("the key is the same")
    if confidence < LEAST_CONFIDENCE:
        return None
    sentence = f"{one.name or one.key.key} / {other.name or other.key.key}: {', '.join(because)}"
    return Proposal(
        a=one.key,
        b=other.key,
        confidence=round(confidence, 3),
        because=sentence,
        reasons=tuple(because),
    )


def _best(found: Iterable[Proposal]) -> list[Proposal]:
    """Proposals that are the best of one of their two Keys in the other's register."""
    best: dict[tuple[Key, str], float] = {}
    found = list(found)
    for each in found:
        for mine, theirs in ((each.a, each.b), (each.b, each.a)):
            whose = (mine, theirs.register)
            best[whose] = max(best.get(whose, 0.0), each.confidence)
    return [
        each
        for each in found
        if each.confidence == best[each.a, each.b.register]
        or each.confidence == best[each.b, each.a.register]
    ]
