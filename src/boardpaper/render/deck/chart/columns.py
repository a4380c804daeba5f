"""Bars for steps of a scale, as standing columns under their short names."""

from __future__ import annotations

from typing import Final

from boardpaper.chart import Chart, Series
from boardpaper.render.deck.chart import ticks
from boardpaper.render.deck.chart.frame import FOOT, GAP, Frame, Reading, sources
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    NO_FILL,
    NO_LINE,
    Shade,
    attribute,
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


def can_stand(series: Series) -> bool:
    """Whether the names are short enough to stand side by side; else the bars lie in rows."""
    return all(len(mark.label) <= _SHORT for mark in series.marks)


def draw(chart: Chart, series: Series, *, size: tuple[float, float]) -> NativeChart:
    """The bars of one series, with their values above them where there is room."""
    marks = series.marks
    frame = Frame(
        width=size[0],
        height=size[1],
        left=max((width(words, LABEL_SIZE) for _, words in chart.axis.ticks), default=0.0) + GAP,
        right=GAP,
        top=LABEL_SIZE + 6,
        bottom=FOOT,
    )
    sheet = Sheet()
    reading = Reading(chart.axis, frame.plot_height)
    number_format = NUMBER_FORMATS[chart.axis.scale]
    categories = sheet.column("Name", [mark.label for mark in marks])
    values = sheet.column(
        series.name or "Value", [reading.at(mark.x) for mark in marks], number_format
    )
    sources(sheet, marks)
    pitch = frame.plot_width / max(1, len(marks))
    widest = max((width(f"{mark.x:,.0f}", LABEL_SIZE) for mark in marks), default=0.0)
    names = max((width(mark.label, LABEL_SIZE) for mark in marks), default=0.0)
    shade: Shade = "accent" if series.emphasis == "accent" else "muted"
    bars = (
        "<c:barChart><c:barDir val='col'/><c:grouping val='clustered'/><c:varyColors val='0'/>"
        f"<c:ser><c:idx val='0'/><c:order val='0'/>{values.name()}{shape(fill(shade) + NO_LINE)}"
        f"<c:invertIfNegative val='0'/>{_values() if widest <= pitch else ''}"
        f"<c:cat>{categories.strings()}</c:cat><c:val>{values.numbers(len(marks))}</c:val></c:ser>"
        "<c:gapWidth val='18'/><c:axId val='1'/><c:axId val='2'/></c:barChart>"
    )
    return NativeChart(
        markup=space(
            plot=bars,
            axes=_names_axis(skip=max(1, -int(-(names + 6) // pitch))) + _value_axis(reading),
            layout=frame.layout,
        ),
        xlsx_blob=sheet.xlsx(),
        height=frame.height,
    )


def _values() -> str:
    return (
        f"<c:dLbls>{shape(NO_FILL + NO_LINE)}{text_properties('ink')}"
        "<c:dLblPos val='outEnd'/><c:showLegendKey val='0'/><c:showVal val='1'/>"
        "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbls>"
    )


def _names_axis(*, skip: int) -> str:
    """The names below; of so many, one is printed, so that none is turned or runs into another."""
    return (
        "<c:catAx><c:axId val='1'/><c:scaling><c:orientation val='minMax'/></c:scaling>"
        "<c:delete val='0'/><c:axPos val='b'/><c:numFmt formatCode='General' sourceLinked='0'/>"
        "<c:majorTickMark val='none'/><c:minorTickMark val='none'/><c:tickLblPos val='low'/>"
        f"{shape(stroke('edge', 0.75))}{text_properties()}<c:crossAx val='2'/>"
        "<c:crosses val='autoZero'/><c:auto val='0'/><c:lblAlgn val='ctr'/><c:lblOffset val='100'/>"
        f"<c:tickLblSkip val='{skip}'/><c:noMultiLvlLbl val='1'/></c:catAx>"
    )


def _value_axis(reading: Reading) -> str:
    """The values at the left, with a hairline for each step."""
    native = ticks.native_up(reading.axis)
    step = f"<c:majorUnit val='{native.step!r}'/>" if native else ""
    said = (
        native.number_format
        if native and native.number_format
        else NUMBER_FORMATS[reading.axis.scale]
    )
    return (
        "<c:valAx><c:axId val='2'/><c:scaling><c:orientation val='minMax'/>"
        f"<c:max val='{reading.high!r}'/><c:min val='{reading.low!r}'/></c:scaling>"
        f"<c:delete val='0'/><c:axPos val='l'/><c:majorGridlines>{shape(ticks.HAIRLINE)}"
        f"</c:majorGridlines><c:numFmt formatCode={attribute(said)} sourceLinked='0'/>"
        "<c:majorTickMark val='none'/><c:minorTickMark val='none'/><c:tickLblPos val='nextTo'/>"
        f"{shape(NO_LINE)}{text_properties()}<c:crossAx val='1'/><c:crosses val='autoZero'/>"
        f"<c:crossBetween val='between'/>{step}</c:valAx>"
    )
