"""A claim, written down before the data are looked at (methods.md 5.1).

A registration is a short TOML file.  Its hash covers everything that decides the verdict, so that a claim
changed after the fact is another claim.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from math import log
from pathlib import Path
from typing import Any, Final, Literal

from trackrecord.errors import EvidenceError

MEASURES: Final = (
    *("cost_overrun", "schedule_overrun", "schedule_slip_days", "duration_days"),
    *("benefit_shortfall", "rag"),
)
PATHS: Final = ("a", "b", "c", "d", "e")
SELECTIONS: Final = ("past results", "not past results")
LEAST_EFFECT: Final = 0.1
HORIZON: Final = 1.25

_FILTER: Final = re.compile(r"^(?P<column>.+?)\s*(?P<sign>!?=)(?P<values>.*)$")


class RegistrationError(EvidenceError):
    """A claim that cannot be meant; the text says which entry and what to write."""


@dataclass(frozen=True, slots=True)
class Only:
    """Rows whose column has one of some values, or none of them."""

    column: str
    values: tuple[str, ...]
    negated: bool = False

    @classmethod
    def of(cls, text: str) -> Only:
        """From "COLUMN=A,B" or "COLUMN!=A,B".  Raises RegistrationError."""
        match = _FILTER.match(text)
        if match is None:
            raise RegistrationError(
                f"{text!r} is no filter. Write COLUMN=VALUE or COLUMN!=A,B with the header as in the file."
            )
        values = next(csv.reader([match["values"]], skipinitialspace=True), [""])
        return cls(
            match["column"].strip(), tuple(each.strip() for each in values), match["sign"] == "!="
        )


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What is claimed, of what, since when, and against whom.

    direction: whether "lower" or "higher" is good; the measure's own unless told.
    since: one start for all.  since_by: a start for each unit.  since_column: the column that holds it.
    unit: the column of units.  kind: the column of classes of work ("class" in the file).
    cohort: the column whose day puts a project before or after; its approval, else its start, unless
    told.  start, end: the first and last day of that which counts.
    where: the projects the change was for.  comparison: those it was not for.
    selection: whether units were chosen for their past results; None: not said.
    least_effect: the smallest change worth having: a share (0.1 is a tenth less) for overruns, durations
    and ratings, days for days; None for the default.
    horizon: at which multiple of the planned time projects are compared.
    path, t_opt: see methods 5.4; None for the default.  looks: how often the claim is to be read.
    negative_controls: units the change cannot have reached.  placebo_measure: one it cannot affect.
    registered_on: the day it was written down; None: it was not.
    """

    measure: str
    direction: Literal["lower", "higher"] | None = None
    since: date | None = None
    since_by: Mapping[str, date] = field(default_factory=dict)
    since_column: str | None = None
    unit: str | None = None
    kind: str | None = None
    cohort: str | None = None
    start: date | None = None
    end: date | None = None
    where: tuple[Only, ...] = ()
    comparison: tuple[Only, ...] = ()
    selection: Literal["past results", "not past results"] | None = None
    least_effect: float | None = None
    horizon: float = HORIZON
    path: Literal["a", "b", "c", "d", "e"] | None = None
    t_opt: float | None = None
    looks: str | None = None
    negative_controls: tuple[str, ...] = ()
    placebo_measure: str | None = None
    registered_on: date | None = None

    def __post_init__(self) -> None:
        _check(self)

    @property
    def staggered(self) -> bool:
        """Whether units started at different times."""
        return bool(self.since_by) or self.since_column is not None

    @property
    def hash(self) -> str:
        """The SHA-256 of everything it says."""
        said = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def columns(self) -> list[str]:
        """Every column it names, each once: what the files must be read with."""
        named = [self.unit, self.kind, self.cohort, self.since_column]
        named += [only.column for only in (*self.where, *self.comparison)]
        return list(dict.fromkeys(each for each in named if each))

    def worthwhile(self, planned_days: float) -> float:
        """The least worthwhile effect on the scale of the outcome: log ratio, days or share.

        planned_days: how long projects are planned to take, the measure of what a few days are worth.
        """
        if self.measure == "schedule_slip_days":
            return self.least_effect or LEAST_EFFECT * planned_days
        least = LEAST_EFFECT if self.least_effect is None else self.least_effect
        return least if self.measure == "rag" else -log(1 - least)


def from_toml(text: str, *, file: str = "the registration") -> Registration:
    """The claim a file registers.

    Raises RegistrationError for whatever it cannot mean, in a sentence.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise RegistrationError(f"{file} is not TOML: {wrong}. Correct that line.") from None
    claimed = said.pop("hash", None)
    try:
        made = Registration(**_named(said))
    except RegistrationError as wrong:
        raise RegistrationError(f"{file}: {wrong}") from None
    if claimed is not None and claimed != made.hash:
        raise RegistrationError(
            f"{file}: its hash is not that of what it says, so it was changed after it was registered. "
            "Restore it, or take the hash away and register it anew with today's date."
        )
    return made


def read(path: Path) -> Registration:
    """The claim registered in a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise RegistrationError(
            f"{path}: the registration cannot be read ({wrong}). Give the path of a TOML file."
        ) from None
    return from_toml(text, file=path.name)


_IN_FILE: Final = {"class": "kind", "registered": "registered_on"}
_KNOWN: Final = {each.name for each in fields(Registration)}
_SHAPES: Final[Mapping[str, tuple[type[Any], str]]] = {
    **dict.fromkeys(("since", "start", "end", "registered_on"), (date, "a day such as 2024-03-31")),
    **dict.fromkeys(("measure", "direction", "since_column", "unit"), (str, "a text in quotes")),
    **dict.fromkeys(("kind", "cohort", "selection", "path", "looks"), (str, "a text in quotes")),
    "placebo_measure": (str, "a text in quotes"),
    **dict.fromkeys(("least_effect", "horizon", "t_opt"), (float, "a number")),
    "since_by": (dict, "a table of units and days"),
}


def _named(said: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for written, value in said.items():
        name = _IN_FILE.get(written, written)
        if name not in _KNOWN or written == "kind":
            known = sorted({*(_KNOWN - {"kind", "registered_on"}), *_IN_FILE, "hash"})
            raise RegistrationError(f"{written!r} means nothing. Known: {', '.join(known)}.")
        given[name] = _valued(name, written, value)
    if "measure" not in given:
        raise RegistrationError(f"it names no measure. Write one of {', '.join(MEASURES)}.")
    return given


def _valued(name: str, written: str, value: Any) -> Any:
    if name in ("where", "comparison"):
        listed = [value] if isinstance(value, str) else value
        return tuple(Only.of(each) for each in _texts(written, listed))
    if name == "negative_controls":
        return tuple(_texts(written, value))
    kind, wanted = _SHAPES[name]
    if kind is date:
        return day_of(value, written)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind):
        raise RegistrationError(f"{written} is {value!r}. Write {wanted}.")
    if isinstance(value, dict):
        return {unit: day_of(each, f"the start of {unit}") for unit, each in value.items()}
    return value


def _texts(written: str, value: Any) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RegistrationError(
            f"{written} is {value!r}. Write texts in quotes, in square brackets."
        )
    return value


def day_of(value: Any, what: str) -> date:
    """A day as TOML or a command line gives it.  Raises RegistrationError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise RegistrationError(
            f"{what} is {value!r}, which is not a day. Write one such as 2024-03-31."
        ) from None


def _check(claim: Registration) -> None:
    one_of = [
        ("measure", claim.measure, MEASURES),
        ("placebo_measure", claim.placebo_measure, MEASURES),
        ("direction", claim.direction, ("lower", "higher")),
        ("selection", claim.selection, SELECTIONS),
        ("path", claim.path, PATHS),
    ]
    for name, value, known in one_of:
        if value not in known and not (value is None and name != "measure"):
            raise RegistrationError(
                f"There is no {name} {value!r}. Write one of {', '.join(known)}."
            )
    starts = [claim.since is not None, bool(claim.since_by), claim.since_column is not None]
    if sum(starts) != 1:
        raise RegistrationError(
            "A claim needs one start: a day for all (since), a day for each unit (since_by), or the column "
            "that holds it (since_column)."
        )
    if claim.path == "e" and not claim.staggered:
        raise RegistrationError(
            "Path e is for units that started one after another; name since_by."
        )
    if claim.path in ("a", "b") and claim.staggered:
        raise RegistrationError(
            "A start for each unit is compared by path c, d or e; name one of them."
        )
    if claim.path in ("c", "d") and not (claim.staggered or claim.comparison):
        raise RegistrationError(f"Path {claim.path} compares units; name a comparison group.")
    if claim.least_effect is not None and not 0 < claim.least_effect < _most(claim.measure):
        raise RegistrationError(
            f"least_effect is {claim.least_effect}. Write a share above 0 and below 1, such as 0.1 for a "
            "tenth; for schedule_slip_days a number of days."
        )
    if not 1 <= claim.horizon <= 10:
        raise RegistrationError("horizon is the multiple of the planned time; write 1 to 10.")
    if claim.t_opt is not None and not 1 <= claim.t_opt <= 1000:
        raise RegistrationError("t_opt is the size the range is tuned for; write 1 to 1000.")
    if claim.start and claim.end and claim.start > claim.end:
        raise RegistrationError(f"start ({claim.start}) lies after end ({claim.end}). Correct one.")


def _most(measure: str) -> float:
    return 100_000 if measure == "schedule_slip_days" else 1


def _plain(value: Any) -> Any:
    """A value as JSON writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Only):
        return [value.column, list(value.values), value.negated]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in sorted(value.items())}
    return value
