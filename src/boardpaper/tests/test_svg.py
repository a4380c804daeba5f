"""Charts as SVG: what is drawn, where, and what it says to those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from lxml import etree

from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim
from boardpaper.render.ink import PRINT
from boardpaper.render.svg import DESK, PHONE, chart_table, draw, png
from boardpaper.tests import sample
from boardpaper.wording import plain

SVG = "{http://www.w3.org/2000/svg}"
Maker = Callable[[], Chart]
EVERY_CHART = pytest.mark.parametrize("make", sample.CHARTS, ids=lambda make: make.__name__)
EVERY_WIDTH = pytest.mark.parametrize("width", [PHONE, DESK])


def drawn(chart: Chart, width: int = DESK) -> etree._Element:
    return etree.fromstring(draw(chart, width=width, name="c1").encode())


def dots(root: etree._Element) -> list[etree._Element]:
    return [
        circle for circle in root.iter(f"{SVG}circle") if circle.get("class", "").startswith("dot")
    ]


def per_cents(root: etree._Element) -> Iterator[float]:
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            if (place := element.get(name)) is not None:
                assert place.endswith("%"), f"{element.tag} {name}={place}"
                yield float(place[:-1])


@EVERY_CHART
@EVERY_WIDTH
def test_nothing_is_drawn_outside_the_picture(make: Maker, width: int) -> None:
    root = drawn(make(), width)
    height = float(root.get("height"))

    assert all(0 <= place <= 100.01 for place in per_cents(root))
    heights = [
        float(element.get(name))
        for element in root.iter()
        for name in ("y", "y1", "y2", "cy")
        if element.get(name) is not None
    ]
    assert min(heights) >= 0
    assert max(heights) <= height


@EVERY_CHART
@EVERY_WIDTH
def test_words_keep_to_their_width(make: Maker, width: int) -> None:
    """By the drawer's own upper guess, no words run over the edge of a phone or a desk."""
    from boardpaper.render.svg.canvas import Canvas

    canvas = Canvas(width=width)
    for text in drawn(make(), width).iter(f"{SVG}text"):
        words = "".join(text.itertext())
        start = float(text.get("x")[:-1]) / 100 * width + float(text.get("dx", 0))
        length = canvas.text_width(words)
        css = text.get("class", "").split()
        left = start - length if "e" in css else start - length / 2 if "m" in css else start
        assert left >= -2, words
        assert left + length <= width + 2, words


@EVERY_CHART
def test_a_chart_says_what_it_shows(make: Maker) -> None:
    """X7: role, title and description, tied together by ids."""
    chart = make()
    root = drawn(chart)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c1-t c1-d"
    assert root.find(f"{SVG}title[@id='c1-t']").text == plain(chart.finding)
    assert root.find(f"{SVG}desc[@id='c1-d']").text == chart.alternative


@EVERY_CHART
def test_the_same_chart_gives_the_same_bytes(make: Maker) -> None:
    assert draw(make()) == draw(make())
    assert draw(make(), palette=PRINT) == draw(make(), palette=PRINT)


@EVERY_CHART
def test_a_chart_for_paper_needs_no_page(make: Maker) -> None:
    stands_alone = draw(make(), palette=PRINT)

    assert "var(--" not in stands_alone
    assert re.match(r'<svg [^>]*width="640"', stands_alone)


@pytest.mark.parametrize("make", [sample.cost_dots, sample.slip_dots, sample.slip_run])
@EVERY_WIDTH
def test_every_project_is_a_dot(make: Maker, width: int) -> None:
    chart = make()

    assert len(dots(drawn(chart, width))) == sum(len(series.marks) for series in chart.series)


def test_a_dot_says_which_project_it_is_and_which_row_it_came_from() -> None:
    said = [circle.findtext(f"{SVG}title") for circle in dots(drawn(sample.cost_dots()))]

    assert "P-004: +164% (register-2025.xlsx, row 7)" in said


def test_what_lies_beyond_the_axis_stands_at_its_end_with_its_value() -> None:
    words = ["".join(text.itertext()) for text in drawn(sample.cost_dots()).iter(f"{SVG}text")]

    assert "2 beyond, to +164%" in words


def test_no_two_dots_hide_one_another() -> None:
    root = drawn(sample.cost_dots())
    places = [(circle.get("cx"), circle.get("cy")) for circle in dots(root)]

    assert len(set(places)) == len(places)


def test_hundreds_of_dots_shrink_rather_than_tower() -> None:
    marks = tuple(Mark(x=(number % 7) / 10) for number in range(300))
    chart = Chart(
        kind="dots",
        finding=Claim("Many"),
        series=(Series(name="All", marks=marks),),
        axis=Axis(scale="share", low=-1, high=1, ticks=((0, "0"),), reference=0),
        alternative="Many",
    )
    root = drawn(chart)

    assert len(dots(root)) == 300
    assert float(root.get("height")) < 260


def test_a_pareto_draws_three_bounds_for_each_cause_and_no_running_total() -> None:
    """Methods 3.2: exclusive to touched as a bar, the fractional share as a tick."""
    root = drawn(sample.causes_pareto())
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "span"]
    ticks = [line for line in root.iter(f"{SVG}line") if line.get("class") == "mid"]

    assert len(bars) == len(ticks) == len(sample.CAUSES)
    for bar, tick in zip(bars, ticks, strict=True):
        start, width, at = (
            float(element.get(name)[:-1])
            for element, name in ((bar, "x"), (bar, "width"), (tick, "x1"))
        )
        assert start - 0.02 <= at <= start + width + 0.02


def test_a_funnel_lists_units_by_size_with_a_box_each() -> None:
    root = drawn(sample.units_funnel())

    assert len([rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "band"]) == 5
    assert len(dots(root)) == 5


def test_a_funnel_of_many_units_draws_its_limits_and_names_the_one_outside() -> None:
    marks = tuple(
        Mark(
            x=size,
            y=0.9 if size == 40 else 0.5,
            low=0.5 - 1 / size,
            high=0.5 + 1 / size,
            label=f"U{size}",
        )
        for size in (5, 10, 20, 40, 80)
    )
    chart = Chart(
        kind="funnel",
        finding=Claim("One stands out"),
        series=(Series(name="Units", marks=marks),),
        axis=Axis(scale="count", low=0, high=100, ticks=((0, "0"), (100, "100 projects"))),
        second_axis=Axis(scale="share", low=0, high=1, ticks=((0, "0%"), (1, "100%"))),
        alternative="One stands out",
    )
    root = drawn(chart)
    strong = [text.text for text in root.iter(f"{SVG}text") if "k" in text.get("class", "").split()]

    assert strong == ["U40"]
    assert len([line for line in root.iter(f"{SVG}line") if line.get("class") == "limit"]) == 8


def test_a_run_chart_gives_each_group_a_panel_and_each_phase_its_median() -> None:
    root = drawn(sample.slip_run())
    starts = [line for line in root.iter(f"{SVG}line") if line.get("class") == "start"]
    medians = [line for line in root.iter(f"{SVG}line") if line.get("class") == "mid"]

    assert (len(starts), len(medians)) == (2, 4)


def test_an_xmr_chart_names_its_limits_and_rings_its_signal() -> None:
    root = drawn(sample.intake_xmr())
    words = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]

    assert {"upper limit 58", "mean 41", "lower limit 24"} <= set(words)
    assert len([c for c in root.iter(f"{SVG}circle") if c.get("class") == "ring"]) == 1


@EVERY_WIDTH
def test_a_name_too_long_for_its_row_is_cut_and_stands_whole_in_the_table(width: int) -> None:
    name = "Department of Environment, Food and Rural Affairs and of Climate Change"
    chart = Chart(
        kind="intervals",
        finding=Claim("One unit"),
        series=(Series(name="", marks=(Mark(x=0.5, low=0.4, high=0.6, label=name, n=44),)),),
        axis=Axis(scale="share", low=0, high=1, ticks=((0, "0%"), (1, "100%"))),
        alternative="One unit",
    )
    words = ["".join(text.itertext()) for text in drawn(chart, width).iter(f"{SVG}text")]

    assert any(line.startswith("Department of") for line in words)
    assert max(len(line) for line in words) * 6.9 <= width
    assert chart_table(chart)[1][0][0] == name


@EVERY_WIDTH
def test_a_series_with_a_long_name_has_it_whole_in_as_many_lines_as_it_takes(width: int) -> None:
    name = "Share of the money above its first approval, or in projects that were cancelled before the end"
    pareto = sample.causes_pareto()
    chart = replace(pareto, series=(replace(pareto.series[0], name=name),))
    lines = [
        text for text in drawn(chart, width).iter(f"{SVG}text") if "q" in text.get("class", "")
    ]
    words = ["".join(text.itertext()) for text in lines]

    assert " ".join(words).startswith(name)
    assert max(len(line) for line in words) * 6.9 <= width


def test_bars_begin_at_zero() -> None:
    bars = list(drawn(sample.overrun_bars()).iter(f"{SVG}rect"))

    assert len(bars) == 12
    assert len({bar.get("x") for bar in bars}) == 1


def test_words_from_a_register_are_never_read_as_markup() -> None:
    chart = Chart(
        kind="bars",
        finding=Claim("A < B"),
        series=(Series(name="<script>", marks=(Mark(x=1, label='"><b>&'),)),),
        axis=Axis(scale="count", low=0, high=1, ticks=((0, "0"),)),
        alternative="</desc><script>",
    )
    root = drawn(chart)

    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "text", "tspan", "line", "rect")
    }


@EVERY_CHART
def test_the_table_behind_a_chart_has_a_row_for_every_mark(make: Maker) -> None:
    chart = make()
    header, rows = chart_table(chart)
    marks = sum(len(one.marks) + (one.summary is not None) for one in chart.series)

    assert len(rows) == marks + len(chart.limits)
    assert {len(row) for row in rows} == {len(header)}


def test_a_chart_as_picture_is_the_same_picture_every_time() -> None:
    picture = png(sample.intake_xmr())

    assert picture.startswith(b"\x89PNG")
    assert picture == png(sample.intake_xmr())
