"""Bars by category: columns for steps of a scale, lying bars where the categories have long names."""

from __future__ import annotations

from typing import Final

from boardpaper.chart import Chart, Series
from boardpaper.render.deck.chart import ticks
from boardpaper.render.deck.chart.frame import FOOT, GAP, Frame, Reading, sources
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    NO_LINE,
    Shade,
    fill,
    shape,
    space,
    stroke,
    text_properties,
)
from boardpaper.render.deck.chart.native import NativeChart
from boardpaper.render.deck.chart.sheet import NUMBER_FORMATS, Sheet
from boardpaper.render.deck.fitting import width

_SHORT: Final = 9
_NAMES_PART: Final = 0.38
_LOWEST_ROW: Final = 16.0


def draw(chart: Chart, series: Series, *, size: tuple[float, float]) -> NativeChart:
    """The bars of one series, with their values at their ends where there is room."""
    standing = all(len(mark.label) <= _SHORT for mark in series.marks)
    most = len(series.marks) if standing else max(1, int((size[1] - FOOT) / _LOWEST_ROW))
    labels = max((width(mark.label, LABEL_SIZE) for mark in series.marks), default=0.0)
    names = (
        max(width(words, LABEL_SIZE) for _, words in chart.axis.ticks or ((0, ""),))
        if standing
        else min(labels, size[0] * _NAMES_PART)
    )
    notes = max((width(f"{mark.x:,.0f}", LABEL_SIZE) for mark in series.marks), default=0.0)
    frame = Frame(
        width=size[0],
        height=size[1],
        left=names + GAP,
        right=GAP if standing else notes + GAP,
        top=LABEL_SIZE + 6 if standing else 4.0,
        bottom=FOOT,
    )
    sheet = Sheet()
    reading = Reading(chart.axis, frame.plot_height if standing else frame.plot_width)
    shown = series.marks[:most]
    categories = sheet.column("From" if standing else "Name", [mark.label for mark in series.marks])
    values = sheet.column(
        series.name or "Value",
        [reading.at(mark.x) for mark in series.marks],
        NUMBER_FORMATS[chart.axis.scale],
    )
    sources(sheet, series.marks)
    pitch = (frame.plot_width if standing else frame.plot_height) / max(1, len(shown))
    valued = not standing or pitch >= notes
    shade: Shade = "accent" if series.emphasis == "accent" else "muted"
    return NativeChart(
        markup=space(
            plot=(
                f"<c:barChart><c:barDir val='{'col' if standing else 'bar'}'/>"
                "<c:grouping val='clustered'/><c:varyColors val='0'/><c:ser><c:idx val='0'/>"
                f"<c:order val='0'/>{values.name()}{shape(fill(shade) + NO_LINE)}"
                f"<c:invertIfNegative val='0'/>{_values() if valued else ''}"
                f"<c:cat>{categories.part(0, most).strings()}</c:cat>"
                f"<c:val>{values.part(0, most).numbers(len(shown))}</c:val></c:ser>"
                f"<c:gapWidth val='{18 if standing else 45}'/><c:axId val='1'/><c:axId val='2'/>"
                "</c:barChart>"
            ),
            axes=_category_axis(standing=standing, skip=_skip(labels, pitch) if standing else 1)
            + _value_axis(reading, standing=standing),
            layout=frame.layout,
        ),
        xlsx_blob=sheet.xlsx(),
        unshown=len(series.marks) - len(shown),
    )


def _skip(label: float, pitch: float) -> int:
    """How many categories share one label so that none is turned or overlaps."""
    return max(1, -int(-(label + 6) // pitch))


def _values() -> str:
    return (
        f"<c:dLbls>{shape('<a:noFill/>' + NO_LINE)}{text_properties('ink')}"
        "<c:dLblPos val='outEnd'/><c:showLegendKey val='0'/><c:showVal val='1'/>"
        "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbls>"
    )


def _category_axis(*, standing: bool, skip: int) -> str:
    """The categories: from the left, or from the top down."""
    order, side = ("minMax", "b") if standing else ("maxMin", "l")
    return (
        f"<c:catAx><c:axId val='1'/><c:scaling><c:orientation val='{order}'/></c:scaling>"
        f"<c:delete val='0'/><c:axPos val='{side}'/><c:numFmt formatCode='General' sourceLinked='0'/>"
        "<c:majorTickMark val='none'/><c:minorTickMark val='none'/><c:tickLblPos val='low'/>"
        f"{shape(stroke('edge', 0.75))}{text_properties('quiet' if standing else 'ink')}"
        "<c:crossAx val='2'/><c:crosses val='autoZero'/><c:auto val='0'/><c:lblAlgn val='ctr'/>"
        f"<c:lblOffset val='100'/><c:tickLblSkip val='{skip}'/><c:noMultiLvlLbl val='1'/></c:catAx>"
    )


def _value_axis(reading: Reading, *, standing: bool) -> str:
    """The values; lying bars bear theirs at their ends, so that their axis needs no words."""
    native = ticks.native_up(reading.axis)
    step = f"<c:majorUnit val='{native.step!r}'/>" if native else ""
    number_format = native.number_format if native else NUMBER_FORMATS[reading.axis.scale]
    quoted = number_format.replace('"', "&quot;")
    return (
        "<c:valAx><c:axId val='2'/><c:scaling><c:orientation val='minMax'/>"
        f"<c:max val='{reading.high!r}'/><c:min val='{reading.low!r}'/></c:scaling><c:delete val='0'/>"
        f"<c:axPos val='{'l' if standing else 'b'}'/>"
        f"<c:majorGridlines>{shape(ticks.HAIRLINE)}</c:majorGridlines>"
        f"<c:numFmt formatCode=\"{quoted}\" sourceLinked='0'/>"
        "<c:majorTickMark val='none'/><c:minorTickMark val='none'/>"
        f"<c:tickLblPos val='{'nextTo' if standing else 'none'}'/>{shape(NO_LINE)}{text_properties()}"
        f"<c:crossAx val='1'/><c:crosses val='autoZero'/><c:crossBetween val='between'/>{step}</c:valAx>"
    )
