"""The figures of an edition, as the database keeps them and as pages and papers ask for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, Self

from backing.evidence.models import Edition, StoredFigure
from trackrecord.figure import Baseline, Figure

FIELDS = tuple(field.name for field in fields(Figure))
_DAYS = ("as_at", "valid_until")

_Name = tuple[str, Baseline | None, str | None, str | None]


def to_json(figure: Figure) -> dict[str, Any]:
    """Every field of a Figure, as JSON keeps it; `from_json` gives the same Figure back."""
    kept = {name: getattr(figure, name) for name in FIELDS}
    kept["missing"] = dict(figure.missing)
    for day in _DAYS:
        kept[day] = kept[day] and kept[day].isoformat()
    return kept


def from_json(kept: dict[str, Any]) -> Figure:
    """The Figure that was kept."""
    days = {day: date.fromisoformat(kept[day]) for day in _DAYS if kept.get(day)}
    return Figure(**{**kept, **days})


def stored(edition: Edition, figures: Iterable[Figure]) -> Iterator[StoredFigure]:
    """The rows that keep these figures in their order; not yet written."""
    for place, figure in enumerate(figures):
        yield StoredFigure(
            edition=edition,
            place=place,
            measure=figure.measure,
            version=figure.version,
            baseline=figure.baseline or "",
            by=figure.by or "",
            group=figure.group or "",
            figure=to_json(figure),
        )


@dataclass(frozen=True)
class Figures:
    """The figures of one edition, found by name; what is asked for is what the library gave.

    kept: each as JSON, in the library's order.  A Figure is made of one only when it is asked for.
    """

    kept: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, edition: Edition | None, *, measures: Collection[str] | None = None) -> Self:
        """All figures of an edition in one query, or those of some measures; none of no edition."""
        if edition is None:
            return cls(())
        rows = StoredFigure.objects.filter(edition=edition).order_by("place")
        if measures is not None:
            rows = rows.filter(measure__in=measures)
        return cls(tuple(rows.values_list("figure", flat=True)))

    def __iter__(self) -> Iterator[Figure]:
        return (from_json(each) for each in self.kept)

    def __len__(self) -> int:
        return len(self.kept)

    def get(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name, defined or not; None where the data do not have it at all."""
        found = self._by_name.get((measure, baseline, by, group))
        return from_json(found) if found is not None else None

    def known(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name where it has a value."""
        figure = self.get(measure, baseline, by=by, group=group)
        return figure if figure is not None and figure.value is not None else None

    def either(self, measure: str) -> Figure | None:
        """The figure against no baseline, as items have it, else against the original one."""
        return self.known(measure) or self.known(measure, "original")

    def moved(self, measure: str) -> Figure | None:
        """The figure against the current baseline, where that tells more than the original one."""
        first, current = self.known(measure, "original"), self.known(measure, "current")
        if first is None or current is None:
            return current
        alike = (first.value, first.low, first.high) == (current.value, current.low, current.high)
        return None if alike else current

    def groups(
        self, measure: str, baseline: Baseline | None = None, *, by: str
    ) -> tuple[Figure, ...]:
        """The figures of a measure broken down by a column, in their own order."""
        wanted = (measure, baseline, by)
        return tuple(
            from_json(each)
            for each in self.kept
            if (each["measure"], each["baseline"], each["by"]) == wanted
        )

    @cached_property
    def causes(self) -> tuple[Figure, ...]:
        """Each named cause's share of the money, divided among causes; the largest first."""
        shares = (
            figure
            for figure in self.groups("cause_share_fractional", "original", by="cause")
            if figure.value is not None and figure.group != "unknown"
        )
        return tuple(sorted(shares, key=lambda share: (-float(share.value or 0), str(share.group))))

    @cached_property
    def _by_name(self) -> dict[_Name, dict[str, Any]]:
        return {
            (each["measure"], each["baseline"], each["by"], each["group"]): each
            for each in self.kept
        }
