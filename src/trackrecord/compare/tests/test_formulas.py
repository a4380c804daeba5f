"""The known answers of methods.md 8 for the paths, the sequence and the e-value."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest

from trackrecord.compare import ability, contrast, sequence
from trackrecord.compare.chart import cusum, xmr
from trackrecord.compare.contrast import Contrast
from trackrecord.compare.interrupted import level_shift

V9_BEFORE = (10, 12, 11, 13, 12, 14, 13, 12, 11, 12, 13, 11)
V9_AFTER = (9, 10, 11, 10, 9, 8, 9, 10, 9, 8, 9, 10)
NILE = """1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100
1210 1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702
1120 1100 832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649
846 812 742 801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919
718 714 740"""


# Twenty readings that shift upwards from the thirteenth on (V5), and Montgomery's table 16-7 (V6).
V5 = [
    *(324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600),
    *(324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350),
]
V6 = [
    *(102.0, 94.8, 98.3, 98.4, 102.0, 98.5, 99.0, 97.7, 100.0, 98.1),
    *(101.3, 98.7, 101.1, 98.4, 97.0, 96.7, 100.3, 101.4, 97.2, 101.0),
]


def with_moments(mean: float, sd: float, n: int) -> np.ndarray:
    """n values of exactly that mean and standard deviation."""
    shape = np.linspace(-1, 1, n)
    values: np.ndarray = mean + sd * shape / shape.std(ddof=1)
    return values


@pytest.mark.parametrize(
    ("t_opt", "t", "c"),
    [
        *((40, *pair) for pair in ((5, 3.6626), (8, 3.3639), (10, 3.2643), (12, 3.1996))),
        *((40, *pair) for pair in ((20, 3.0836), (40, 3.0352), (80, 3.0615), (200, 3.1530))),
        *((10, *pair) for pair in ((1, 3.8551), (3, 3.1996), (5, 3.0836), (10, 3.0352))),
        (10, 20, 3.0615),
    ],
)
def test_the_width_of_the_sequence(t_opt: float, t: float, c: float) -> None:
    """methods.md 5.4, the table of c(t)."""
    assert float(sequence.width(t, t_opt)) == pytest.approx(c, abs=5e-5)


@pytest.mark.parametrize(
    ("t", "half"),
    [(5, 1.638), (10, 1.0323), (20, 0.6895), (40, 0.4799), (80, 0.3423), (200, 0.2230)],
)
def test_q2_the_half_width_for_one_sample(t: float, half: float) -> None:
    """Q2, and its rho2."""
    assert sequence.rho2() == pytest.approx(0.198404, abs=1e-6)
    assert float(sequence.width(t)) / t**0.5 == pytest.approx(half, abs=1e-4)


def test_q3_two_arms_of_projects() -> None:
    """Q3: n1 30, n0 40, s .3, d -.2."""
    of = contrast.two_arms(with_moments(-0.2, 0.3, 30), with_moments(0.0, 0.3, 40))

    found = (of.t, of.se, float(sequence.width(of.t)), of.low, of.high)
    assert found == pytest.approx((17.142857, 0.072457, 3.109760, -0.425323, 0.025323), abs=1e-5)
    assert float(of.e) == pytest.approx(7.8293, abs=1e-4)


@pytest.mark.parametrize(("n", "t", "e"), [(20, 3, 8.7390), (10, 4, 9.3197)])
def test_q4_the_e_value_of_one_sample(n: int, t: float, e: float) -> None:
    assert float(sequence.e_value(t**2, n, n - 1)) == pytest.approx(e, abs=1e-4)


def test_q5_a_series_of_months() -> None:
    """Q5 on V9."""
    of = contrast.months(V9_BEFORE, V9_AFTER)

    assert (of.d, of.s**2, of.t, of.se) == pytest.approx(
        (-2.666667, 1.109134, 3.367347, 0.573916), abs=1e-5
    )
    assert float(sequence.width(of.t, 10)) == pytest.approx(3.165608, abs=1e-5)
    assert (of.low, of.high) == pytest.approx((-4.483459, -0.849875), abs=1e-5)
    assert float(of.e) == pytest.approx(9.9641, abs=1e-4)


def test_x1_the_limits_of_the_chart() -> None:
    """X1."""
    chart = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])

    assert (chart.centre, chart.moving_range, chart.low, chart.high) == pytest.approx(
        (50.81, 1.8778, 45.8159, 55.8041), abs=1e-4
    )
    assert chart.provisional
    assert not chart.signal


def test_a_chart_tells_each_kind_of_signal_from_noise() -> None:
    calm = [10.0, 11.0] * 6

    assert xmr([*calm, 20.0], baseline=12).beyond == (12,)
    assert xmr([*calm, *[10.6] * 8], baseline=12).run == (18, 19)
    assert xmr([*calm, 12.5, 10.5, 12.6], baseline=12).two_of_three == (14,)
    assert not xmr(calm).provisional


def test_x2_what_lies_above_a_target_added_up() -> None:
    """X2 on V5, cross-checked: a small shift from the thirteenth reading is signalled at the fourteenth."""
    found = cusum(V5, 325, slack=0.3175, limit=4.1959)

    assert found.up == 13
    assert found.down is None
    assert [found.above[place] for place in (12, 13, 19)] == pytest.approx(
        [3.01, 4.94, 19.04], abs=0.005 + 1e-9
    )


def test_x3_the_plain_cumulative_sum() -> None:
    """X3 on V6, published by Montgomery (table 16-7): the plain sum of departures from 99.

    With nothing forgiven and no floor both sums would be it; each is that less its own lowest so far.
    """
    published = [3.0, -1.2, -1.9, -2.5, 0.5, 0, 0, -1.3, -0.3, -1.2]
    published += [1.1, 0.8, 2.9, 2.3, 0.3, -2.0, -0.7, 1.7, -0.1, 1.9]
    found = cusum(V6, 99, slack=0, limit=1e9)

    plain = np.cumsum(np.array(V6) - 99)
    assert plain == pytest.approx(published, abs=0.05)
    lowest = np.minimum.accumulate(np.minimum(published, 0))
    highest = np.maximum.accumulate(np.maximum(published, 0))
    assert found.above == pytest.approx(published - lowest, abs=0.1)
    assert found.below == pytest.approx(highest - published, abs=0.1)


def test_i1_the_shift_of_the_nile() -> None:
    """I1: 1097.75 to 849.97, a step of -247.78, least-squares SE 28.44, HAC(4) SE 31.66."""
    shift = level_shift([float(each) for each in NILE.split()], 28, seed=1)

    assert shift.shift == pytest.approx(-247.78, abs=0.01)
    assert shift.shift / shift.t == pytest.approx(28.44, abs=0.01)
    assert shift.compared_se == pytest.approx(31.66, abs=0.01)
    assert shift.p <= 0.05


def test_the_error_of_newey_and_west_is_not_shown_for_a_short_series() -> None:
    """methods.md 5.8: only as a comparison, and only from a hundred points on."""
    assert level_shift((*V9_BEFORE, *V9_AFTER), 12, seed=1).compared_se is None


def test_the_bootstrap_is_the_same_for_the_same_seed() -> None:
    first, second = (level_shift((*V9_BEFORE, *V9_AFTER), 12, seed=7) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(("ratio", "t"), [(0.8, 23.8), (0.5, 60.4), (0.3, 176.0)])
def test_the_size_needed_for_four_chances_in_five(ratio: float, t: float) -> None:
    """methods.md 5.10."""
    assert sequence.size_needed(ratio, 1.0) == pytest.approx(t, abs=0.05)


@pytest.mark.parametrize(("ratio", "t"), [(0.8, 15.3), (0.5, 36.9), (0.3, 105.7)])
def test_the_size_needed_for_an_even_chance(ratio: float, t: float) -> None:
    """methods.md 5.10."""
    assert sequence.size_needed(ratio, 1.0, power_z=0) == pytest.approx(t, abs=0.05)


def test_the_size_needed_to_see_a_cut_of_a_fifth() -> None:
    """methods.md 5.10: sd .4, a cut of 20 % needs t = 48.33; nothing needs for ever."""
    assert sequence.size_needed(log(0.8), 0.4) == pytest.approx(48.33, abs=0.005)
    assert sequence.size_needed(0.0, 0.4) == inf


@pytest.mark.parametrize(
    ("effect", "sd", "n"),
    [
        *((effect, 1.0, n) for effect, n in ((0.2, 392.4), (0.3, 174.4))),
        *((effect, 1.0, n) for effect, n in ((0.5, 62.8), (0.8, 24.5))),
        *((-log(1 - cut), 0.4, n) for cut, n in ((0.05, 954.6), (0.1, 226.3))),
        *((log(1 - cut), 0.4, n) for cut, n in ((0.15, 95.1), (0.2, 50.4))),
    ],
)
def test_p1_what_each_side_needs_when_it_is_looked_at_once(
    effect: float, sd: float, n: float
) -> None:
    """P1, constructed, and the table of methods.md 5.10 for a spread of .4."""
    assert ability.per_side(effect, sd) == pytest.approx(n, abs=0.05)


def test_units_are_few_so_their_range_is_widened() -> None:
    """methods.md 5.4c: by Student's quantile over 1.96."""
    changes, others = with_moments(-1, 1, 4), with_moments(0, 1, 4)
    plain, of = contrast.two_arms(changes, others), contrast.units(changes, others)

    assert of.half == pytest.approx(plain.half * 2.446912 / 1.96, rel=1e-6)


def test_what_the_worst_units_get_back_by_themselves_is_no_effect() -> None:
    """methods.md 5.6: after lies half way back to the middle for all units, chosen or not."""
    before = np.linspace(-1, 1, 20)
    after = 0.5 * before + np.where(np.arange(20) % 2, 0.01, -0.01)
    worst, rest = slice(14, 20), slice(0, 14)
    change = after - before

    naive = contrast.units(change[worst], change[rest])
    guarded = contrast.selected(after[worst], before[worst], after[rest], before[rest])

    assert naive.high < 0
    assert abs(guarded.d) < 0.02
    assert guarded.low < 0 < guarded.high


def test_mix_weighting_takes_away_what_an_easier_mix_gives() -> None:
    """methods.md 5.4 and A14: the classes stand still, only their shares move."""
    before = np.r_[with_moments(0.1, 0.3, 30), with_moments(0.5, 0.3, 30)]
    after = np.r_[with_moments(0.1, 0.3, 48), with_moments(0.5, 0.3, 12)]
    classes = [np.repeat([0, 1], counts) for counts in ((30, 30), (48, 12))]

    weighted = contrast.mix_weighted(after, classes[1], before, classes[0])

    assert contrast.two_arms(after, before).d == pytest.approx(-0.12)
    assert weighted.d == pytest.approx(0.0, abs=1e-12)


def test_a_batch_of_worlds_is_each_world_by_itself() -> None:
    random = np.random.default_rng(3)
    cells = [random.normal(size=(5, n)) for n in (30, 25, 12, 9)]
    paths = (
        (contrast.two_arms, 2),
        (contrast.four_cells, 4),
        (contrast.months, 2),
        (contrast.units, 2),
    )
    for path, wanted in paths:
        batch = path(*cells[:wanted])
        single = [path(*(cell[world] for cell in cells[:wanted])) for world in range(5)]

        assert batch.low == pytest.approx([each.low for each in single])
        assert batch.e == pytest.approx([float(each.e) for each in single])


def test_no_spread_is_no_evidence() -> None:
    """Values that are all alike give no range, not an infinitely sure one."""
    assert not contrast.two_arms([1.0, 1.0, 1.0], [2.0, 2.0, 2.0]).usable
    assert Contrast(-0.2, 0.3, 17.0, 68).usable
