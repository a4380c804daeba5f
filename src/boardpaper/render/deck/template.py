"""The deck's template: the user's own, or ours where none is given.

A template is taken by what its layouts can hold (placeholder kinds), never by their names: a layout with
a title, and as little as possible that would have to be filled, is where a finding goes.  What a
template lacks is said when it is tried, not when the deck is due.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.shapes.placeholder import LayoutPlaceholder
from pptx.slide import SlideLayout, SlideMaster

from boardpaper.render.deck import house_style
from boardpaper.render.deck.box import EMU_PER_POINT, Box
from trackrecord.errors import UnreadableSource

TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
SMALL_PRINT: Final = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_BODIES: Final = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)

# A finding is a sentence: a title size made for two words would fill the slide with it.  The size is for
# a slide of the usual width; a narrower one takes less, so that a finding keeps to two lines or three.
_LARGEST_FINDING: Final = 28.0
_SMALLEST_FINDING: Final = 20.0
_USUAL_WIDTH: Final = 960.0
_DEFAULT_TITLE: Final = 44.0
_INSET: Final = 7.2
# Points below the title in which a chart can still be read.
_LEAST_CONTENT: Final = 240.0
IMPRINT: Final = 13.0
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# What names the slides that a template came with, besides the list of slides itself.
_MENTIONS: Final = (qn("p:custShowLst"), qn("p:custDataLst"))
_UNWANTED_PARTS: Final = ("/extended-properties", "/thumbnail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """An empty presentation, the layout that findings go on, and where things stand on it.

    title, content, imprint: boxes in points; content is what a title of the usual height leaves.
    title_size: in points.  own: whether it is our template.
    """

    presentation: PresentationType
    finding: SlideLayout
    own: bool
    title: Box
    title_inset: float
    title_size: float
    content: Box
    imprint: Box


def check_template(path: Path) -> None:
    """Raise UnreadableSource where `path` cannot serve as a template; one sentence says why."""
    open_template(path)


def lacking(path: Path) -> tuple[str, ...]:
    """What a template that can serve has no place for, and what happens then; a sentence each.

    Raises UnreadableSource where it cannot serve at all.
    """
    deck = open_template(path)
    kinds = {each.placeholder_format.type for each in places(deck.finding)}
    found = []
    if PP_PLACEHOLDER.SLIDE_NUMBER not in kinds:
        found.append("Its title layout has no slide number, so slides go without.")
    if deck.content.height < _LEAST_CONTENT or deck.content.width < _LEAST_CONTENT:
        found.append("Its title leaves little room below; much will move to the appendix.")
    if deck.finding.name and PP_PLACEHOLDER.CENTER_TITLE in kinds:
        found.append(
            "Only its cover has a title, so every slide is set on it. A layout like “Title Only” reads better."
        )
    return tuple(found)


def open_template(path: Path | None) -> Deck:
    """An empty deck on the user's template, or on ours where `path` is None.

    Raises UnreadableSource for a file that is no PowerPoint presentation, one that is protected by a
    password, and one in which no layout has a title.
    """
    if path is None:
        presentation = house_style.presentation()
        _drop_unwanted(presentation)
        return _deck(presentation, presentation.slide_layouts[0], own=True)
    presentation = _opened(path)
    layout = _layout_for_findings(presentation)
    if layout is None:
        raise UnreadableSource(
            file=path.name,
            why="none of its layouts has a place for a title",
            todo="Add a layout with a title to its slide master, like “Title Only”.",
        )
    _remove_slides(presentation)
    _drop_unwanted(presentation)
    return _deck(presentation, layout, own=False)


def _opened(path: Path) -> PresentationType:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(
            file=path.name,
            why="the template cannot be opened",
            todo="Check that it is there and that you may read it.",
        ) from error
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise UnreadableSource(
            file=path.name,
            why="the template is protected by a password",
            todo="Save a copy without the password and give that.",
        )
    try:
        presentation = Presentation(io.BytesIO(content))
        list(presentation.slide_layouts)
    except (
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        etree.XMLSyntaxError,
    ) as error:
        raise UnreadableSource(
            file=path.name,
            why="this is not a PowerPoint presentation",
            todo="Save the template as .pptx in PowerPoint and give that.",
        ) from error
    return presentation


def places(holder: SlideLayout | SlideMaster) -> list[LayoutPlaceholder]:
    """The placeholders of a layout or master."""
    found: Any = holder.placeholders  # it can be iterated over, but its types do not say so
    return list(found)


def _layout_for_findings(presentation: PresentationType) -> SlideLayout | None:
    """The layout with a title and the fewest other places to fill; the first of equals."""
    ranked = []
    for order, layout in enumerate(
        layout for master in presentation.slide_masters for layout in master.slide_layouts
    ):
        kinds = [placeholder.placeholder_format.type for placeholder in places(layout)]
        if any(kind in TITLES for kind in kinds):
            centred = PP_PLACEHOLDER.CENTER_TITLE in kinds
            others = sum(kind not in (*TITLES, *SMALL_PRINT) for kind in kinds)
            ranked.append((centred, others, order, layout))
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _remove_slides(presentation: PresentationType) -> None:
    """Drop the slides a template came with, and every mention of them; masters and layouts stay."""
    slides = presentation.slides.element
    for entry in list(slides):
        presentation.part.drop_rel(entry.get(qn("r:id")))
        slides.remove(entry)
    for child in list(presentation.element):
        if child.tag in _MENTIONS:
            presentation.element.remove(child)
        elif child.tag == qn("p:extLst"):
            for extension in list(child):
                if any("sectionLst" in str(inner.tag) for inner in extension):
                    child.remove(extension)
            if not len(child):
                presentation.element.remove(child)


def _drop_unwanted(presentation: PresentationType) -> None:
    """A preview picture and a list of titles would tell of slides that are not there."""
    package = presentation.part.package
    for relation in list(package.iter_rels()):
        if relation.reltype.endswith(_UNWANTED_PARTS):
            package.drop_rel(relation.rId)


def _deck(presentation: PresentationType, layout: SlideLayout, *, own: bool) -> Deck:
    slide = Box(
        0.0,
        0.0,
        (presentation.slide_width or 0) / EMU_PER_POINT,
        (presentation.slide_height or 0) / EMU_PER_POINT,
    )
    known = {placeholder.placeholder_format.type: placeholder for placeholder in places(layout)}
    title_place = next(known[kind] for kind in TITLES if kind in known)
    title = _box(title_place) or Box(slide.width / 16, slide.height / 16, slide.width * 7 / 8, 60.0)
    inset = 0.0 if own else _INSET
    floor = min(
        (
            box.top
            for kind in SMALL_PRINT
            if kind in known
            and (box := _box(known[kind])) is not None
            and slide.height * 0.8 < box.top < slide.height
        ),
        default=slide.height * 0.95,
    )
    if own:
        footer = _box(known[PP_PLACEHOLDER.FOOTER])
        imprint = footer or Box(title.left, floor, title.width, IMPRINT)
        bottom = floor - 10.0
    else:
        imprint = Box(title.left + inset, floor - IMPRINT - 2, title.width - 2 * inset, IMPRINT)
        bottom = imprint.top - 6.0
    body = next((box for kind in _BODIES if kind in known and (box := _box(known[kind]))), None)
    content = _content(slide, title, None if own else body, bottom, inset)
    if not own:
        imprint = Box(content.left, imprint.top, content.width, IMPRINT)
    return Deck(
        presentation=presentation,
        finding=layout,
        own=own,
        title=title,
        title_inset=inset,
        title_size=min(_largest_finding(slide.width), _title_size(title_place, layout)),
        content=content,
        imprint=imprint,
    )


def _largest_finding(width: float) -> float:
    fitting = round(_LARGEST_FINDING * width / _USUAL_WIDTH)
    return max(_SMALLEST_FINDING, min(_LARGEST_FINDING, fitting))


def _content(slide: Box, title: Box, body: Box | None, bottom: float, inset: float) -> Box:
    """Where the layout has its body; else below the title, or beside one that stands at a side."""
    if body is not None and body.width > slide.width / 2:
        return Box(body.left + inset, body.top, body.width - 2 * inset, bottom - body.top)
    beside = title.width < slide.width * 0.4 and title.height > slide.height * 0.4
    if beside:
        left = title.right + 2 * _INSET if title.left < slide.width / 3 else slide.width / 16
        right = slide.width * 15 / 16 if title.left < slide.width / 3 else title.left - 2 * _INSET
        return Box(left, slide.height / 12, right - left, bottom - slide.height / 12)
    left, width = title.left + inset, title.width - 2 * inset
    if width < slide.width * 0.6:
        left, width = slide.width / 16, slide.width * 7 / 8
    top = min(title.bottom, slide.height * 0.4) + 9.0
    return Box(left, top, width, bottom - top)


def _box(placeholder: LayoutPlaceholder) -> Box | None:
    """Where a placeholder stands by itself or by its master; None where neither says."""
    place = (placeholder.left, placeholder.top, placeholder.width, placeholder.height)
    if any(part is None for part in place):
        return None
    return Box(*(part / EMU_PER_POINT for part in place))


def _title_size(title: LayoutPlaceholder, layout: SlideLayout) -> float:
    """The size of a title's type: the layout's, else its master's."""
    master = layout.slide_master
    masters = [shape.element for shape in places(master) if shape.placeholder_format.type in TITLES]
    style = master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}")
    for holder in (title.element, *masters, style):
        if holder is None:
            continue
        first = holder.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if first is not None and first.get("sz"):
            return int(first.get("sz")) / 100
    return _DEFAULT_TITLE
