"""A take as files: facts here, words there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from trackrecord import layout
from trackrecord.problem import Problem
from trackrecord.storing.shelf import Shelf
from trackrecord.tables import TABLES, WORDS
from trackrecord.take import Take


class StoredTables(Mapping[str, pa.Table]):
    """The tables of a stored take, each read when it is first asked for."""

    def __init__(self, shelf: Shelf, take: str, written: frozenset[str]) -> None:
        """written: the tables that have rows."""
        self._shelf, self._take, self._written = shelf, take, written
        self._read: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._read:
            schema = TABLES[name]
            stands = name in self._written
            path = _table_path(self._take, name)
            self._read[name] = self._shelf.table(path, schema) if stands else schema.empty_table()
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def put_take(shelf: Shelf, take: Take) -> None:
    """Writes a take, `take.json` last; one that stands already is only claimed anew.

    Words that stand already are left alone, for somebody may have been erased from them.
    """
    path = _description_path(take.name)
    if not shelf.has(path):
        for name, table in take.tables.items():
            if table.num_rows:
                shelf.put_table(_table_path(take.name, name), table)
    if not shelf.has(words_path(take.name)):
        put_problems(shelf, take.name, take.problems)
        shelf.put_table(words_path(take.name), take.words)
    shelf.put_json(path, _described(take))


def read_take(shelf: Shelf, name: str) -> Take:
    """A take as it was written; its tables are read when they are asked for."""
    stored = shelf.json(_description_path(name))
    return Take(
        name=name,
        source=stored["source"],
        file=stored["file"],
        reader=stored["reader"],
        registers=tuple(stored["registers"]),
        as_at=_date(stored["as_at"]),
        mapping=_mapping(stored["mapping"]),
        tables=StoredTables(shelf, name, frozenset(stored["tables"])),
        words=read_words(shelf, name),
        problems=read_problems(shelf, name),
        rows_in=stored["rows_in"],
        rows_taken=stored["rows_taken"],
        rows_left_out=stored["rows_left_out"],
    )


def words_path(take: str) -> str:
    """Where a take's words lie."""
    return f"words/{take}/words.parquet"


def read_words(shelf: Shelf, take: str) -> pa.Table:
    """A take's words as they stand now."""
    return shelf.table(words_path(take), WORDS)


def put_problems(shelf: Shelf, take: str, problems: tuple[Problem, ...]) -> None:
    """Problems show cells as they stand, which are words."""
    lines = (json.dumps(asdict(each), ensure_ascii=False, sort_keys=True) for each in problems)
    shelf.put_text(_problems_path(take), "".join(f"{line}\n" for line in lines))


def read_problems(shelf: Shelf, take: str) -> tuple[Problem, ...]:
    """A take's problems as they stand now."""
    lines = shelf.text(_problems_path(take)).split("\n")
    return tuple(Problem(**json.loads(line)) for line in lines if line)


def _table_path(take: str, table: str) -> str:
    return f"takes/{take}/{table}.parquet"


def _description_path(take: str) -> str:
    return f"takes/{take}/take.json"


def _problems_path(take: str) -> str:
    return f"words/{take}/problems.jsonl"


def _described(take: Take) -> dict[str, object]:
    return {
        "source": take.source,
        "file": take.file,
        "reader": take.reader,
        "registers": list(take.registers),
        "as_at": take.as_at.isoformat() if take.as_at else None,
        "mapping": [_layout(sheet) for sheet in take.mapping.sheets],
        "tables": [name for name, table in take.tables.items() if table.num_rows],
        "rows_in": take.rows_in,
        "rows_taken": take.rows_taken,
        "rows_left_out": take.rows_left_out,
    }


def _layout(sheet: layout.SheetMapping) -> dict[str, object]:
    """A layout without the values it was guessed from: those are words."""
    columns = [{**asdict(column), "seen": ()} for column in sheet.columns]
    return {**asdict(sheet), "columns": columns, "as_at": sheet.as_at and sheet.as_at.isoformat()}


def _mapping(sheets: list[dict[str, Any]]) -> layout.Mapping:
    return layout.Mapping(sheets=tuple(_sheet(each) for each in sheets))


def _sheet(stored: dict[str, Any]) -> layout.SheetMapping:
    columns = tuple(
        layout.ColumnMapping(**{**column, "seen": tuple(column["seen"])})
        for column in stored["columns"]
    )
    where = tuple(
        layout.Filter(**{**each, "values": tuple(each["values"])}) for each in stored["where"]
    )
    rest = {
        **stored,
        "columns": columns,
        "where": where,
        "as_at": _date(stored["as_at"]),
        "unknown": tuple(stored["unknown"]),
    }
    return layout.SheetMapping(**rest)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
