"""One sheet becomes rows of the canonical tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.problem import Problem
from trackrecord.tables import WORDS
from trackrecord.taking import coded, items, projects, written
from trackrecord.taking.actuals import with_actuals
from trackrecord.taking.admission import Admission, Positions, admit, found, header
from trackrecord.taking.columns import LONGEST_DAYS, Columns
from trackrecord.taking.place import Export, place, row_numbers
from trackrecord.values import Typed

NOT_USED: Final = "column-not-used"
"""The code of the Problem of a column of dates or money that was not understood."""

_HELD: Final = {"date": "dates", "money": "amounts"}
_LENGTHS: Final = frozenset({"duration_days", "finish_change_days"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one sheet or schedule of a source gives to its take.

    presumes_state: no column says how projects end, so that they are open is a presumption.
    """

    register: str
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    words: pa.Table = field(default_factory=WORDS.empty_table)
    problems: tuple[Problem, ...] = ()
    rows_in: int = 0
    rows_taken: int = 0
    rows_left_out: int = 0
    presumes_state: bool = False


def take_sheet(typed: Typed, *, register: str, export: Export) -> Part:
    """Sorts a sheet's rows and builds its tables.

    A sheet in which no column means anything (a legend, a cover) is no register: its rows are not
    rows in, and one Problem says that it was passed over.
    """
    if not typed.columns:
        return Part(register=register, problems=(_passed_over(typed),))
    worked_out: tuple[Problem, ...] = ()
    if typed.mapping.level == "projects":
        typed, worked_out = with_actuals(typed)
    admission = admit(typed, register=register)
    taken = Columns(typed, pa.array(admission.taken))
    whole = _place(typed, admission, register=register, export=export)
    build = _projects_level if typed.mapping.level == "projects" else _items_level
    tables, ids, problems = build(typed, admission, whole)
    here = taken.narrowed(whole)
    texts = written.words(taken, typed.words, here, ids)
    tables["groups"] = written.groups(taken, typed.groups, here, ids)
    kept = _of_rows_asked_for(typed)
    return Part(
        register=register,
        tables=tables,
        words=texts,
        problems=(*kept, *_not_used(typed), *worked_out, *admission.problems, *problems),
        rows_in=admission.rows_in,
        rows_taken=len(admission.taken),
        rows_left_out=len(typed.sheet.rows) - admission.rows_in,
        presumes_state=not taken.has("state", "finished", "duration_days"),
    )


def _place(typed: Typed, admission: Admission, *, register: str, export: Export) -> pa.Table:
    return place(
        register=register,
        keys=admission.keys,
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        rows=row_numbers(typed.sheet.rows),
        days=typed.columns.get("as_at"),
        export=export,
    )


def _projects_level(
    typed: Typed, admission: Admission, whole: pa.Table
) -> tuple[dict[str, pa.Table], pa.Array, tuple[Problem, ...]]:
    firsts = Columns(typed, pa.array(admission.firsts))
    taken = Columns(typed, pa.array(admission.taken))
    here = taken.narrowed(whole)
    tables = {
        "projects": projects.projects(firsts, firsts.narrowed(whole)),
        "baselines": projects.baselines(taken, here),
        "reports": projects.reports(firsts, firsts.narrowed(whole)),
        "causes": coded.causes(taken, here),
    }
    ids = pa.nulls(len(taken), pa.string())
    impossible = _impossible(typed, admission.firsts, projects.project_lengths(firsts))
    return tables, ids, (*impossible, *_too_long(typed, admission.firsts))


def _items_level(
    typed: Typed, admission: Admission, whole: pa.Table
) -> tuple[dict[str, pa.Table], pa.Array, tuple[Problem, ...]]:
    firsts = Columns(typed, pa.array(admission.firsts))
    taken = Columns(typed, pa.array(admission.taken))
    first_place, here = firsts.narrowed(whole), taken.narrowed(whole)
    first_ids = firsts.get("item_id", pa.string())
    tables = {
        "projects": items.projects_of_items(first_place),
        "items": items.items(firsts, first_place, first_ids),
        "item_baselines": items.item_baselines(firsts, first_place, first_ids),
        "roles": items.roles(taken, here),
    }
    differences = items.differences(typed, admission.taken, admission.leaders)
    return tables, taken.get("item_id", pa.string()), differences


def _impossible(
    typed: Typed, positions: Positions, lengths: projects.Lengths
) -> tuple[Problem, ...]:
    """A Problem for each project that finished before it started."""
    column = "finished" if "finished" in typed.columns else "duration_days"
    if column not in typed.columns:
        return ()
    rows = positions[lengths.impossible.to_numpy(zero_copy_only=False)]
    started = typed.columns.get("started")
    return tuple(
        Problem(
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            row=int(typed.sheet.rows[row]),
            column=header(typed, column),
            found=found(typed.columns[column][row].as_py()),
            expected="not before the start"
            + (f", {started[row].as_py()}" if started is not None else ""),
            todo="Correct one of the two dates; until then this project has no duration.",
            code="finished-before-started",
        )
        for row in rows.tolist()
    )


def _too_long(typed: Typed, positions: Positions) -> tuple[Problem, ...]:
    """A Problem for each length in days that no project has; it is missing in the tables."""
    rows = pa.array(positions)
    lengths = {field: typed.columns[field].take(rows) for field in _LENGTHS & set(typed.columns)}
    return tuple(
        Problem(
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            row=int(typed.sheet.rows[positions[place]]),
            column=header(typed, field),
            found=found(days[place].as_py()),
            expected=f"at most {LONGEST_DAYS} days",
            todo="Correct the number, or say its unit in the mapping.",
            code="days-out-of-range",
        )
        for field, days in sorted(lengths.items())
        for place in pc.indices_nonzero(pc.greater(pc.abs(days), LONGEST_DAYS)).to_pylist()
    )


def _of_rows_asked_for(typed: Typed) -> tuple[Problem, ...]:
    """Problems of the sheet's cells, without those of rows that the filters leave out."""
    kept = typed.keep.to_pylist()
    if all(kept):
        return typed.problems
    left_out = {row for row, keep in zip(typed.sheet.rows, kept, strict=True) if not keep}
    return tuple(each for each in typed.problems if each.row == 0 or each.row not in left_out)


def _not_used(typed: Typed) -> tuple[Problem, ...]:
    """A Problem for each column of dates or money that was not understood."""
    return tuple(
        Problem(
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            column=column.header,
            found=found(", ".join(column.seen)),
            expected=f"a header that says what {_HELD[column.looks]} it holds",
            todo="Say in the mapping what the column means; it was not used.",
            extent="column",
            code=NOT_USED,
        )
        for column in typed.mapping
        if column.looks and not column.group
    )


def _passed_over(typed: Typed) -> Problem:
    return Problem(
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        found=found(", ".join(typed.sheet.header)),
        expected="columns of a register",
        todo="Nothing, if this sheet is a note or a legend; else say in the mapping what its "
        "columns mean.",
        extent="file",
        code="sheet-passed-over",
    )
