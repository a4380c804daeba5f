"""The deck: one finding a slide, native charts, on our template or the user's own.

What stands behind each figure goes to the notes, so that the speaker can answer "says who?".
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt

from boardpaper.blocks import Document
from boardpaper.composition import composition_hash
from boardpaper.paper import Imprint, imprint
from boardpaper.render.as_text import writable
from boardpaper.render.deck.box import Box
from boardpaper.render.deck.fitting import cut, width
from boardpaper.render.deck.house_style import KICKER
from boardpaper.render.deck.notes import notes
from boardpaper.render.deck.plan import Planned, more_box, plan
from boardpaper.render.deck.template import (
    SMALL_PRINT,
    TITLES,
    Deck,
    check_template,
    lacking,
    open_template,
    places,
)
from boardpaper.render.deck.words import NOTE, SMALL, Paragraph, Piece, put
from boardpaper.render.settle import EPOCH, settle

__all__ = ["check_template", "lacking", "made", "render"]

# The layout says the same; LibreOffice does not ask it for a footer's look.
_IMPRINT_LOOK: Final = (
    f"<a:rPr lang='en' sz='{round(SMALL * 100)}' b='0'><a:solidFill><a:schemeClr val='tx2'/>"
    "</a:solidFill><a:latin typeface='+mn-lt'/></a:rPr>"
)
_SLIDE_NUMBER: Final = SMALL_PRINT[2]
_FOOTER: Final = SMALL_PRINT[1]


def render(document: Document, *, template: Path | None = None) -> bytes:
    """The document as a .pptx file; the same document and template give the same bytes.

    template: a .pptx whose first layout for a title is used, with its colours and fonts; its own slides
    are left out.  Raises UnreadableSource for one that cannot serve.
    """
    deck = made(document, template=template)
    out = io.BytesIO()
    deck.presentation.save(out)
    return settle(out.getvalue(), at=document.issued_at)


def made(document: Document, *, template: Path | None = None) -> Deck:
    """The deck before it is a file."""
    deck = open_template(template)
    printed = imprint(document, composition_hash(document))
    small_print = _small_print(printed, deck.imprint.width)
    provenance = " · ".join((printed.company, *printed.head(), *printed.foot()))
    for planned in plan(document, deck):
        slide = deck.presentation.slides.add_slide(deck.finding)
        _fill_placeholders(slide, planned, deck)
        for draw in planned.arranged.drawn:
            draw(slide)
        _foot(slide, deck, planned, small_print)
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n\n".join(
                part for part in (notes(planned, document.language), provenance) if part
            )
    _state_properties(deck, document)
    return deck


def _fill_placeholders(slide: Slide, planned: Planned, deck: Deck) -> None:
    """Title and kicker into their places; a place that stays empty would ask to be filled."""
    for placeholder in list(slide.placeholders):
        place = placeholder.placeholder_format
        if place.type in TITLES:
            _title(placeholder, planned, deck)
        elif deck.own and place.idx == KICKER and planned.kicker:
            placeholder.text_frame.text = planned.kicker
        else:
            placeholder.element.getparent().remove(placeholder.element)
    if not deck.own and planned.kicker:
        words = Paragraph(pieces=(Piece(planned.kicker, "quiet"),), size=NOTE, after=0.0)
        top = max(deck.content.top, deck.title.top + planned.title_height)
        box = Box(deck.content.left, top, deck.content.width, NOTE * 1.3)
        put(slide, box, [words], name="Kicker")


def _title(placeholder: Any, planned: Planned, deck: Deck) -> None:
    """The finding, at one size in the whole deck; a long one makes its box higher, not its type smaller."""
    placeholder.text_frame.text = planned.title
    if planned.title_height != deck.title.height:
        place = Box(deck.title.left, deck.title.top, deck.title.width, planned.title_height)
        placeholder.left, placeholder.top, placeholder.width, placeholder.height = place.emu
    if not deck.own:
        placeholder.text_frame.auto_size = MSO_AUTO_SIZE.NONE
        for paragraph in placeholder.text_frame.paragraphs:
            paragraph.font.size = Pt(deck.title_size)


def _foot(slide: Slide, deck: Deck, planned: Planned, small_print: str) -> None:
    """Where the rest of it is; what the deck is; the slide's number."""
    if planned.more:
        words = Paragraph(pieces=(Piece(planned.more, "quiet"),), size=NOTE, after=0.0, right=True)
        put(slide, more_box(deck), [words], name="Where the rest is")
    known = {each.placeholder_format.type: each for each in places(deck.finding)}
    tree = slide.shapes.element
    if deck.own:
        tree.append(_small_placeholder(slide, "ftr", known[_FOOTER], small_print))
    else:
        words = Paragraph(pieces=(Piece(small_print, "quiet"),), size=SMALL - 1, after=0.0)
        put(slide, deck.imprint, [words], name="Imprint")
    if _SLIDE_NUMBER in known:
        tree.append(_small_placeholder(slide, "sldNum", known[_SLIDE_NUMBER], ""))


def _small_placeholder(slide: Slide, kind: str, layout_place: Any, words: str) -> Any:
    """A footer or slide number that takes its place and look from the layout's."""
    number = max(int(each) for each in slide.shapes.element.xpath(".//p:cNvPr/@id")) + 1
    index = layout_place.placeholder_format.idx
    field = (
        "<a:fld id='{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}' type='slidenum'><a:rPr lang='en'/>"
        "<a:t>‹#›</a:t></a:fld>"
    )
    text = f"<a:r>{_IMPRINT_LOOK}<a:t/></a:r>" if words else field
    name = "Footer" if words else "Slide number"
    shape = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{number}' name='{name}'/><p:cNvSpPr>"
        f"<a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph type='{kind}' sz='quarter' idx='{index}'/>"
        f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{text}</a:p></p:txBody></p:sp>"
    )
    if words:
        shape.xpath(".//a:t")[0].text = writable(words)
    return shape


def _small_print(printed: Imprint, room: float) -> str:
    """One line; a long name of an organisation gives way, never the edition.  The notes hold all of it."""
    company, *rest = printed.line()
    behind = " · ".join(("", *rest))
    return cut(company, room - width(behind, SMALL), SMALL) + behind


def _state_properties(deck: Deck, document: Document) -> None:
    """What the file says of itself; nothing of whoever made the template."""
    properties = deck.presentation.core_properties
    properties.title = writable(f"{document.title} – {document.organisation}")
    properties.author = properties.last_modified_by = writable(document.organisation)
    properties.subject = f"{document.code}, edition {document.edition[:12]}"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = (document.issued_at or EPOCH).replace(tzinfo=None)
