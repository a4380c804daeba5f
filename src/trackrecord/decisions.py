"""What people decided about the evidence: a value each, which changes no row.

SameProject, NotSameProject   two Keys are, or are not, one project
Correction                    a cell says one thing and should say another
CauseAgreed                   a project has a cause, and who says so
Confirmed                     a project's owner has seen its figures and stands by them

A decision speaks of Keys.  Where its Key is in no take it lies idle; it wakes when the file returns.
The digest of a set of decisions is a part of the name of an edition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import pyarrow as pa

from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.keys import Key
from trackrecord.tables import PLACE, TABLES

Value = str | int | float | bool | date | datetime | None
Weight = Literal["primary", "contributing"]

_NOT_CORRECTABLE: Final = frozenset(name for name, _ in PLACE) | {"item_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SameProject:
    """Two Keys are one project.

    by: an opaque person id.  on: the day it was decided.  The order of a and b means nothing.
    """

    a: Key
    b: Key
    by: str
    on: date

    def __post_init__(self) -> None:
        _set_pair(self, self.a, self.b)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSameProject:
    """Two Keys are two projects, whatever other links would make of them.

    Fields as in SameProject.
    """

    a: Key
    b: Key
    by: str
    on: date

    def __post_init__(self) -> None:
        _set_pair(self, self.a, self.b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A cell said `was`; it should say `is_`.

    project, item_id: whose cell.  table, column: where it stands, by the names of
    trackrecord.tables.  was, is_: in canonical units (dates, minor units of money, fractions);
    None is a blank.
    It holds in every row that still says `was`.  Raises UnknownName or EvidenceError at birth where
    there is no such column or a value does not fit it.
    """

    project: Key
    table: str
    column: str
    was: Value
    is_: Value
    by: str
    on: date
    item_id: str | None = None

    def __post_init__(self) -> None:
        if self.table not in TABLES:
            raise UnknownName(kind="table", name=self.table, known=sorted(TABLES))
        correctable = [name for name in TABLES[self.table].names if name not in _NOT_CORRECTABLE]
        if self.column not in correctable:
            raise UnknownName(kind="column", name=self.column, known=correctable)
        for field in ("was", "is_"):
            object.__setattr__(self, field, self._fitting(getattr(self, field)))

    @property
    def type(self) -> pa.DataType:
        """The type of the cell."""
        return TABLES[self.table].field(self.column).type

    def _fitting(self, value: Value) -> Value:
        try:
            fitting: Value = pa.scalar(value, self.type).as_py()
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, OverflowError):
            raise EvidenceError(
                f"{value!r} does not fit {self.table}.{self.column} ({self.type}). "
                "Give a value of that kind."
            ) from None
        return fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseAgreed:
    """A project has this cause (or, with agreed=False, the coding was looked at and refused).

    cause: a name of the taxonomy or the user's own.  share_of_loss: fraction 0-1 where known.
    by: an opaque person id, whoever coded it.
    """

    project: Key
    cause: str
    by: str
    on: date
    weight: Weight | None = None
    share_of_loss: float | None = None
    agreed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The owner of a project has seen its figures and stands by them."""

    project: Key
    by: str
    on: date


Decision = SameProject | NotSameProject | Correction | CauseAgreed | Confirmed

_KINDS: Final[dict[str, type[Decision]]] = {
    "same": SameProject,
    "not-same": NotSameProject,
    "correction": Correction,
    "cause": CauseAgreed,
    "confirmed": Confirmed,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def keys_of(decision: Decision) -> tuple[Key, ...]:
    """The Keys a decision speaks of."""
    if isinstance(decision, SameProject | NotSameProject):
        return decision.a, decision.b
    return (decision.project,)


def kind_of(decision: Decision) -> str:
    """What a decision's line calls it: "same", "correction", ..."""
    return _NAMES[type(decision)]


def to_lines(decisions: Iterable[Decision]) -> str:
    """Decisions as JSON lines, sorted, each once; `from_lines` gives them back."""
    return "".join(f"{line}\n" for line in sorted({_to_line(each) for each in decisions}))


def from_lines(text: str) -> tuple[Decision, ...]:
    """Decisions from JSON lines, in their one order.

    Raises EvidenceError with the number of a line that is none.
    """
    decisions = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            decisions.append(_from_line(line))
        except (KeyError, TypeError, ValueError) as wrong:
            raise EvidenceError(
                f"Line {number} of the decisions is not one: {wrong}. Restore the file."
            ) from None
    return tuple(decisions)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions, each once, in the one order they are written in."""
    by_line = {_to_line(each): each for each in decisions}
    return tuple(by_line[line] for line in sorted(by_line))


def digest(decisions: Iterable[Decision]) -> str:
    """SHA-256 of a set of decisions; the order they were made in does not matter."""
    return hashlib.sha256(to_lines(decisions).encode()).hexdigest()


def _set_pair(decision: SameProject | NotSameProject, a: Key, b: Key) -> None:
    if a == b:
        raise EvidenceError(f"{a.key} in {a.register} is one project with itself. Name two.")
    first, second = sorted((Key(*a), Key(*b)))
    object.__setattr__(decision, "a", first)
    object.__setattr__(decision, "b", second)


def _to_line(decision: Decision) -> str:
    fields = {name: getattr(decision, name) for name in type(decision).__slots__}
    plain = {"decision": _NAMES[type(decision)], **fields}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, default=_isoformat)


def _isoformat(value: date | datetime) -> str:
    return value.isoformat()


def _from_line(line: str) -> Decision:
    fields: dict[str, Any] = json.loads(line)
    kind = _KINDS[fields.pop("decision")]
    fields["on"] = date.fromisoformat(fields["on"])
    for name in ("a", "b", "project"):
        if name in fields:
            fields[name] = Key(*fields[name])
    if kind is Correction:
        column = TABLES[fields["table"]].field(fields["column"]).type
        for name in ("was", "is_"):
            fields[name] = _parsed(fields[name], column)
    return kind(**fields)


def _parsed(value: Value, column: pa.DataType) -> Value:
    if isinstance(value, str) and pa.types.is_date(column):
        return date.fromisoformat(value)
    if isinstance(value, str) and pa.types.is_timestamp(column):
        return datetime.fromisoformat(value)
    return value
