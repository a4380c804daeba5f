"""What a measure says as figures: a reading, a baseline, a target, each with its n, day and definition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from backing.evidence.models import Measure, MeasureBaseline
from backing.rhythm.models import ImprovementTarget
from boardpaper.wording import en, word
from boardpaper.wording.en import is_currency
from trackrecord.figure import Direction, Figure

_AIM: Final = "target_value"  # rests on nothing that was seen: it is set
FEW: Final = 10  # of fewer projects a share is told as a count ("7 of 9")
_DIRECTIONS: Final[dict[str, Direction | None]] = {
    Measure.Direction.LOWER: "down_good",
    Measure.Direction.HIGHER: "up_good",
    Measure.Direction.RANGE: None,
}
_FINE: Final = 20  # of less a decimal tells something


def figure(
    name: str, measure: Measure, value: Decimal | float, *, n: int | None, at: date, basis: str = ""
) -> Figure:
    """A value of a measure as a Figure.  name: what it is: a reading, a baseline, a target."""
    return Figure(
        measure=name,
        version=1,
        definition=f"{measure.name}: {measure.definition}",
        unit=measure.unit,
        direction=_DIRECTIONS[measure.direction],
        value=float(value),
        n=n or 0,
        by="measure",
        group=measure.name,
        as_at=at,
        basis=basis,
        owner=str(measure.owner),
        from_memory=measure.quality == Measure.Quality.RECOLLECTION and name != _AIM,
        valid_until=measure.valid_until if name != _AIM else None,
    )


def baseline(of: MeasureBaseline) -> Figure:
    """The value that was fixed in writing."""
    basis = f"fixed in writing on {word(of.fixed_on)}"
    return figure("baseline", of.measure, of.value, n=of.n, at=of.last_day, basis=basis)


def target(of: ImprovementTarget) -> Figure:
    """Where it is to be by its day."""
    return figure(_AIM, of.measure, of.target, n=None, at=of.set_on)


def worded(measure: Measure, value: Decimal | float, n: int | None = None) -> str:
    """A value in words: "41 days", "18%", "7 of 9" where a share is of few."""
    number = float(value)
    if measure.unit == "share" and n and n < FEW:
        counted = number * n
        if abs(counted - round(counted)) < 1e-6:
            return f"{round(counted)} of {n}"
    counted_in = measure.unit not in ("share", "ratio") and not is_currency(measure.unit)
    if counted_in and not number.is_integer() and abs(number) < _FINE:
        return f"{en.number(number, 1)} {measure.unit}"
    return word(figure("reading", measure, number, n=n, at=date.min))
