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

Whole = NDArray[np.int64]
Bound = Literal["exclusive", "fractional", "touched", "maximum"]

_Share = Literal["exclusive", "fractional", "touched"]

# What the figures are, in words for their readers.
SHARES: Final[Mapping[_Share, str]] = {
    "exclusive": "Share of all overrun money in projects for which this is the only cause.",
    "fractional": "Share of all overrun money, each project's divided among its causes.",
    "touched": "Share of all overrun money in projects that carry this cause; such shares overlap.",
}
COUNT_RATE: Final = "Share of the projects with a coded cause that carry this one."


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
    causes: project, cause, share_of_loss.  A cause stated twice counts once; a project
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
            _pareto(of_currency, causes, currency, {k: v for k, v in missing.items() if v})
        )
    return tuple(paretos)


def share_figures(
    projects: pa.Table,
    causes: pa.Table,
    *,
    basis: str = "",
    as_at: date | None = None,
    baseline: Baseline | None = "original",
) -> list[Figure]:
    """`cause_share_exclusive`, `_fractional` and `_touched`; group is the cause, the dearest first.

    projects, causes: as for `three_bound_paretos`.  basis, as_at: for every Figure.
    baseline: which one the overruns are measured against.
    Shares are of all gross overrun money; their range is the three bounds, not an interval.  None at
    all where nobody has coded a cause; undefined ones where no overrun is known or there was none.
    With several currencies the groups are "EUR / cause".
    """
    if causes.num_rows == 0:
        return []
    paretos = three_bound_paretos(projects, causes)
    figures = [
        figure
        for bound in SHARES
        for pareto in paretos
        for figure in _share_figures(pareto, bound, prefixed=len(paretos) > 1, baseline=baseline)
    ]
    return [replace(figure, basis=basis, as_at=as_at) for figure in figures]


def count_rate_figures(
    projects: pa.Table,
    causes: pa.Table,
    *,
    basis: str = "",
    as_at: date | None = None,
    level: float = LEVEL,
) -> list[Figure]:
    """`cause_count_rate` with its Wilson interval; group is the cause, the commonest first.

    projects: project (string), one row a project.  causes: as for `three_bound_paretos`.
    """
    figures = _count_rates(projects, causes, level)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Tags:
    """Each project's causes, once each, by project and then by name.

    names: all causes, sorted, `unknown` among them.  place: the position of the project.
    code: the position of the cause in names.  share: as stated; NaN where not.
    """

    names: list[str]
    place: Whole
    code: Whole
    share: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Money:
    """One row a project and cause; minor units."""

    code: Whole
    exclusive: Whole
    fractional: Whole
    touched: Whole


def _pareto(
    projects: pa.Table, causes: pa.Table, currency: str | None, missing: Mapping[str, int]
) -> Pareto:
    overruns: Whole = projects["overrun"].to_numpy().astype(np.int64)
    tags = _tags(projects, causes)
    bars = [
        CauseMoney(
            cause=tags.names[code],
            exclusive=exclusive,
            fractional=fractional,
            touched=touched,
            projects=count,
        )
        for code, exclusive, fractional, touched, count in _summed(_divided(tags, overruns))
    ]
    bars.sort(key=lambda bar: (-bar.fractional, bar.cause))
    return Pareto(
        currency=currency,
        total=int(overruns.sum()),
        causes=tuple(bars),
        n=projects.num_rows,
        missing=missing,
    )


def _tags(projects: pa.Table, causes: pa.Table) -> _Tags:
    place = pc.index_in(causes["project"], value_set=projects["project"].combine_chunks())
    stated = causes.append_column("place", place)
    stated = stated.filter(pc.and_(pc.is_valid(place), pc.is_valid(causes["cause"])))
    names = sorted({*pc.unique(stated["cause"]).to_pylist(), UNKNOWN})
    code = pc.index_in(stated["cause"], value_set=pa.array(names, pa.string())).to_numpy()
    key = stated["place"].to_numpy().astype(np.int64) * len(names) + code
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    share = stated["share_of_loss"].cast(pa.float64()).to_numpy()[order]
    once = np.fmax.reduceat(share, first) if first.size else share
    at, which = np.divmod(key[order][first], len(names))
    return _Tags(names, at, which, once)


def _divided(tags: _Tags, overruns: Whole) -> _Money:
    """Every project's overrun, divided among its causes; `unknown` where it has none.

    Equal division is integer arithmetic on whole columns; only projects with stated shares, which
    are few, are divided one by one.
    """
    by_share = np.zeros(overruns.size, dtype=bool)
    by_share[tags.place[~np.isnan(tags.share)]] = True
    shared = by_share[tags.place]
    untagged = np.flatnonzero(np.bincount(tags.place, minlength=overruns.size) == 0)
    nobody_knows = np.full(untagged.size, tags.names.index(UNKNOWN))
    rows = [
        _divided_alike(tags.place[~shared], tags.code[~shared], overruns),
        _divided_alike(untagged, nobody_knows, overruns),
        _divided_by_share(tags, shared, overruns),
    ]
    return _Money(*(np.concatenate(column) for column in zip(*map(_columns, rows), strict=True)))


def _columns(money: _Money) -> tuple[Whole, Whole, Whole, Whole]:
    return money.code, money.exclusive, money.fractional, money.touched


def _divided_alike(place: Whole, code: Whole, overruns: Whole) -> _Money:
    """Equal parts; the units left over go to the causes that sort first.

    place: the position of each cause's project, ascending; code: ascending for each project.
    """
    count = np.bincount(place, minlength=overruns.size)[place]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    rank = np.arange(place.size) - np.repeat(starts, np.diff(starts, append=place.size))
    amount = overruns[place]
    each, left = np.divmod(amount, count)
    return _Money(code, np.where(count == 1, amount, 0), each + (rank < left), amount)


def _divided_by_share(tags: _Tags, shared: NDArray[np.bool_], overruns: Whole) -> _Money:
    shares: dict[int, dict[str, float | None]] = {}
    for place, code, share in zip(
        tags.place[shared].tolist(), tags.code[shared].tolist(), tags.share[shared], strict=True
    ):
        stated = None if np.isnan(share) else float(share)
        shares.setdefault(place, {})[tags.names[code]] = stated
    rows = [
        (tags.names.index(cause), part if len(parts) == 1 else 0, part, int(overruns[place]))
        for place, stated_shares in shares.items()
        for parts in [split(int(overruns[place]), _completed(stated_shares))]
        for cause, part in parts.items()
    ]
    return _Money(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def _summed(money: _Money) -> list[tuple[int, int, int, int, int]]:
    """For each cause: code, exclusive, fractional, touched, and how many projects."""
    order = np.argsort(money.code, kind="stable")
    code = money.code[order]
    first = np.flatnonzero(np.diff(code, prepend=-1))
    if not first.size:
        return []
    sums = [np.add.reduceat(column[order], first) for column in _columns(money)[1:]]
    counts = np.diff(first, append=code.size)
    return [tuple(row) for row in np.column_stack([code[first], *sums, counts]).tolist()]


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


def _share_figures(
    pareto: Pareto, bound: _Share, *, prefixed: bool, baseline: Baseline | None
) -> list[Figure]:
    prefix = f"{pareto.currency} / " if prefixed else ""

    def figure(group: str | None, value: float | None, reason: str | None) -> Figure:
        return Figure(
            measure=f"cause_share_{bound}",
            version=1,
            definition=SHARES[bound],
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
    tags = _tags(projects, causes)
    named = tags.code != tags.names.index(UNKNOWN)
    coded = int(np.unique(tags.place[named]).size)
    projects_with = np.bincount(tags.code[named], minlength=len(tags.names)).tolist()
    counts = {name: kept for name, kept in zip(tags.names, projects_with, strict=True) if kept}
    uncoded = projects.num_rows - coded
    figures = []
    for cause in sorted(counts, key=lambda name: (-counts[name], name)):
        interval = wilson(counts[cause], coded, level)
        figures.append(
            Figure(
                measure="cause_count_rate",
                version=1,
                definition=COUNT_RATE,
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
