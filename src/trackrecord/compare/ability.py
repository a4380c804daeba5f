"""What could be seen today, and by when the agreed effect could be claimed (methods.md 5.10).

One series is weak and twenty projects a year show no cut of a twentieth: it is better said beforehand.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, inf, isfinite
from typing import Final

from trackrecord.compare.design import Design, Estimate, within_units
from trackrecord.compare.sequence import POWER_Z, size_needed, width

ONE_LOOK_Z: Final = 1.959964
"""The standard normal quantile of a two-sided 5 % that is looked at once."""
_EPOCH: Final = date(1970, 1, 1)
_MONTH: Final = 30.4375
_FARTHEST: Final = 12 * 25
"""Months ahead beyond which a date is no help to anybody."""


def detectable(estimate: Estimate) -> float | None:
    """The smallest effect that four chances in five would show today, on the outcome's scale."""
    of = estimate.contrast
    if not of.usable:
        return None
    reach = float(width(of.t, of.t_opt)) * float(of.widening) + POWER_Z
    return float(reach * of.se)


def per_side(effect: float, sd: float) -> float:
    """How many of what is compared each side would need, were it looked at once on a day fixed beforehand.

    effect, sd: on the outcome's scale; two-sided 5 %, power 80 %.  To be set against what is needed when
    anybody may look on any day.  Infinite for no effect at all.
    """
    if effect == 0:
        return inf
    return 2 * ((ONE_LOOK_Z + POWER_Z) * sd / abs(effect)) ** 2


def claimable_on(design: Design, estimate: Estimate, effect: float) -> date | None:
    """The day from which an effect of that size is likely to be claimed, at the pace so far.

    effect: on the outcome's scale, above 0.  None where no wait helps: more units or another comparison
    would be needed.
    """
    if not estimate.contrast.usable or not isfinite(design.now):
        return None
    months = _months_to_wait(design, estimate, effect)
    if not months <= _FARTHEST:
        return None
    return _EPOCH + timedelta(days=int(design.now) + ceil(months * _MONTH))


def _months_to_wait(design: Design, estimate: Estimate, effect: float) -> float:
    if estimate.treated is not None:
        return _for_units(design, estimate, effect)
    needed = size_needed(
        effect,
        float(estimate.contrast.s),
        t_opt=estimate.contrast.t_opt,
        widening=float(estimate.contrast.widening),
    )
    if estimate.months_before is not None and estimate.months_after is not None:
        return _for_months(estimate, needed)
    others = [1 / n for n in (estimate.n_before, estimate.other_before) if n]
    left = 1 / needed - sum(others)
    if left <= 0:
        return inf
    n_after = ceil((2 if estimate.other_after else 1) / left)
    return _wait(n_after - estimate.n_after, estimate.n_after / _months_since(design))


def _for_months(estimate: Estimate, needed: float) -> float:
    before, after = estimate.months_before, estimate.months_after
    assert before is not None
    assert after is not None
    leaning = before * after / (before + after) / float(estimate.contrast.t)
    wanted = needed * leaning
    if wanted >= before:
        return inf
    return _wait(ceil(wanted * before / (before - wanted)) - after, 1.0)


def _for_units(design: Design, estimate: Estimate, effect: float) -> float:
    """Units stay as many as they are; what shrinks is the noise of their later means."""
    of = estimate.contrast
    reach = float(width(of.t, of.t_opt)) * float(of.widening) + POWER_Z
    wanted = (effect / reach) ** 2 * float(of.t)
    units = sum(len(arm.unit) for arm in (estimate.treated, estimate.others) if arm)
    later = estimate.n_after + (estimate.other_after or 0)
    spread = within_units(design)
    noise = min(spread * units / later, float(of.s) ** 2)
    fixed = float(of.s) ** 2 - noise
    if wanted >= float(of.s) ** 2:
        return 0.0
    if wanted <= fixed:
        return inf
    return _wait(later * (noise / (wanted - fixed) - 1), later / _months_since(design))


def _months_since(design: Design) -> float:
    """How long those with the change have had it, since the first of them."""
    first = float(design.starts[design.starts <= design.now].min(initial=design.now))
    return max((design.now - first) / _MONTH, 1.0)


def _wait(more: float, flow: float) -> float:
    """Months until so many more are there."""
    if more <= 0:
        return 0.0
    return more / flow if flow > 0 else inf
