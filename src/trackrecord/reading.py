"""From files to a Record: read, map, take."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from trackrecord import collector, readers
from trackrecord import mapping as mapped
from trackrecord.errors import MappingError, NoRowsTaken, UnreadableSource
from trackrecord.groups import MOST_GROUPS, are_groups
from trackrecord.layout import FIELDS, ColumnMapping, Filter, Mapping, SheetMapping
from trackrecord.problem import Problem
from trackrecord.readers.source import Sheet, Source
from trackrecord.record import Record
from trackrecord.take import Take, Told, in_silence, take
from trackrecord.values.filters import WITHOUT_ROWS

_KNOWN_ALREADY: Final = frozenset({"org_unit", "kind", "state"})
"""Columns that measures can compare by although no header is called so."""


@collector.at_rest()
def read(
    *paths: str | Path,
    mapping: str | Path | Mapping | None = None,
    where: str | Filter | Sequence[str | Filter] = (),
    by: str | Sequence[str] | None = None,
    claim: Sequence[str] = (),
    as_at: date | None = None,
    register: str | None = None,
    salt: str = "",
) -> Record:
    """Reads files into a Record.

    mapping: a saved mapping or the path of one; what it does not know is guessed.
    where: filters, "COLUMN=VALUE" or "COLUMN!=A,B", by headers as they stand in the files.
    by: headers of columns to compare by.  as_at: the day all files speak of, where they do not say.
    claim: headers of columns that a claim names (`Registration.columns`): units, kinds, days.
    register: the one register all files are exports of, where their names do not say.
    salt: goes into the opaque ids of people.
    Raises UnreadableSource for a file that cannot be read, NoRowsTaken for one that gives no row,
    MappingError where a filter or a column to compare by fits none of a file's sheets.
    """
    known = _known(mapping)
    filters = (where,) if isinstance(where, str | Filter) else tuple(where)
    columns = (by,) if isinstance(by, str) else tuple(by or ())
    record = Record()
    for path, name in _told_apart([Path(path) for path in paths]):
        source = _called(readers.read(path), name)
        layouts = [mapped.apply(known, sheet) for sheet in source.sheets]
        layouts = _filtered(source, layouts, filters)
        layouts = _grouped(source, layouts, columns)
        layouts = _grouped(source, layouts, claim, own_values=True)
        taken = _taken(source, layouts, register=register, as_at=as_at, salt=salt)
        record = record.with_take(taken)
    return record


@collector.at_rest()
def source_of(path: Path, *, name: str) -> Source:
    """Everything in one file that is kept under another name than its own.

    name: what the file is called; it is also what every sentence about it says.
    Raises UnreadableSource.
    """
    try:
        return _called(readers.read(path), name)
    except UnreadableSource as error:
        raise error.called(name) from error


@collector.at_rest()
def take_of(
    source: Source,
    mapping: Mapping,
    *,
    as_at: date | None = None,
    register: str | None = None,
    salt: str = "",
    told: Told = in_silence,
) -> Take:
    """What `read` takes of a source.

    mapping: one layout for each sheet in order, as an earlier take used them, is obeyed as it stands;
    of any other, what it does not know is guessed.
    told: hears how many rows of how many have been read.
    Raises NoRowsTaken and MappingError as `read` does.
    """
    as_used = [layout.header for layout in mapping.sheets] == [s.header for s in source.sheets]
    used = as_used and all(layout.file in ("", source.file) for layout in mapping.sheets)
    layouts = mapping.sheets if used else [mapped.apply(mapping, each) for each in source.sheets]
    return _taken(source, layouts, register=register, as_at=as_at, salt=salt, told=told)


def _taken(
    source: Source,
    layouts: Sequence[SheetMapping],
    *,
    register: str | None,
    as_at: date | None,
    salt: str,
    told: Told = in_silence,
) -> Take:
    mapping = Mapping(sheets=tuple(layouts))
    taken = take(source, mapping, register=register, as_at=as_at, salt=salt, told=told)
    _refuse_empty(taken, source)
    return taken


def _told_apart(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Each path, and the file's name: with its folder where two files are called alike."""
    names = Counter(path.name for path in dict.fromkeys(paths))
    return [
        (path, path.name if names[path.name] == 1 else f"{path.absolute().parent.name}/{path.name}")
        for path in paths
    ]


def _called(source: Source, file: str) -> Source:
    """The source under another name; the tables of schedules get theirs when they are taken."""
    if source.file == file:
        return source
    return replace(
        source,
        file=file,
        sheets=tuple(replace(sheet, file=file) for sheet in source.sheets),
        schedules=tuple(replace(schedule, file=file) for schedule in source.schedules),
        problems=tuple(replace(problem, file=file) for problem in source.problems),
    )


def _known(given: str | Path | Mapping | None) -> Mapping:
    if given is None or isinstance(given, Mapping):
        return given or Mapping()
    try:
        text = Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise MappingError(
            f"{given}: the mapping cannot be read ({wrong}). Give the path of a saved mapping.toml."
        ) from None
    return mapped.from_toml(text, file=str(given))


def _filtered(
    source: Source, layouts: list[SheetMapping], filters: Sequence[str | Filter]
) -> list[SheetMapping]:
    """The layouts with the filters that speak of a column of theirs."""
    for each in filters:
        fitting = [_filter(each, layout.header) for layout in layouts]
        if layouts and not any(fitting):
            column = each.header if isinstance(each, Filter) else each.split("=")[0].rstrip("!")
            raise _no_such_column(source, layouts, column)
        layouts = [
            replace(layout, where=tuple(dict.fromkeys((*layout.where, filter_))))
            if filter_
            else layout
            for layout, filter_ in zip(layouts, fitting, strict=True)
        ]
    return layouts


def _filter(wanted: str | Filter, header: Sequence[str]) -> Filter | None:
    """The filter, where one of the headers is its column; "A=B=C" may be about a column "A=B"."""
    if isinstance(wanted, Filter):
        return wanted if wanted.header in header else None
    for sign in re.finditer("=", wanted):
        column, values = wanted[: sign.start()], wanted[sign.end() :]
        negated = column.endswith("!") and column not in header
        found = _header(column.removesuffix("!") if negated else column, header)
        if found is not None:
            listed = next(csv.reader([values], skipinitialspace=True), [""])
            return Filter(
                header=found, values=tuple(value.strip() for value in listed), negated=negated
            )
    return None


def _grouped(
    source: Source,
    layouts: list[SheetMapping],
    columns: Sequence[str],
    *,
    own_values: bool = False,
) -> list[SheetMapping]:
    """The layouts with the columns to compare by marked.

    own_values: they may hold what is each project's own, such as a day.
    Raises MappingError for a person's, and for one that holds words rather than groups.
    """
    for name in columns:
        fitting = [_header(name, layout.header) for layout in layouts]
        if layouts and not any(fitting) and name not in _KNOWN_ALREADY:
            raise _no_such_column(source, layouts, name)
        layouts = [
            replace(layout, columns=tuple(_marked(column, found) for column in layout.columns))
            for layout, found in zip(layouts, fitting, strict=True)
        ]
        for sheet, header in zip(source.sheets, fitting, strict=True):
            if header is not None and not own_values:
                _refuse_words(sheet, header)
    return layouts


def _refuse_words(sheet: Sheet, header: str) -> None:
    """Raises MappingError where nearly every row of a column says something else."""
    cells = [cell for cell in sheet.columns[sheet.header.index(header)] if cell not in (None, "")]
    values = len(set(cells))
    if not are_groups(values, len(cells)):
        raise MappingError(
            f"{sheet.file}: {' '.join(header.split())!r} has {values:,} different values in "
            f"{len(cells):,} rows, so it is free text rather than groups. Choose a column with at most "
            f"{MOST_GROUPS}, each shared by several projects."
        )


def _marked(column: ColumnMapping, found: str | None) -> ColumnMapping:
    if column.header != found:
        return column
    if FIELDS.get(column.field or "") == "person":
        raise MappingError(
            f"{column.header!r} names people, and figures are not compared by person. "
            "Choose a column about the projects."
        )
    return replace(column, group=True)


def _header(wanted: str, header: Sequence[str]) -> str | None:
    """The header that was meant: exactly, else but for case and breaks between words."""
    if wanted in header:
        return wanted
    plain = " ".join(wanted.split()).casefold()
    return next((each for each in header if " ".join(each.split()).casefold() == plain), None)


def _no_such_column(source: Source, layouts: Sequence[SheetMapping], wanted: str) -> MappingError:
    known = dict.fromkeys(" ".join(each.split()) for layout in layouts for each in layout.header)
    return MappingError(
        f"{source.file} has no column {wanted!r}. It has: {'; '.join(known)}. Name one of them."
    )


def _refuse_empty(taken: Take, source: Source) -> None:
    if taken.rows_taken:
        return
    if taken.rows_left_out and not taken.rows_in:
        raise _all_left_out(taken)
    reasons = [each for each in taken.problems if each.extent in ("row", "file")]
    raise NoRowsTaken(
        file=taken.file,
        rows_in=taken.rows_in or sum(len(sheet.rows) for sheet in source.sheets),
        first_problem=_sentence(reasons[0]) if reasons else "",
    )


def _all_left_out(taken: Take) -> MappingError:
    nothing = f"{taken.file}: the filter left none of its {taken.rows_left_out:,} rows"
    strange = [each for each in taken.problems if each.code == WITHOUT_ROWS]
    if not strange:
        return MappingError(
            f"{nothing}, although each value it names is there. Leave a part of it away."
        )
    first = strange[0]
    return MappingError(
        f"{nothing}: none has {first.found!r} in {' '.join(first.column.split())!r}, "
        f"which has {first.expected.partition(': ')[2]}. {first.todo}"
    )


def _sentence(problem: Problem) -> str:
    place = f"Row {problem.row}" if problem.row else problem.sheet and f"Sheet {problem.sheet!r}"
    wanted = f"expected {problem.expected}" if problem.expected else problem.code
    return f"{place or problem.file}: {wanted}. {problem.todo}"
