"""What is compared: an effect with its standard error and its effective size (methods.md 5.4).

Each path makes a `Contrast`.  The effect is "after less before", less the same of those without the
change where there are any.  Functions work along the last axis of their arrays, so that a thousand
simulated worlds are one call and a real one is the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from trackrecord.compare.sequence import T_OPT, T_OPT_MONTHS, e_value, width

Floats = NDArray[np.float64]

FEW_UNITS: Final = 20
"""Below so many units a regression over them is widened as a comparison of units is."""
_NORMAL: Final = 1.96


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """An effect and how well it is known.

    d: the effect, on the scale of the outcome.  s: the spread of what was compared.  t: the effective
    size, which holds the error of the baseline too.  nu: degrees of freedom.  widening: what the range
    is stretched by where units are few.  All are numbers, or arrays of one shape.
    """

    d: Any
    s: Any
    t: Any
    nu: Any
    widening: Any = 1.0
    t_opt: float = T_OPT

    @property
    def se(self) -> Any:
        """The standard error of the effect."""
        return self.s / np.sqrt(self.t)

    @property
    def half(self) -> Any:
        """Half the width of the confidence sequence."""
        return self.se * width(self.t, self.t_opt) * self.widening

    @property
    def low(self) -> Any:
        """The lower end of the confidence sequence."""
        return self.d - self.half

    @property
    def high(self) -> Any:
        """Its upper end."""
        return self.d + self.half

    @property
    def e(self) -> Any:
        """The e-value."""
        return e_value((self.d / self.se) ** 2, self.t, self.nu)

    @property
    def usable(self) -> Any:
        """Whether there is a range at all: some spread, some freedom."""
        return np.isfinite(self.d) & (self.nu >= 1) & (self.t > 0) & (self.s > 0)


def _means(values: ArrayLike) -> tuple[Floats, Floats, int]:
    """Mean, sum of squares about it, and count, along the last axis."""
    given = np.asarray(values, np.float64)
    mean = given.mean(axis=-1)
    return mean, ((given - mean[..., None]) ** 2).sum(axis=-1), given.shape[-1]


def two_arms(after: ArrayLike, before: ArrayLike) -> Contrast:
    """Path a: independent projects before and after."""
    mean1, squares1, n1 = _means(after)
    mean0, squares0, n0 = _means(before)
    nu = n1 + n0 - 2
    s = np.sqrt((squares1 + squares0) / max(nu, 1))
    return Contrast(mean1 - mean0, s, n1 * n0 / (n1 + n0), nu)


def four_cells(
    after: ArrayLike, before: ArrayLike, other_after: ArrayLike, other_before: ArrayLike
) -> Contrast:
    """Path a with a comparison group: the change less the change of the others."""
    cells = [_means(each) for each in (after, before, other_after, other_before)]
    nu = sum(n for *_, n in cells) - 4
    s = np.sqrt(sum(squares for _, squares, _ in cells) / max(nu, 1))
    means = [mean for mean, *_ in cells]
    d = (means[0] - means[1]) - (means[2] - means[3])
    return Contrast(d, s, 1 / sum(1 / n for *_, n in cells), nu)


def months(before: ArrayLike, after: ArrayLike, *, t_opt: float = T_OPT_MONTHS) -> Contrast:
    """Path b: a monthly series whose months lean on each other.

    Their likeness is measured within each segment, corrected for the shortness of the series, and
    taken off the effective size.
    """
    mean0, squares0, n0 = _means(before)
    mean1, squares1, n1 = _means(after)
    n = n0 + n1
    squares = squares0 + squares1
    residuals0 = np.asarray(before, np.float64) - mean0[..., None]
    residuals1 = np.asarray(after, np.float64) - mean1[..., None]
    products = (residuals0[..., 1:] * residuals0[..., :-1]).sum(-1)
    products = products + (residuals1[..., 1:] * residuals1[..., :-1]).sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        likeness = np.where(squares > 0, products / squares, 0.0)
    rho = np.clip((n * likeness + 2) / max(n - 6, 1), 0, 0.95)
    factor = (1 + rho) / (1 - rho)
    s2 = squares / np.maximum(n - 2 * factor, 0.2 * n)
    return Contrast(mean1 - mean0, np.sqrt(s2), (n0 * n1 / n) / factor, n - 2, t_opt=t_opt)


def units(changes: ArrayLike, other_changes: ArrayLike) -> Contrast:
    """Path c: one change a unit, of those that got it and of those that did not."""
    pooled = two_arms(changes, other_changes)
    nu = pooled.nu
    return Contrast(pooled.d, pooled.s, pooled.t, nu, widening=stretch(nu))


def stretch(nu: float) -> float:
    """What a range over few units is widened by: Student's quantile over the normal one."""
    return float(stdtrit(nu, 0.975)) / _NORMAL if nu >= 1 else float("inf")


def selected(
    after: ArrayLike, before: ArrayLike, other_after: ArrayLike, other_before: ArrayLike
) -> Contrast:
    """Path d: units chosen for their past; after = a + r * before + d * chosen.

    The worst of the past come back towards the middle by themselves; what they gain beyond that is
    the effect (methods.md 5.6).
    """
    y1, y0 = np.asarray(after, np.float64), np.asarray(other_after, np.float64)
    x1, x0 = np.asarray(before, np.float64), np.asarray(other_before, np.float64)
    n1, n0 = y1.shape[-1], y0.shape[-1]
    (my1, syy1, _), (my0, syy0, _) = _means(y1), _means(y0)
    (mx1, sxx1, _), (mx0, sxx0, _) = _means(x1), _means(x0)
    sxy = ((x1 - mx1[..., None]) * (y1 - my1[..., None])).sum(-1)
    sxy = sxy + ((x0 - mx0[..., None]) * (y0 - my0[..., None])).sum(-1)
    sxx, syy = sxx1 + sxx0, syy1 + syy0
    nu = n1 + n0 - 3
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(sxx > 0, sxy / sxx, 0.0)
        leverage = np.where(sxx > 0, (mx1 - mx0) ** 2 / sxx, 0.0)
    s2 = np.maximum(syy - r * sxy, 0) / max(nu, 1)
    t = 1 / (1 / n1 + 1 / n0 + leverage)
    widening = stretch(nu) if n1 + n0 < FEW_UNITS else 1.0
    return Contrast((my1 - my0) - r * (mx1 - mx0), np.sqrt(s2), t, nu, widening=widening)


def mix_weighted(
    after: Floats, after_class: NDArray[np.int64], before: Floats, before_class: NDArray[np.int64]
) -> Contrast:
    """Path a with the classes of work held to the shares they have after the change.

    Classes present in one arm only are left out.  One sample only, not a batch.
    """
    shared = np.intersect1d(after_class, before_class)
    parts = [(after[after_class == k], before[before_class == k]) for k in shared]
    n1 = np.array([len(one) for one, _ in parts], np.float64)
    n0 = np.array([len(other) for _, other in parts], np.float64)
    if not parts:
        return Contrast(np.nan, np.nan, 0.0, 0)
    weights = n1 / n1.sum()
    differences = np.array([one.mean() - other.mean() for one, other in parts])
    squares = sum(_means(one)[1] + _means(other)[1] for one, other in parts)
    nu = float(n1.sum() + n0.sum() - 2 * len(parts))
    s = np.sqrt(squares / max(nu, 1.0))
    t = 1 / (weights**2 * (1 / n1 + 1 / n0)).sum()
    return Contrast(float((weights * differences).sum()), float(s), float(t), nu)
