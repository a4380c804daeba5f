"""A deck as pictures of its slides, for a screen: an SVG each, from the very shapes that the file holds.

Words stand where the slide has them, in its sizes and its template's colours; a native chart is shown by
the paper's drawing of it, in the same place.  What a template's master shows is drawn where it is a plain
shape or a picture.  Words are wrapped by whoever shows the picture, with the fonts they have.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from boardpaper.blocks import ChartBlock, Document
from boardpaper.chart import Chart
from boardpaper.render import ink, pptx
from boardpaper.render.deck import charted
from boardpaper.render.deck.box import EMU_PER_POINT, Box
from boardpaper.render.svg import PHONE, draw
from boardpaper.render.svg.canvas import FONT

_SERIF: Final = "'Palatino Linotype', Palatino, 'URW Palladio L', P052, Georgia, serif"
_SANS: Final = "Calibri, Carlito, 'Noto Sans', Arial, sans-serif"
_PIXELS_PER_POINT: Final = 1.15
_PICTURES: Final = ("image/png", "image/jpeg", "image/gif")
_ROLES: Final = {"bg1": "lt1", "bg2": "lt2", "tx1": "dk1", "tx2": "dk2"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One slide.  title: its finding; svg: its picture; words: all that it says, for who cannot see it."""

    title: str
    svg: str
    words: str


def slides(document: Document, *, template: Path | None = None) -> tuple[Seen, ...]:
    """The pictures of a document's deck; raises UnreadableSource for a template that cannot serve."""
    deck = pptx.made(document, template=template)
    charts = {chart.alternative: chart for chart in _charts(document)}
    view = _View(deck.presentation, charts)
    return tuple(view.slide(slide) for slide in deck.presentation.slides)


def _charts(document: Document) -> Iterator[Chart]:
    for section in document.sections:
        yield from (block.chart for block in section.blocks if isinstance(block, ChartBlock))


class _View:
    """What all slides of a deck have in common: size, colours, and the charts they may show."""

    def __init__(self, presentation: Any, charts: dict[str, Chart]) -> None:
        self.width = presentation.slide_width / EMU_PER_POINT
        self.height = presentation.slide_height / EMU_PER_POINT
        self.charts = charts
        self.colours = _theme(presentation.slide_master)

    def slide(self, slide: Any) -> Seen:
        layout = slide.slide_layout
        drawn = [self._background(layout)]
        for holder in (layout.slide_master, layout):
            drawn += [
                self._decoration(shape) for shape in holder.shapes if not shape.is_placeholder
            ]
        words: list[str] = []
        frames: dict[str, Box] = {}
        heading: Box | None = None  # of a chart's panel, which the paper's drawing has of its own
        for shape in slide.shapes:
            if shape.name == charted.HEADING_OF_A_PANEL:
                heading = _place(shape)
                continue
            if shape.has_chart:
                about = shape.element.xpath(".//p:cNvPr")[0].get("descr", "")
                whole = _around(heading, _place(shape))
                frames[about] = _around(frames.get(about), whole)
                heading = None
                continue
            drawn.append(self._shape(shape))
            words += _words(shape)
        for about, box in frames.items():
            drawn.append(self._chart(about, box))
            words.append(about)
        title = slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}">'
            f"{''.join(drawn)}</svg>"
        )
        return Seen(title=title, svg=svg, words=" ".join(filter(None, words)))

    def _background(self, layout: Any) -> str:
        fills = (
            holder.element.find(f".//{qn('p:bg')}//{qn('a:solidFill')}")
            for holder in (layout, layout.slide_master)
        )
        fill = next((found for found in fills if found is not None), None)
        colour = self._colour(fill) or self.colours["lt1"]
        return f'<rect width="{self.width:g}" height="{self.height:g}" fill="{colour}"/>'

    def _decoration(self, shape: Any) -> str:
        """A picture or a plain shape of the master."""
        box = _place(shape)
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            return _image(shape, box)
        properties = shape.element.find(f".//{qn('p:spPr')}")
        if properties is None:
            return ""
        if line := self._colour(properties.find(f"{qn('a:ln')}/{qn('a:solidFill')}")):
            if not box.height or not box.width:
                return (
                    f'<line x1="{box.left:g}" y1="{box.top:g}" x2="{box.right:g}" y2="{box.bottom:g}" '
                    f'stroke="{line}"/>'
                )
        fill = self._colour(properties.find(qn("a:solidFill")))
        return _rectangle(box, fill) if fill else ""

    def _shape(self, shape: Any) -> str:
        box = _place(shape)
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            return _image(shape, box)
        if shape.has_table:
            return _html(box, self._table(shape.table))
        fill = ""
        properties = shape.element.find(qn("p:spPr"))
        if properties is not None:
            colour = self._colour(properties.find(qn("a:solidFill")))
            fill = _rectangle(box, colour) if colour else ""
        if not shape.has_text_frame or not shape.text_frame.text:
            return fill
        return fill + _html(box, self._text(shape.text_frame, shape))

    def _chart(self, about: str, box: Box) -> str:
        chart = self.charts.get(about)
        if chart is None:
            return ""
        width = max(PHONE, round(box.width * _PIXELS_PER_POINT))
        picture, height = _drawn(chart, width)
        scale = min(box.width / width, box.height / height)
        if scale < box.width / width:  # as high as its place: let it be as wide, too
            width = round(box.width / scale)
            picture, height = _drawn(chart, width)
        encoded = base64.b64encode(picture.encode()).decode()
        return (
            f'<image x="{box.left:g}" y="{box.top:g}" width="{width * scale:g}" '
            f'height="{height * scale:g}" href="data:image/svg+xml;base64,{encoded}"/>'
        )

    def _table(self, table: Any) -> str:
        total = sum(column.width for column in table.columns)
        columns = "".join(
            f'<col style="width:{100 * column.width / total:g}%"/>' for column in table.columns
        )
        rows = "".join(
            f'<tr style="height:{row.height / EMU_PER_POINT:g}px">'
            + "".join(
                f'<td style="border-bottom:.5px solid #bbb;vertical-align:middle;padding:0 6px 0 0">'
                f"{self._text(cell.text_frame, None)}</td>"
                for cell in row.cells
            )
            + "</tr>"
            for row in table.rows
        )
        return f'<table style="width:100%;border-collapse:collapse;table-layout:fixed">{columns}{rows}</table>'

    def _text(self, frame: Any, shape: Any) -> str:
        return "".join(self._paragraph(paragraph, shape) for paragraph in frame.paragraphs)

    def _paragraph(self, paragraph: Any, shape: Any) -> str:
        title = shape is not None and _is_title(shape)
        size, colour = (28.0, "dk1") if title else (10.0, "dk2")
        align = {2: "center", 3: "right"}.get(int(paragraph.alignment or 1), "left")
        after = (paragraph.space_after.pt if paragraph.space_after is not None else 0) or 0
        runs = "".join(
            self._run(run, element, size, colour, serif=title)
            for run, element in zip(paragraph.runs, _runs(paragraph), strict=True)
        )
        return (
            f'<p style="margin:0 0 {after:g}px {36 * paragraph.level:g}px;text-align:{align};'
            f'line-height:{1.05 if title else 1.2}">{runs}</p>'
        )

    def _run(self, run: Any, element: Any, size: float, colour: str, *, serif: bool) -> str:
        font = run.font
        size = font.size.pt if font.size is not None else size
        face = _SERIF if serif or (font.name or "").startswith("+mj") else _SANS
        fill = self._colour(element.find(f"{qn('a:rPr')}/{qn('a:solidFill')}"))
        styles = [f"font:{size:g}px {face}", f"color:{fill or self.colours[colour]}"]
        if font.bold:
            styles.append("font-weight:600")
        if font.italic:
            styles.append("font-style:italic")
        if font.underline:
            styles.append("text-decoration:underline dotted;text-underline-offset:.2em")
        return f'<span style="{escape(";".join(styles))}">{escape(run.text)}</span>'

    def _colour(self, fill: Any) -> str:
        """A solid fill as CSS; "" where there is none."""
        if fill is None or not len(fill):
            return ""
        child = fill[0]
        value = child.get("val", "")
        if child.tag == qn("a:srgbClr"):
            return f"#{value}"
        colour = self.colours.get(_ROLES.get(value, value), "")
        offset = child.find(qn("a:lumOff"))
        if colour and offset is not None:
            return _lighter(colour, int(offset.get("val")) / 100_000)
        return colour


def _drawn(chart: Chart, width: int) -> tuple[str, float]:
    """The paper's drawing of a chart for a width, and how high it is, in pixels."""
    picture = draw(chart, width=width, palette=ink.PRINT).replace(FONT, _SANS, 1)
    size = re.search(r'height="(\d+(?:\.\d+)?)"', picture)
    return picture, float(size[1]) if size else width / 2


def _theme(master: Any) -> dict[str, str]:
    """The colours of the template by their roles."""
    part = next(
        relation.target_part
        for relation in master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    found = re.findall(
        r"<a:(dk1|lt1|dk2|lt2|accent[1-6])>\s*<a:(?:srgbClr val|sysClr [^>]*lastClr)=\"([0-9A-Fa-f]{6})",
        part.blob.decode("utf-8", "replace"),
    )
    plain = {"dk1": "#000000", "lt1": "#ffffff", "dk2": "#444444", "lt2": "#eeeeee"}
    return plain | {"accent1": ink.PRINT["accent"]} | {role: f"#{rgb}" for role, rgb in found}


def _lighter(colour: str, share: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def _place(shape: Any) -> Box:
    sides = (shape.left, shape.top, shape.width, shape.height)
    return Box(*((side or 0) / EMU_PER_POINT for side in sides))


def _around(one: Box | None, other: Box) -> Box:
    """The least box around both."""
    if one is None:
        return other
    left, top = min(one.left, other.left), min(one.top, other.top)
    right, bottom = max(one.right, other.right), max(one.bottom, other.bottom)
    return Box(left, top, right - left, bottom - top)


def _runs(paragraph: Any) -> list[Any]:
    """The elements of a paragraph's runs, which python-pptx does not show."""
    found: list[Any] = paragraph._p.findall(qn("a:r"))  # noqa: SLF001
    return found


def _is_title(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.idx == 0)


def _words(shape: Any) -> Iterable[str]:
    if shape.has_text_frame:
        return (shape.text_frame.text,)
    if shape.has_table:
        return (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
    return ()


def _rectangle(box: Box, fill: str) -> str:
    return (
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" '
        f'fill="{fill}"/>'
    )


def _image(shape: Any, box: Box) -> str:
    if shape.image.content_type not in _PICTURES:
        return ""
    encoded = base64.b64encode(shape.image.blob).decode()
    return (
        f'<image x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" '
        f'href="data:{shape.image.content_type};base64,{encoded}"/>'
    )


def _html(box: Box, content: str) -> str:
    return (
        f'<foreignObject x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" '
        f'height="{max(box.height, 12):g}" style="overflow:visible">'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{content}</div></foreignObject>'
    )
