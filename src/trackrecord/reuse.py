"""An id that a register gave to one project and later to another.

The same id is the same project, unless from one export to the next the name, the budget and the planned
finish beside it all become something quite different.  Such rows are kept under a Key of their own,
"17 (project 2)", and a Problem asks about it; a SameProject decision joins the two again.  What a
register does not state has not changed, so a renamed or a re-planned project stays one.  An id without
a digit is itself a name, not a number that is given out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.keys import Key
from trackrecord.names import likeness, rarity_of, spelling, words_of
from trackrecord.problem import Problem

USED_AGAIN: Final = "id-used-again"
"""The code of the Problem of an id that stands for two projects."""

_ALIKE: Final = 0.3  # names at least as alike may be one project's
_SPELT_ALIKE: Final = 0.6  # so may names spelt so, however their words are parted
_SAME_BUDGET: Final = 0.1  # of the larger: how far apart two budgets of one plan may be
_SAME_FINISH: Final = 31  # days
_LONGEST_FOUND: Final = 80
_QUANTITIES: Final = {
    "budgets": (("baselines", "cost"), ("reports", "forecast_cost")),
    "finishes": (
        ("baselines", "finish"),
        ("reports", "forecast_finish"),
        ("projects", "finished"),
    ),
    "starts": (("projects", "started"),),
}
"""Where what an export says of a project stands: tables and columns."""
_IN_PLACE: Final = [("file", "ascending"), ("sheet", "ascending"), ("row", "ascending")]


class Place(NamedTuple):
    """Where a project stands first in an export."""

    export: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """stated: the Key as the register states it.  was: the Key of the use before.  now: the one that
    the rows of this use are kept under.

    exports: those of this use, by export_order.  before, after: the names of the two projects.
    earlier, place: where the use before stands last, and this one first.
    """

    stated: Key
    was: Key
    now: Key
    exports: frozenset[str]
    before: str
    after: str
    earlier: Place
    place: Place

    def problem(self, column: str) -> Problem:
        """What the user is told; column: the header of the id."""
        return Problem(
            file=self.place.file,
            sheet=self.place.sheet,
            row=self.place.row,
            column=column,
            found=f"{self.stated.key}: {self.after}"[:_LONGEST_FOUND],
            expected=f"the project of this id in {self.earlier.file}, row {self.earlier.row}: "
            f"{self.before[:_LONGEST_FOUND]}",
            todo="Name, budget and planned finish are all other than before, so the two are counted "
            "apart. If they are two projects, give the later one an id of its own; if they are one, "
            "write the same name in both files.",
            extent="column",
            code=USED_AGAIN,
        )


@dataclass(slots=True)
class _Said:
    """What one export says of one Key: money in minor units, days counted since 1970."""

    place: Place
    name: str = ""
    words: frozenset[str] = frozenset()
    budgets: set[int] = field(default_factory=set)
    finishes: set[int] = field(default_factory=set)
    starts: set[int] = field(default_factory=set)


_History = dict[str, _Said]  # by export_order


def reuses(tables: Mapping[str, pa.Table], words: pa.Table) -> tuple[Reuse, ...]:
    """Every id that was used again, in order of Keys and time.

    tables, words: as the sources state them.
    """
    names = words.filter((pc.field("column") == "name") & pc.is_null(pc.field("item_id")))
    renamed = _renamed(names)
    if not renamed:
        return ()
    rarity = rarity_of(frozenset(words_of(name)) for name in pc.unique(names["text"]).to_pylist())
    histories = _histories(tables, names, renamed)
    return tuple(
        reuse for key in sorted(histories) for reuse in _of_key(key, histories[key], rarity)
    )


def told_apart(table: pa.Table, found: Sequence[Reuse]) -> pa.Table:
    """A table with the rows of later uses under Keys of their own."""
    if not found:
        return table
    moved = {(*each.stated, order): each.now.key for each in found for order in each.exports}
    keys = pa.array(sorted({each.stated.key for each in found}), pa.string())
    concerned = pc.is_in(table["key"], value_set=keys)
    rows = table.filter(concerned)
    own = [moved.get((*key, order), key.key) for key, order, _ in _rows(rows, ())]
    new = pc.replace_with_mask(
        table["key"].combine_chunks(), concerned.combine_chunks(), pa.array(own, pa.string())
    )
    return table.set_column(table.schema.get_field_index("key"), table.schema.field("key"), new)


def _renamed(names: pa.Table) -> frozenset[Key]:
    """The Keys that do not always have one name; a name that repeats the id is none."""
    names = names.filter(pc.not_equal(names["text"], names["key"]))
    names = names.filter(pc.match_substring_regex(names["key"], "[0-9]"))
    counts = names.group_by(["register", "key"]).aggregate([("text", "count_distinct")])
    several = counts.filter(pc.greater(counts["text_count_distinct"], 1))
    pairs = zip(several["register"].to_pylist(), several["key"].to_pylist(), strict=True)
    return frozenset(Key(*pair) for pair in pairs)


def _histories(
    tables: Mapping[str, pa.Table], names: pa.Table, keys: frozenset[Key]
) -> dict[Key, _History]:
    """What each export says of these Keys; of several rows the last one names the project."""
    wanted = pa.array(sorted({key.key for key in keys}), pa.string())

    def rows(table: pa.Table, *columns: str) -> Iterator[tuple[Key, str, list[Any]]]:
        concerned = table.filter(pc.is_in(table["key"], value_set=wanted)).sort_by(_IN_PLACE)
        return (each for each in _rows(concerned, columns) if each[0] in keys)

    histories: dict[Key, _History] = {key: {} for key in keys}
    for key, order, place in rows(tables["projects"], "export", "file", "sheet", "row"):
        histories[key].setdefault(order, _Said(Place(*place)))
    for key, order, (name,) in rows(names, "text"):
        if name != key.key and (said := histories[key].get(order)):
            said.name, said.words = name, frozenset(words_of(name))
    for quantity, places in _QUANTITIES.items():
        for table, column in places:
            for key, order, (value,) in rows(_numbered(tables[table], column), column):
                if value is not None and (said := histories[key].get(order)):
                    getattr(said, quantity).add(value)
    return histories


def _rows(table: pa.Table, columns: Sequence[str]) -> Iterator[tuple[Key, str, list[Any]]]:
    """Key, export_order and these columns of each row."""
    rows = table.select(["register", "key", "export_order", *columns])
    for register, key, order, *values in zip(*(c.to_pylist() for c in rows.columns), strict=True):
        yield Key(register, key), order, values


def _numbered(table: pa.Table, column: str) -> pa.Table:
    """The table with its days counted since 1970."""
    kind = table.schema.field(column).type
    if not pa.types.is_date32(kind):
        return table
    at = table.schema.get_field_index(column)
    return table.set_column(at, column, table[column].cast(pa.int32()))


def _of_key(key: Key, history: _History, rarity: Mapping[str, float]) -> Iterator[Reuse]:
    """The uses of one id after its first one."""
    uses: list[list[str]] = []
    for order in sorted(history):
        said = history[order]
        same = (use for use in reversed(uses) if not _another(history[use[-1]], said, rarity))
        use = next(same, None)
        if use is None:
            uses.append([order])
        else:
            use.append(order)
    keys = [key, *(_again(key, nth) for nth in range(2, len(uses) + 1))]
    for (was, before), (now, after) in pairwise(zip(keys, uses, strict=True)):
        last, first = history[before[-1]], history[after[0]]
        yield Reuse(
            stated=key,
            was=was,
            now=now,
            exports=frozenset(after),
            before=last.name,
            after=first.name,
            earlier=last.place,
            place=first.place,
        )


def _again(key: Key, nth: int) -> Key:
    """The Key of the nth project that has this id: told by number, so that no day is a part of it."""
    return Key(key.register, f"{key.key} (project {nth})")


def _another(one: _Said, other: _Said, rarity: Mapping[str, float]) -> bool:
    """Whether two exports speak of two projects: all that would tell one again is quite different."""
    if not one.words or not other.words or one.starts & other.starts:
        return False
    if likeness(one.words, other.words, rarity) >= _ALIKE:
        return False
    if spelling("".join(words_of(one.name)), "".join(words_of(other.name))) >= _SPELT_ALIKE:
        return False
    budgets = [(a, b) for a in one.budgets for b in other.budgets]
    finishes = [(a, b) for a in one.finishes for b in other.finishes]
    return (
        bool(budgets and finishes)
        and all(abs(a - b) > _SAME_BUDGET * max(a, b) for a, b in budgets)
        and all(abs(a - b) > _SAME_FINISH for a, b in finishes)
    )
