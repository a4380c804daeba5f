"""What the columns of a sheet mean: the value that guessing makes, people correct and reading obeys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal

Level = Literal["projects", "items"]
DateOrder = Literal["day-first", "month-first", "year-first"]
DecimalMark = Literal[".", ","]
Sign = Literal[1, -1]

_PLANS: Final = ("start", "finish", "cost", "benefit", "effort")

# What a column can mean.  The level of the sheet decides whether dates, state, kind and the like
# are the project's or the item's.
FIELDS: Final[dict[str, str]] = {
    "key": "key",
    "item_id": "key",
    "name": "words",
    "item_name": "words",
    "narrative": "words",
    "description": "words",
    "current_reason": "words",
    "org_unit": "text",
    "kind": "text",
    "cause": "text",
    "percent_complete_type": "text",
    "currency": "currency",
    "manager": "person",
    "sponsor": "person",
    "state": "state",
    "rag": "rating",
    "started": "date",
    "finished": "date",
    "due": "date",
    "as_at": "date",
    "current_approved_on": "date",
    "forecast_finish": "date",
    "duration_days": "days",
    "finish_change_days": "days",
    "latest_finish_change_days": "days",
    "finish_variance_days": "days",
    "cost_actual": "money",
    "benefit_actual": "money",
    "forecast_cost": "money",
    "pv": "money",
    "ev": "money",
    "ac": "money",
    "cost_change": "money",
    "latest_cost_change": "money",
    "cost_variance": "money",
    "effort_actual": "hours",
    "estimate": "hours",
    "actual": "hours",
    "percent_complete": "share",
    "cause_share": "share",
    "baseline_seq": "count",
    **{
        f"{which}_{part}": {"start": "date", "finish": "date", "effort": "hours"}.get(part, "money")
        for which in ("original", "current", "planned")
        for part in _PLANS
    },
}
"""Every field a column may mean, with the shape of its values: key, text, words, person, state,
rating, date, days, hours, money, share, currency or count."""

# Fields that several columns of one sheet may share; every other field belongs to one column.
SHARED: Final = frozenset({"rag", "narrative", "description"})


SETTING_FITS: Final[dict[str, frozenset[str]]] = {
    "unit": frozenset({"days", "hours"}),
    "currency": frozenset({"money"}),
}
"""Settings that mean something for some shapes of values only; for others they are a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What one column means, how its cells are to be read, and why we think so.

    header: as it stands in the file.  field: one of FIELDS, or None for a column left in words.
    currency: ISO code where header or file says it.  scale: what one unit of the cell is worth in
    units of the field (1e6 for "£m", 0.01 for a column of per cents); None counts as 1.  sign: -1
    where the source writes later or dearer as negative, 1 where as positive; None, where nothing
    settles which, leaves values as they stand.  magnitude: the source writes no sign at all.
    date_order, decimal: None where no cell needs them or nothing settles them.
    unit: "days", "weeks", "months", "years", "hours" of a duration or an effort.
    rating_scale: "3" or "5" where header or values say so.
    confidence: 0-1.  because: words for the user.  seen: a few values as they stand.
    group: asked for by `--by`.  looks: "date" or "money" of a column that holds such and was not
    understood, unless a person left it so.
    """

    header: str
    field: str | None = None
    currency: str | None = None
    scale: float | None = None
    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
    sign: Sign | None = None
    magnitude: bool = False
    unit: str | None = None
    rating_scale: Literal["3", "5"] | None = None
    confidence: float = 0.0
    because: str = ""
    seen: tuple[str, ...] = ()
    group: bool = False
    looks: Literal["date", "money"] | None = None

    @property
    def turn(self) -> Sign:
        """What the sign of a value is multiplied by."""
        return 1 if self.sign is None else self.sign

    @property
    def worth(self) -> float:
        """What one unit of a cell is worth in units of the field, whatever its sign."""
        return 1.0 if self.scale is None else self.scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Keep the rows whose `header` has one of `values` (or, negated, none of them).

    Values are compared as text, trimmed.  A blank cell has the value "".
    """

    header: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """What the columns of one sheet mean together.

    register: which register the sheet is an export of.  level: what one row is.
    as_at: the day the sheet speaks of where its title or the file's name says so, or as given;
    None where a column says it, or nothing does.
    file: the name of the file it was made for; "" where it was written by hand.
    unknown: headers this mapping was not made for; they were guessed when it was applied.
    """

    register: str
    level: Level
    columns: tuple[ColumnMapping, ...]
    as_at: date | None = None
    where: tuple[Filter, ...] = ()
    file: str = ""
    because: str = ""
    unknown: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[ColumnMapping]:
        return iter(self.columns)

    @property
    def header(self) -> tuple[str, ...]:
        """The headers of the sheet this mapping was made for: its layout."""
        return tuple(column.header for column in self.columns)

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides how cells are read; not of words and confidences."""
        decisive = asdict(self)
        for words in ("file", "because", "unknown"):
            del decisive[words]
        for column in decisive["columns"]:
            for words in ("confidence", "because", "seen", "looks"):
                del column[words]
        text = json.dumps(decisive, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_field(self, field: str) -> tuple[ColumnMapping, ...]:
        """The columns that mean `field`, in the order of the sheet."""
        return tuple(column for column in self.columns if column.field == field)

    def has(self, *fields: str) -> bool:
        """Whether some column means one of `fields`."""
        return any(column.field in fields for column in self.columns)


def header_digest(header: Sequence[str]) -> str:
    """SHA-256 of the headers of a sheet: by it a layout is known again, whatever its file is called."""
    return hashlib.sha256(json.dumps(list(header), ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The mappings of several sheets, found again by the layout of their headers."""

    sheets: tuple[SheetMapping, ...] = ()
