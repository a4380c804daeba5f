"""The Record: takes of sources, and what people decided about them.

A Record is a value.  Its edition is the SHA-256 of the names of its takes, its decisions, the links
made of both and the schema's version: import order does not matter, importing twice changes nothing,
and undoing an import is the Record without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord import decisions as decided
from trackrecord import layout, linking
from trackrecord.decisions import CauseAgreed, Confirmed, Correction, Decision
from trackrecord.errors import EvidenceError
from trackrecord.keys import Key
from trackrecord.overlay import corrections as correcting
from trackrecord.overlay.causes import with_causes
from trackrecord.overlay.corrections import Corrected
from trackrecord.problem import Problem
from trackrecord.reuse import Reuse, reuses, told_apart
from trackrecord.tables import TABLES, WORDS
from trackrecord.take import Take

SCHEMA: Final = 1
"""The version of the canonical tables; a change in what a column means is a new one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """Takes and decisions, each once and in one order.

    Raises EvidenceError at birth for two takes of one source: an edition holds at most one.
    """

    takes: tuple[Take, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        takes = {each.name: each for each in sorted(self.takes, key=lambda take: take.file)[::-1]}
        sources = [each.source for each in takes.values()]
        if len(set(sources)) < len(sources):
            raise EvidenceError(
                "A Record holds one take of a source. Use with_take to replace one."
            )
        object.__setattr__(self, "takes", tuple(takes[name] for name in sorted(takes)))
        object.__setattr__(self, "decisions", decided.in_order(self.decisions))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.edition == other.edition

    def __hash__(self) -> int:
        return hash(self.edition)

    @cached_property
    def edition(self) -> str:
        """The name of this state of the Record."""
        decisive = {
            "takes": [each.name for each in self.takes],
            "decisions": decided.digest(self.decisions),
            "links": sorted([*key, project] for key, project in self.links.projects.items())
            + [[*each.stated, *sorted(each.exports), each.now.key] for each in self.reuses],
            "schema": SCHEMA,
        }
        text = json.dumps(decisive, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    # Changing: every verb gives a new Record.

    def with_take(self, take: Take) -> Record:
        """With a source imported; a take of the same source is replaced.

        The same take from a file of another name changes nothing, whichever came first.
        """
        others = [each for each in self.takes if each.source != take.source]
        same = [each for each in self.takes if each.name == take.name]
        return replace(self, takes=(*others, *same, take))

    def without_take(self, name: str) -> Record:
        """With an import undone; decisions about its projects lie idle until the file returns."""
        return replace(self, takes=tuple(each for each in self.takes if each.name != name))

    def with_decision(self, *decisions: Decision) -> Record:
        """With what somebody decided."""
        return replace(self, decisions=(*self.decisions, *decisions))

    def without_decision(self, *decisions: Decision) -> Record:
        """As if these had not been decided."""
        gone = decided.in_order(decisions)
        return replace(self, decisions=tuple(each for each in self.decisions if each not in gone))

    # Reading.

    def tables(self) -> dict[str, pa.Table]:
        """Every canonical table of all takes with the decisions laid over them, and `links`.

        `links` has one row for each Key of `projects`: register, key, project.
        """
        return dict(self._tables)

    def words(self) -> pa.Table:
        """What people wrote, of all takes, in the shape of tables.WORDS."""
        return told_apart(self._written, self.reuses)

    @property
    def as_at(self) -> date | None:
        """The latest day any row speaks of; None where no row says."""
        day: date | None = pc.max(self._stated["projects"]["as_at"]).as_py()
        return day

    @property
    def rows_in(self) -> int:
        """Rows of all sources; always rows_taken + rows_with_problems."""
        return sum(each.rows_in for each in self.takes)

    @property
    def rows_taken(self) -> int:
        """Rows that stand in the tables."""
        return sum(each.rows_taken for each in self.takes)

    @property
    def rows_with_problems(self) -> int:
        """Rows that were not taken; each has a Problem."""
        return sum(each.rows_with_problems for each in self.takes)

    @property
    def mappings(self) -> layout.Mapping:
        """Every layout that was used, each once, as `mapping.toml` keeps them."""
        sheets = chain.from_iterable(each.mapping.sheets for each in self._takes_by_file)
        return layout.Mapping(sheets=tuple({sheet.digest: sheet for sheet in sheets}.values()))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was not taken, and what to do about it; files by name, then what decisions meet."""
        of_files = chain.from_iterable(each.problems for each in self._takes_by_file)
        return (*of_files, *self._undated, *self._used_again, *self._lapses, *self._refusals)

    @cached_property
    def links(self) -> linking.Links:
        """What the decisions make of the Keys at hand."""
        return linking.link(self.decisions, present=self._named_keys)

    @cached_property
    def reuses(self) -> tuple[Reuse, ...]:
        """Ids that a register uses again for what is probably another project."""
        return reuses(self._taken, self._written)

    @cached_property
    def corrections(self) -> tuple[Corrected, ...]:
        """Every correction and how it stands: it holds, has lapsed, or lies idle."""
        return correcting.standings(self._stated, self._corrections)

    @property
    def lapsed(self) -> tuple[Corrected, ...]:
        """Corrections whose source has changed since."""
        return tuple(each for each in self.corrections if each.standing == "lapsed")

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """Ids of the projects whose owner stands by their figures."""
        confirmed = [each.project for each in self.decisions if isinstance(each, Confirmed)]
        here = self._named_keys
        return frozenset(self.project_of(key) for key in confirmed if key in here)

    @cached_property
    def corrected(self) -> frozenset[str]:
        """Ids of the projects of which a correction holds."""
        holding = [each for each in self.corrections if each.standing == "holds"]
        return frozenset(self.project_of(each.correction.project) for each in holding)

    def project_of(self, key: Key) -> str:
        """The project a Key is."""
        return self.links.projects.get(key, key.project)

    # How it is made.

    @cached_property
    def _stated(self) -> dict[str, pa.Table]:
        """The tables as the takes state them, but for ids that stand for two projects."""
        return {name: told_apart(table, self.reuses) for name, table in self._taken.items()}

    @property
    def _written(self) -> pa.Table:
        return pa.concat_tables([WORDS.empty_table(), *(each.words for each in self.takes)])

    @cached_property
    def _taken(self) -> dict[str, pa.Table]:
        return {
            name: pa.concat_tables(
                [schema.empty_table(), *(take.tables[name] for take in self.takes)]
            )
            for name, schema in TABLES.items()
        }

    @cached_property
    def _tables(self) -> Mapping[str, pa.Table]:
        tables = {
            name: correcting.correct(table, name, self._corrections)
            for name, table in self._stated.items()
        }
        agreed = [each for each in self.decisions if isinstance(each, CauseAgreed)]
        tables["causes"] = with_causes(tables["causes"], agreed, self._stated["projects"])
        keys = self._stated["projects"].select(["register", "key"])
        tables["links"] = self.links.table(keys.group_by(["register", "key"]).aggregate([]))
        return tables

    @property
    def _corrections(self) -> tuple[Correction, ...]:
        return correcting.latest(each for each in self.decisions if isinstance(each, Correction))

    @cached_property
    def _named_keys(self) -> frozenset[Key]:
        """The Keys at hand that some decision names."""
        named = frozenset(chain.from_iterable(decided.keys_of(each) for each in self.decisions))
        if not named:
            return named
        projects = self._stated["projects"]
        keys = pa.array(sorted({each.key for each in named}), pa.string())
        here = projects.filter(pc.is_in(projects["key"], value_set=keys))
        pairs = zip(here["register"].to_pylist(), here["key"].to_pylist(), strict=True)
        return named & {Key(*pair) for pair in pairs}

    @property
    def _takes_by_file(self) -> list[Take]:
        return sorted(self.takes, key=lambda take: (take.file, take.name))

    @property
    def _undated(self) -> Iterable[Problem]:
        """Registers of which some exports say their day and others do not."""
        dated: dict[str, set[bool]] = {}
        exports = self._stated["projects"].group_by(["register", "export", "as_at"]).aggregate([])
        for register, day in zip(
            *(exports[c].to_pylist() for c in ("register", "as_at")), strict=True
        ):
            dated.setdefault(register, set()).add(day is not None)
        return [
            Problem(
                file=register,
                expected="a day that each export speaks of",
                todo="Exports without a date count as older than those with one. If that is wrong, "
                "put the day into the name of the file.",
                extent="file",
                code="export-not-dated",
            )
            for register, both in sorted(dated.items())
            if len(both) > 1
        ]

    @property
    def _used_again(self) -> Iterable[Problem]:
        """Ids that stand for two projects, as long as nobody has decided."""
        asked = [each for each in self.reuses if not self._decided_of(each.was, each.now)]
        headers = {each.file: _header_of_key(each) for each in self.takes} if asked else {}
        return [each.problem(headers.get(each.place.file, "")) for each in asked]

    def _decided_of(self, one: Key, other: Key) -> bool:
        links = (decided.SameProject, decided.NotSameProject)
        return any(
            isinstance(each, links) and (each.a, each.b) == tuple(sorted((one, other)))
            for each in self.decisions
        )

    @property
    def _lapses(self) -> Iterable[Problem]:
        return [
            Problem(
                file=each.file,
                sheet=each.sheet,
                row=each.row,
                column=each.correction.column,
                found="" if each.now is None else str(each.now),
                expected=f"{each.correction.was}, which was corrected to {each.correction.is_} on "
                f"{each.correction.on.isoformat()}",
                todo="The source has changed since, and holds. Correct it again if it is wrong.",
                extent="column",
                code="correction-lapsed",
            )
            for each in self.lapsed
        ]

    @property
    def _refusals(self) -> Iterable[Problem]:
        return [
            Problem(
                file=each.b.register,
                column="",
                found=f"{each.b.key} linked to {each.a.key} of {each.a.register}",
                expected="no link that joins projects somebody said are two",
                todo="Take back one of the two decisions; until then they stay apart.",
                extent="file",
                code="link-refused",
            )
            for each in self.links.refused
        ]


def problems_table(record: Record) -> pa.Table:
    """The Record's problems as a table, one a row, in the order of `record.problems`."""
    names = list(Problem.__dataclass_fields__)
    return pa.table(
        {name: [getattr(each, name) for each in record.problems] for name in names},
        schema=pa.schema([(name, pa.int32() if name == "row" else pa.string()) for name in names]),
    )


def _header_of_key(take: Take) -> str:
    """The header of the first column of a source that holds its keys."""
    keys = (column.header for sheet in take.mapping.sheets for column in sheet.with_field("key"))
    return next(keys, "")
