"""What each cause cost, between three bounds, without a model (methods.md 3.2).

A project that went wrong for two reasons cannot say how much of its overrun either of them made.
So each cause is given three amounts: *exclusive*, the overrun of the projects where it is the only
cause; *fractional*, every overrun divided among its project's causes; and *touched*, all overrun
of the projects that carry it.  Exclusive <= fractional <= touched, always; the truth lies between.

Only fractional shares add up to everything lost.  Touched shares overlap, so they are never
stacked: see `cumulative`, which refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trackrecord.causes.taxonomy import UNKNOWN
from trackrecord.errors import EvidenceError
from trackrecord.figure import Baseline, Figure
from trackrecord.intervals import LEVEL, wilson

Bound = Literal["exclusive", "fractional", "touched", "maximum"]

_Share = Literal["exclusive", "fractional", "touched"]

_SHARES: Final[Mapping[_Share, str]] = {
    "exclusive": "Share of all overrun money in projects for which this is the only cause.",
    "fractional": "Share of all overrun money, each project's divided among its causes.",
    "touched": "Share of all overrun money in projects that carry this cause; such shares overlap.",
}
_COUNT_RATE: Final = "Share of the projects with a coded cause that carry this one."


class OverlappingShares(EvidenceError):
    """Shares that count the same money twice, added up as if they were parts of a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseMoney:
    """The overrun of one cause, in minor units: exclusive <= fractional <= touched.

    projects: how many carry the cause, among those whose overrun is known.
    """

    cause: str
    exclusive: int
    fractional: int
    touched: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto:
    """The causes of one currency's overrun, the dearest first (by fractional, then by name).

    currency: its code, or None where the projects state none.  total: all overrun, minor units;
    the fractional amounts sum to it exactly.  n: projects whose overrun is known.
    missing: the projects that are not in it, by reason.
    """

    currency: str | None
    total: int
    causes: tuple[CauseMoney, ...]
    n: int
    missing: Mapping[str, int]


def three_bound_paretos(projects: pa.Table, causes: pa.Table) -> tuple[Pareto, ...]:
    """One Pareto a currency, for currencies are never added together.

    projects: project (string), overrun (int64 minor units, >= 0: what the project cost above its
    baseline, or all it spent where it was cancelled; null where not known), currency.  One row a
    project.
    causes: project, cause, weight, share_of_loss.  A cause stated twice counts once; a project
    without any has the cause `unknown`.  Stated shares divide the project's overrun, and what they
    leave is `unknown`; without stated shares its causes share alike.

    Projects without a currency are left out as `unit_mismatch` where others have one.
    """
    known = projects.filter(pc.is_valid(projects["overrun"]))
    lowest = pc.min(known["overrun"]).as_py()
    if lowest is not None and lowest < 0:
        raise EvidenceError(
            f"A project's overrun is {lowest}. Give overruns as 0 or more; under-runs are no loss."
        )
    tags = _tags(causes)
    currencies = sorted(value for value in pc.unique(known["currency"]).to_pylist() if value)
    paretos = []
    for currency in currencies or [None]:
        of_currency = (
            known if currency is None else known.filter(pc.equal(known["currency"], currency))
        )
        missing = {"missing": projects.num_rows - known.num_rows}
        if currencies:
            missing["unit_mismatch"] = known["currency"].null_count
        paretos.append(
            _pareto(of_currency, tags, currency, {k: v for k, v in missing.items() if v})
        )
    return tuple(paretos)


def cause_figures(
    projects: pa.Table,
    causes: pa.Table,
    *,
    basis: str = "",
    as_at: date | None = None,
    baseline: Baseline | None = "original",
    level: float = LEVEL,
) -> list[Figure]:
    """Every figure about causes; group is the cause, the dearest first.

    projects, causes: as for `three_bound_paretos`.  basis, as_at: for every Figure.
    baseline: which one the overruns are measured against.
    Returns `cause_share_exclusive`, `_fractional` and `_touched` (shares of all gross overrun
    money; their range is the three bounds, not an interval), and `cause_count_rate` with its
    Wilson interval.  No figure at all where nobody has coded a cause; undefined shares where no
    overrun is known or there was none.  With several currencies the groups are "EUR / cause".
    """
    if causes.num_rows == 0:
        return []
    paretos = three_bound_paretos(projects, causes)
    shares = [
        figure
        for bound in _SHARES
        for pareto in paretos
        for figure in _share_figures(pareto, bound, prefixed=len(paretos) > 1, baseline=baseline)
    ]
    figures = [*shares, *_count_rates(projects, causes, level)]
    return [replace(figure, basis=basis, as_at=as_at) for figure in figures]


def split(amount: int, parts: Mapping[str, float]) -> dict[str, int]:
    """An amount of minor units divided in proportion, to the last unit, by largest remainder.

    parts: name to weight, each >= 0, not all 0.  The result sums to `amount` exactly; of equal
    remainders the name that sorts first gets the unit, so the order of `parts` does not matter.
    """
    weights = {name: Fraction(part) for name, part in sorted(parts.items())}
    whole = sum(weights.values())
    if not weights or min(weights.values()) < 0 or whole == 0:
        raise EvidenceError("There is nothing to divide by. Give at least one weight above zero.")
    exact = {name: amount * weight / whole for name, weight in weights.items()}
    shares = {name: int(share) for name, share in exact.items()}
    left = amount - sum(shares.values())
    by_remainder = sorted(weights, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder[:left]:
        shares[name] += 1
    return shares


def pareto_order(shares: Mapping[str, float]) -> tuple[str, ...]:
    """The names from the largest share to the smallest; equal ones as they were given."""
    return tuple(sorted(shares, key=lambda name: -shares[name]))


def cumulative(shares: Mapping[str, float], *, bound: Bound) -> tuple[float, ...]:
    """Running totals in Pareto order: "two causes make up 61 per cent of the loss".

    shares: cause to share of the whole.  bound: what the shares are.  "touched" shares and
    published "maximum" shares count the same money more than once; adding them up raises
    OverlappingShares, whatever their sum, and so does any set that adds up to more than the whole.

    Source of the trap: Mott MacDonald (2002), section 2.4.3, whose maxima add up to 157 %.
    """
    total = sum(shares.values())
    if bound in ("touched", "maximum") or total > 1 + 1e-9:
        raise OverlappingShares(
            f"These {bound} shares overlap (together {total:.0%}), so they cannot be stacked. "
            "Show each beside the others, or stack the fractional shares."
        )
    ordered = [shares[name] for name in pareto_order(shares)]
    return tuple(float(part) for part in np.cumsum(ordered))


def _pareto(
    projects: pa.Table, tags: pa.Table, currency: str | None, missing: Mapping[str, int]
) -> Pareto:
    sums = (
        _divided(projects, tags)
        .group_by("cause")
        .aggregate(
            [("exclusive", "sum"), ("fractional", "sum"), ("touched", "sum"), ("cause", "count")]
        )
    )
    bars = [
        CauseMoney(
            cause=row["cause"],
            exclusive=row["exclusive_sum"],
            fractional=row["fractional_sum"],
            touched=row["touched_sum"],
            projects=row["cause_count"],
        )
        for row in sums.to_pylist()
    ]
    bars.sort(key=lambda bar: (-bar.fractional, bar.cause))
    total = pc.sum(projects["overrun"]).as_py() or 0
    return Pareto(
        currency=currency, total=total, causes=tuple(bars), n=projects.num_rows, missing=missing
    )


def _tags(causes: pa.Table) -> pa.Table:
    """Each project's distinct causes, by project and name, with the largest share stated."""
    known = causes.filter(pc.is_valid(causes["cause"]))
    once = known.group_by(["project", "cause"]).aggregate([("share_of_loss", "max")])
    return once.sort_by([("project", "ascending"), ("cause", "ascending")])


def _divided(projects: pa.Table, tags: pa.Table) -> pa.Table:
    """One row a project and cause: cause, exclusive, fractional, touched (minor units).

    Equal division is integer arithmetic on whole columns; only projects with stated shares, which
    are few, are divided one by one.
    """
    overruns: NDArray[np.int64] = projects["overrun"].to_numpy().astype(np.int64)
    place = pc.index_in(tags["project"], value_set=projects["project"].combine_chunks())
    here = tags.append_column("place", place).filter(pc.is_valid(place))
    stated = pc.unique(here.filter(pc.is_valid(here["share_of_loss_max"]))["place"])
    by_share = pc.is_in(here["place"], value_set=stated)
    alike, shared = here.filter(pc.invert(by_share)), here.filter(by_share)

    untagged = np.setdiff1d(np.arange(overruns.size), here["place"].to_numpy())
    rows = [
        _divided_alike(alike["place"].to_numpy(), alike["cause"], overruns),
        _divided_alike(untagged, pa.array([UNKNOWN] * untagged.size, pa.string()), overruns),
        _divided_by_share(shared, overruns),
    ]
    return pa.concat_tables(rows)


def _divided_alike(
    place: NDArray[np.int64], causes: pa.Array, overruns: NDArray[np.int64]
) -> pa.Table:
    """Equal parts; the units left over go to the causes that sort first.

    place: the position of each cause's project, in runs; causes: sorted within each run.
    """
    count = np.bincount(place, minlength=overruns.size)[place]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    rank = np.arange(place.size) - np.repeat(starts, np.diff(starts, append=place.size))
    amount = overruns[place]
    each, left = np.divmod(amount, np.maximum(count, 1))
    return _rows(causes, np.where(count == 1, amount, 0), each + (rank < left), amount)


def _divided_by_share(shared: pa.Table, overruns: NDArray[np.int64]) -> pa.Table:
    shares: dict[int, dict[str, float | None]] = {}
    for row in shared.to_pylist():
        shares.setdefault(row["place"], {})[row["cause"]] = row["share_of_loss_max"]
    rows = [
        (cause, amount if len(parts) == 1 else 0, amount, int(overruns[place]))
        for place, stated in sorted(shares.items())
        for parts in [split(int(overruns[place]), _completed(stated))]
        for cause, amount in parts.items()
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return _rows(pa.array(columns[0], pa.string()), *(np.array(c, np.int64) for c in columns[1:]))


def _completed(stated: Mapping[str, float | None]) -> dict[str, float]:
    """Shares that make a whole: what is left goes to the causes without one, else to `unknown`."""
    parts = {cause: share for cause, share in stated.items() if share is not None}
    if any(share < 0 for share in parts.values()):
        raise EvidenceError("A cause has a share of loss below zero. Give shares from 0 to 1.")
    left = 1 - sum(parts.values())
    if left > 1e-9 or not any(parts.values()):
        unstated = [cause for cause in stated if cause not in parts] or [UNKNOWN]
        for cause in unstated:
            parts[cause] = parts.get(cause, 0.0) + max(left, 0.0) / len(unstated)
    return parts


def _rows(
    causes: pa.Array,
    exclusive: NDArray[np.int64],
    fractional: NDArray[np.int64],
    touched: NDArray[np.int64],
) -> pa.Table:
    words = causes.combine_chunks() if isinstance(causes, pa.ChunkedArray) else causes
    return pa.table(
        {
            "cause": words.cast(pa.string()),
            "exclusive": exclusive,
            "fractional": fractional,
            "touched": touched,
        }
    )


def _share_figures(
    pareto: Pareto, bound: _Share, *, prefixed: bool, baseline: Baseline | None
) -> list[Figure]:
    prefix = f"{pareto.currency} / " if prefixed else ""

    def figure(group: str | None, value: float | None, reason: str | None) -> Figure:
        return Figure(
            measure=f"cause_share_{bound}",
            version=1,
            definition=_SHARES[bound],
            unit="share",
            value=value,
            reason=reason,
            n=pareto.n,
            missing=pareto.missing,
            baseline=baseline,
            by="cause",
            group=group,
        )

    if pareto.total == 0:
        return [figure(pareto.currency if prefixed else None, None, "missing")]
    return [
        figure(prefix + bar.cause, getattr(bar, bound) / pareto.total, None)
        for bar in pareto.causes
    ]


def _count_rates(projects: pa.Table, causes: pa.Table, level: float) -> list[Figure]:
    tags = _tags(causes)
    named = tags.filter(
        pc.and_(
            pc.not_equal(tags["cause"], UNKNOWN),
            pc.is_in(tags["project"], value_set=projects["project"].combine_chunks()),
        )
    )
    coded = pc.count_distinct(named["project"]).as_py()
    uncoded = projects.num_rows - coded
    counts = {row["values"]: row["counts"] for row in pc.value_counts(named["cause"]).to_pylist()}
    figures = []
    for cause in sorted(counts, key=lambda name: (-counts[name], name)):
        interval = wilson(counts[cause], coded, level)
        figures.append(
            Figure(
                measure="cause_count_rate",
                version=1,
                definition=_COUNT_RATE,
                unit="share",
                value=counts[cause] / coded,
                low=interval.low,
                high=interval.high,
                level=interval.level,
                n=coded,
                missing={"missing": uncoded} if uncoded else {},
                by="cause",
                group=cause,
            )
        )
    return figures
