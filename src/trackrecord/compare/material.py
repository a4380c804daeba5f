"""From a Record and a registered claim to rows that can be compared, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trackrecord.compare import horizon
from trackrecord.compare.design import NEVER, Design, Path, Rows, cells_of, without_kinds
from trackrecord.compare.registration import Only, Registration, RegistrationError
from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.measures import basis_of
from trackrecord.measures.basis import Basis, Labels
from trackrecord.measures.grouping import NOT_STATED
from trackrecord.measures.outcomes import NO_DAY, Outcomes, known_columns, outcomes, ratings
from trackrecord.values.dates import Kind, order_of, read_date, settled

if TYPE_CHECKING:
    from trackrecord.measures import Source

Mask = NDArray[np.bool_]
Days = NDArray[np.int64]

UNIT: Final = "org_unit"
KIND: Final = "kind"
_NEEDED: Final[Mapping[str, str]] = {
    "cost_overrun": "an actual cost and a planned one, of finished projects that say when they began",
    "schedule_overrun": "a start and a planned finish, and the finish of those that have one",
    "schedule_slip_days": "a start and a planned finish, and the finish of those that have one",
    "duration_days": "a start and a finish",
    "benefit_shortfall": "a benefit promised and one that came, of finished projects",
}
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a verdict is made from.

    design: the comparison.  edition, as_at: of the record.  unit_names, kind_names: of codes.
    scales: of ratings, where those are compared.  by_age: whether at equal age.  young, undated: how many
    projects wait for their age, or have no day.  no_baseline: how many of `asked` lack the plan they need.
    missing: by side (before, after), of how many projects the outcome is missing, and of how many in all.
    planned_days: the middle project's planned time.
    """

    design: Design
    edition: str
    as_at: date | None
    unit_names: Sequence[str]
    kind_names: Sequence[str]
    scales: Sequence[str] = ()
    by_age: bool = True
    young: int = 0
    undated: int = 0
    no_baseline: int = 0
    asked: int = 0
    missing: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    planned_days: float = 0.0


def gather(source: Source, claim: Registration) -> Material:
    """The rows a claim speaks of.

    Raises UnknownName for a column or a unit that is not there, RegistrationError for a start that is no
    day or is two days in one unit, EvidenceError where no project has the outcome.
    """
    basis, named = _basis(source, claim)
    if claim.measure == "rag":
        return _of_ratings(basis, claim, named)
    of = outcomes(basis, claim.measure)
    return of_outcomes(of, claim, named=named, edition=basis.edition)


def _basis(source: Source, claim: Registration) -> tuple[Basis, Mapping[str, str]]:
    """The facts with every column the claim names, and what each is called there."""
    basis = basis_of(source)
    known = known_columns(basis)
    named = {each: _called(each, known) for each in claim.columns}
    columns = dict.fromkeys([*named.values(), UNIT, KIND])
    # Another breakdown of the same facts: a second engine would settle them all anew.
    return replace(basis, by=list(columns), _fetched={}), named


def _called(wanted: str, known: Sequence[str]) -> str:
    plain = " ".join(wanted.split()).casefold()
    found = [each for each in known if each == wanted] or [
        each for each in known if " ".join(each.split()).casefold() == plain
    ]
    if not found:
        raise UnknownName(kind="column", name=wanted, known=list(known))
    return found[0]


def of_outcomes(
    of: Outcomes, claim: Registration, *, named: Mapping[str, str], edition: str
) -> Material:
    """The rows a claim about projects speaks of.

    named: what each column of the claim is called among the labels.
    """
    now = horizon.known_until(of)
    cohort = None
    if claim.cohort:
        cohort = _days_of(of.labels[named[claim.cohort]], claim.cohort)
    aged = horizon.aged(of, claim.measure, cohort=cohort, now=now, horizon=claim.horizon)
    inside, outside = _arms(of.labels, claim, named)
    window = (inside | outside) & _between(aged.cohort, claim)
    counts = (aged.standing == horizon.COUNTS) & window
    if not counts.any():
        raise EvidenceError(
            f"No project shows {claim.measure}: it needs {_NEEDED[claim.measure]}. Name those columns in a "
            "mapping, or choose another measure."
        )
    codes, names, starts = _units(of.labels, claim, named, inside=inside, meant=inside | outside)
    kinds = of.labels[named[claim.kind] if claim.kind else KIND]
    rows = Rows(
        y=aged.y["original"],
        y_current=aged.y["current"],
        cohort=aged.cohort,
        due=aged.due,
        unit=codes,
        kind=kinds.codes,
        inside=inside,
        project=np.arange(len(inside)),
    )
    design = _design(rows.only(counts), starts, claim, now, grouped=bool(claim.comparison))
    # What is missing is counted where it would have been compared.
    asked = window & inside & np.isin(aged.standing, (horizon.COUNTS, horizon.MISSING))
    before, after = design.of(rows).sides()
    gone = aged.standing == horizon.MISSING
    planned = aged.planned[counts & np.isfinite(aged.planned)]
    return Material(
        design=design,
        edition=edition,
        as_at=_date(now),
        unit_names=names,
        kind_names=_stated(kinds, rows.kind[counts]),
        by_age=aged.by_age,
        young=int((window & inside & (aged.standing == horizon.YOUNG)).sum()),
        undated=int((inside & (aged.standing == horizon.UNDATED)).sum()),
        no_baseline=int((asked & aged.no_baseline).sum()),
        asked=int(asked.sum()),
        missing=(
            (int((asked & before & gone).sum()), int((asked & before).sum())),
            (int((asked & after & gone).sum()), int((asked & after).sum())),
        ),
        planned_days=float(np.median(planned)) if len(planned) else 0.0,
    )


def _of_ratings(basis: Basis, claim: Registration, named: Mapping[str, str]) -> Material:
    if claim.path == "a":
        raise RegistrationError(
            "Ratings repeat the same projects report after report; path a is for independent projects. "
            "Use path b, or units."
        )
    of = ratings(basis)
    if not len(of.project):
        raise EvidenceError(
            "No project is rated in these files. Map the column of ratings to rag, or choose another measure."
        )
    inside, outside = _arms(of.labels, claim, named)
    meant = (inside | outside) & _between(of.day, claim)
    codes, names, starts = _units(of.labels, claim, named, inside=inside, meant=inside | outside)
    kinds = of.labels[named[claim.kind] if claim.kind else KIND]
    share = np.where(of.green, 0.0, 1.0)
    dated = of.day != NO_DAY
    if len(of.scales) < 2 and not dated.any():
        raise EvidenceError(
            "The ratings carry no day. Name each file by its date, such as register-2024-03-31.csv, or map "
            "a column to as_at."
        )
    rows = Rows(share, share, of.day, of.day, codes, kinds.codes, inside, of.project)
    kept = meant & dated
    now = int(of.day.max())
    return Material(
        design=_design(rows.only(kept), starts, claim, now, grouped=bool(claim.comparison)),
        edition=basis.edition,
        as_at=_date(now),
        unit_names=names,
        kind_names=_stated(kinds, rows.kind[kept]),
        scales=of.scales,
        undated=int((meant & ~dated).sum()),
    )


def _design(
    rows: Rows, starts: NDArray[np.float64], claim: Registration, now: int, *, grouped: bool
) -> Design:
    path = claim.path or _default_path(rows, claim)
    design = Design(
        rows=rows,
        starts=starts,
        path=path,
        now=float(now),
        by_cohort=claim.cohort is not None,
        grouped=grouped or path not in ("a", "b"),
        t_opt=claim.t_opt,
    )
    if path != "e":
        return design
    # Sharper: what a kind of work explains is neither an effect nor noise.
    return design.of(without_kinds(rows, cells_of(design)))


def _default_path(rows: Rows, claim: Registration) -> Path:
    """Units where units can be compared, else months: projects share a programme and its shocks."""
    if claim.staggered:
        return "e"
    if claim.comparison:
        sides = [len(np.unique(rows.unit[rows.inside == side])) for side in (True, False)]
        if min(sides) >= 2:
            return "c"
    return "b"


def _arms(
    labels: Mapping[str, Labels], claim: Registration, named: Mapping[str, str]
) -> tuple[Mask, Mask]:
    """Which rows the change was for, and which serve as comparison."""
    size = len(next(iter(labels.values())).codes)
    everything = np.ones(size, np.bool_)
    inside, outside = everything, ~everything
    if claim.comparison:
        outside = _kept(labels, claim.comparison, named)
        inside = ~outside
    if claim.where:
        inside = _kept(labels, claim.where, named)
        both = inside & outside
        if both.any():
            raise RegistrationError(
                f"{int(both.sum())} projects are in both the claim (where) and its comparison. Word the two "
                "so that none is."
            )
    return inside, outside


def _kept(labels: Mapping[str, Labels], only: Sequence[Only], named: Mapping[str, str]) -> Mask:
    kept: Mask | None = None
    for each in only:
        column = labels[named[each.column]]
        values = [value or NOT_STATED for value in each.values]
        unknown = [value for value in values if value not in column.names]
        if unknown:
            known = ", ".join(sorted(column.names)[:20])
            raise RegistrationError(
                f"No project has {unknown[0]!r} in {each.column!r}, which has: {known}."
            )
        fits = np.logical_or.reduce([column.are(value) for value in values]) ^ each.negated
        kept = fits if kept is None else kept & fits
    assert kept is not None
    return kept


def _between(day: Days, claim: Registration) -> Mask:
    """Days within the claim's first and last; a day that is not stated lies in neither."""
    stated: Mask = day != NO_DAY
    if claim.start:
        stated &= day >= _day(claim.start)
    if claim.end:
        stated &= day <= _day(claim.end)
    return stated


def _units(
    labels: Mapping[str, Labels],
    claim: Registration,
    named: Mapping[str, str],
    *,
    inside: Mask,
    meant: Mask,
) -> tuple[NDArray[np.int64], list[str], NDArray[np.float64]]:
    """Each row's unit, their names, and each unit's start.

    A unit with projects on both sides of a comparison is two.
    """
    column = labels[named[claim.unit] if claim.unit else UNIT]
    names = column.names
    if claim.since is not None:
        codes = column.codes * 2 + inside
        starts = np.full(2 * len(names), NEVER)
        starts[1::2] = _day(claim.since)
        return codes, [name for name in names for _ in range(2)], starts
    nameless = [NOT_STATED]
    if sorted(names) == nameless:
        raise RegistrationError(
            "A start for each unit needs a column of units, and the files name none. Name it: --unit COLUMN."
        )
    by_name = claim.since_by or _stated_starts(labels, claim, named, column, meant)
    unknown = sorted(set(by_name) - set(names))
    if unknown:
        raise UnknownName(kind="unit", name=unknown[0], known=sorted(names))
    starts = np.array([_day(by_name[name]) if name in by_name else NEVER for name in names])
    if not np.isfinite(starts).any():
        raise RegistrationError("No unit has a start yet. Write at least one day.")
    return column.codes, list(names), starts


def _stated_starts(
    labels: Mapping[str, Labels],
    claim: Registration,
    named: Mapping[str, str],
    units: Labels,
    meant: Mask,
) -> dict[str, date]:
    """Each unit's start as its projects state it; raises RegistrationError where they state two."""
    assert claim.since_column is not None
    days = _days_of(labels[named[claim.since_column]], claim.since_column)
    stated = meant & (days != NO_DAY)
    pairs = np.unique(np.column_stack([units.codes[stated], days[stated]]), axis=0)
    starts: dict[str, date] = {}
    for code, day in pairs.tolist():
        name, when = units.names[code], date.fromordinal(day + _EPOCH.toordinal())
        if name in starts:
            raise RegistrationError(
                f"{claim.since_column!r} gives {name} two starts, {starts[name]} and {when}. A unit has one: "
                "correct the rows, or name a finer column with --unit."
            )
        starts[name] = when
    return starts


def _days_of(column: Labels, header: str) -> Days:
    """A column of days, read as one: 05/04/2021 means what the other cells settle."""
    reads = {name: read_date("" if name == NOT_STATED else name) for name in column.names}
    order = order_of(dict(reads.items()))
    days = np.full(len(column.names), NO_DAY, np.int64)
    for place, (name, read) in enumerate(reads.items()):
        if read.kind is Kind.GAP:
            continue
        when = settled(read, order.order, at_end=False, serials=True)
        if not hasattr(when, "date"):
            raise RegistrationError(
                f"{header!r} says {name!r}, which is not a day. Write one such as 2024-03-31, or leave the "
                "cell blank for not yet."
            )
        days[place] = _day(when.date())
    return days[column.codes]


def _stated(column: Labels, codes: NDArray[np.int64]) -> list[str]:
    """The names that rows have, without the one for what is not stated."""
    return [column.names[code] for code in np.unique(codes) if column.names[code] != NOT_STATED]


def _day(when: date) -> int:
    return (when - _EPOCH).days


def _date(day: int) -> date | None:
    return None if day == NO_DAY else date.fromordinal(day + _EPOCH.toordinal())
