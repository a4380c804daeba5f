"""DrawingML for charts: colours by their role in the theme, lines, labels, series, axes.

python-pptx writes charts of a few fixed shapes.  Ours need ranges that are data, labels at single points
and plot areas of a known size, so the whole chart is written here and handed to python-pptx as one.
The order of elements is the schema's (ECMA-376, part 1, 21.2); PowerPoint refuses any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.sax.saxutils import escape

from boardpaper.render.as_text import writable
from boardpaper.render.deck.chart.sheet import Cells, Sheet, Value

Shade = Literal["ink", "quiet", "muted", "edge", "hair", "accent", "wash", "paper"]
Side = Literal["l", "r", "t", "b", "ctr"]

# A role as a colour of the theme: how much of it, and how much white is added, in per cent.
_SHADES: Final[dict[Shade, tuple[str, int, int]]] = {
    "ink": ("tx1", 100, 0),
    "quiet": ("tx1", 70, 30),
    "muted": ("tx1", 50, 50),
    "edge": ("tx1", 50, 50),
    "hair": ("tx1", 15, 85),
    "accent": ("accent1", 100, 0),
    "paper": ("bg1", 100, 0),
}
_WASH: Final = 24_000
_EMU: Final = 12_700
LABEL_SIZE: Final = 12.0


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look."""

    text: str
    shade: Shade = "ink"
    bold: bool = False


Line = tuple[Words, ...]


def fill(shade: Shade) -> str:
    """A solid fill in a role's colour."""
    if shade == "wash":  # thinned, not whitened: it takes on the colour of any background
        return f"<a:solidFill><a:schemeClr val='accent1'><a:alpha val='{_WASH}'/></a:schemeClr></a:solidFill>"
    name, part, white = _SHADES[shade]
    change = f"<a:lumMod val='{part * 1000}'/><a:lumOff val='{white * 1000}'/>" if white else ""
    return f"<a:solidFill><a:schemeClr val='{name}'>{change}</a:schemeClr></a:solidFill>"


def stroke(shade: Shade, points: float, dash: str = "solid") -> str:
    """A line of a width in points."""
    return (
        f"<a:ln w='{round(points * _EMU)}' cap='flat'>{fill(shade)}"
        f"<a:prstDash val='{dash}'/><a:round/></a:ln>"
    )


NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"
NO_FILL: Final = "<a:noFill/>"


def shape(inner: str) -> str:
    """Properties of a shape."""
    return f"<c:spPr>{inner}</c:spPr>"


NO_MARKER: Final = "<c:marker><c:symbol val='none'/></c:marker>"


def dot(shade: Shade, size: int) -> str:
    """A round mark with a hairline of paper around it, so that neighbours stay apart."""
    return _circle(size, fill(shade) + stroke("paper", 0.5))


def ring(shade: Shade, size: int) -> str:
    """A circle around a mark."""
    return _circle(size, NO_FILL + stroke(shade, 1.5))


def _circle(size: int, inner: str) -> str:
    return f"<c:marker><c:symbol val='circle'/><c:size val='{size}'/>{shape(inner)}</c:marker>"


def _run_properties(tag: str, words: Words | None, size: float) -> str:
    bold = "1" if words is not None and words.bold else "0"
    shade = fill(words.shade if words is not None else "ink")
    return f"<a:{tag} sz='{round(size * 100)}' b='{bold}'>{shade}<a:latin typeface='+mn-lt'/></a:{tag}>"


def rich(lines: Sequence[Line], *, size: float, align: str) -> str:
    """Lines of words that never wrap by themselves."""
    paragraphs = "".join(
        f"<a:p><a:pPr algn='{align}'>{_run_properties('defRPr', None, size)}</a:pPr>"
        + "".join(
            f"<a:r>{_run_properties('rPr', words, size)}<a:t>{escape(writable(words.text))}</a:t></a:r>"
            for words in line
        )
        + "</a:p>"
        for line in lines
    )
    return (
        "<c:tx><c:rich><a:bodyPr rot='0' vert='horz' wrap='none' lIns='38100' tIns='19050' rIns='38100' "
        f"bIns='19050' anchor='ctr'><a:spAutoFit/></a:bodyPr><a:lstStyle/>{paragraphs}</c:rich></c:tx>"
    )


def text_properties(shade: Shade = "quiet", size: float = LABEL_SIZE) -> str:
    """How words of an axis or of the whole chart look; they are never turned."""
    return (
        "<c:txPr><a:bodyPr rot='0' vert='horz'/><a:lstStyle/><a:p><a:pPr>"
        f"{_run_properties('defRPr', Words('', shade), size)}</a:pPr><a:endParaRPr lang='en'/></a:p></c:txPr>"
    )


def _shown(value: bool) -> str:
    return (
        f"<c:showLegendKey val='0'/><c:showVal val='{int(value)}'/><c:showCatName val='0'/>"
        "<c:showSerName val='0'/><c:showPercent val='0'/><c:showBubbleSize val='0'/>"
    )


@dataclass(frozen=True, slots=True)
class Label:
    """Words at one point of a series, on one side of it."""

    lines: tuple[Line, ...]
    side: Side = "r"


_ALIGN: Final[dict[Side, str]] = {"l": "r", "r": "l", "t": "ctr", "b": "ctr", "ctr": "ctr"}


def _labels(labels: Mapping[int, Label]) -> str:
    if not labels:
        return ""
    points = "".join(
        f"<c:dLbl><c:idx val='{index}'/><c:layout/>"
        f"{rich(label.lines, size=LABEL_SIZE, align=_ALIGN[label.side])}"
        f"{shape(NO_FILL + NO_LINE)}"
        f"<c:dLblPos val='{label.side}'/>{_shown(True)}</c:dLbl>"
        for index, label in sorted(labels.items())
    )
    return f"<c:dLbls>{points}{shape(NO_FILL + NO_LINE)}{_shown(False)}</c:dLbls>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A series of points on two value axes, joined where `line` is given; a blank y is a gap."""

    name: Cells
    x: Cells
    y: Cells
    marker: str = NO_MARKER
    line: str = NO_LINE
    labels: Mapping[int, Label] = field(default_factory=dict)

    def xml(self, index: int, rows: int) -> str:
        """The series, its cells drawn out to a number of rows."""
        return (
            f"<c:ser><c:idx val='{index}'/><c:order val='{index}'/>{self.name.name()}{shape(self.line)}"
            f"{self.marker}{_labels(self.labels)}<c:xVal>{self.x.numbers(rows)}</c:xVal>"
            f"<c:yVal>{self.y.numbers(rows)}</c:yVal><c:smooth val='0'/></c:ser>"
        )


Place = tuple[Value, Value]


def paths(sheet: Sheet, name: str, lines: Sequence[Sequence[Place]], stroke: str) -> Points:
    """Lines from place to place, as one series with gaps.

    Error bars would draw ranges too, but LibreOffice drops those along, and ends all others in a cap.
    It also draws every line over every mark: a line must leave the marks it belongs to visible.
    """
    xs: list[Value] = []
    ys: list[Value] = []
    for places in lines:
        if xs:  # the gap; a blank y is one, a blank x might not be
            xs.append(0.0)
            ys.append(None)
        xs += [x for x, _ in places]
        ys += [y for _, y in places]
    y = sheet.column(name, ys)
    return Points(name=y, x=sheet.column(f"{name}, along", xs), y=y, line=stroke)


def scatter(series: Sequence[Points]) -> str:
    """A plot of points on the axes 1 (along) and 2 (up)."""
    rows = max((len(one.y.values) for one in series), default=1)
    body = "".join(one.xml(index, rows) for index, one in enumerate(series))
    return (
        f"<c:scatterChart><c:scatterStyle val='lineMarker'/><c:varyColors val='0'/>{body}"
        "<c:axId val='1'/><c:axId val='2'/></c:scatterChart>"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAxis:
    """A native value axis.

    crosses: where on the *other* axis this one stands; None for its lowest value.
    number_format: of its tick words; "" for none.  step: between its ticks.  grid, line: strokes or "".
    """

    place: Literal["along", "up"]
    low: float
    high: float
    crosses: float | None = None
    number_format: str = ""
    step: float | None = None
    grid: str = ""
    line: str = NO_LINE
    shade: Shade = "quiet"

    def xml(self) -> str:
        """The axis; "along" has the id 1 and lies at the bottom, "up" the id 2 and stands at the left."""
        own, other, side = (1, 2, "b") if self.place == "along" else (2, 1, "l")
        crosses = (
            "<c:crosses val='min'/>"
            if self.crosses is None
            else f"<c:crossesAt val='{self.crosses!r}'/>"
        )
        grid = f"<c:majorGridlines>{shape(self.grid)}</c:majorGridlines>" if self.grid else ""
        words = (
            f"<c:numFmt formatCode={attribute(self.number_format or 'General')} sourceLinked='0'/>"
            "<c:majorTickMark val='none'/><c:minorTickMark val='none'/>"
            f"<c:tickLblPos val='{'low' if self.number_format else 'none'}'/>"
        )
        step = f"<c:majorUnit val='{self.step!r}'/>" if self.step else ""
        return (
            f"<c:valAx><c:axId val='{own}'/><c:scaling><c:orientation val='minMax'/>"
            f"<c:max val='{self.high!r}'/><c:min val='{self.low!r}'/></c:scaling><c:delete val='0'/>"
            f"<c:axPos val='{side}'/>{grid}{words}{shape(self.line)}{text_properties(self.shade)}"
            f"<c:crossAx val='{other}'/>{crosses}<c:crossBetween val='midCat'/>{step}</c:valAx>"
        )


def attribute(words: str) -> str:
    """Words as the value of an attribute, in its quotes."""
    return '"' + escape(writable(words), {'"': "&quot;"}) + '"'


def space(*, plot: str, axes: str, layout: tuple[float, float, float, float]) -> bytes:
    """The whole chart.  layout: left, top, width and height of the plot, as parts of the chart's."""
    left, top, width, height = (f"{part:.5f}" for part in layout)
    xml = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
        "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
        "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
        "<c:date1904 val='0'/><c:roundedCorners val='0'/><c:chart>"
        "<c:autoTitleDeleted val='1'/><c:plotArea><c:layout><c:manualLayout>"
        "<c:layoutTarget val='inner'/><c:xMode val='edge'/><c:yMode val='edge'/>"
        f"<c:x val='{left}'/><c:y val='{top}'/><c:w val='{width}'/><c:h val='{height}'/>"
        f"</c:manualLayout></c:layout>{plot}{axes}{shape(NO_FILL + NO_LINE)}</c:plotArea>"
        "<c:plotVisOnly val='1'/><c:dispBlanksAs val='gap'/></c:chart>"
        f"{shape(NO_FILL + NO_LINE)}{text_properties('ink')}</c:chartSpace>"
    )
    return xml.encode()
