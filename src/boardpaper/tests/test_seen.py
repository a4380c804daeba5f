"""Pictures of slides: the same slides as the file has, and inert whatever stands on them."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

from pptx import Presentation

from boardpaper.blocks import Document, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.render import pptx
from boardpaper.render.deck import seen
from boardpaper.tests import sample


def titles_in_the_file(document: Document) -> list[str]:
    deck = Presentation(io.BytesIO(pptx.render(document)))
    return [slide.shapes.title.text_frame.text for slide in deck.slides if slide.shapes.title]


def test_every_slide_of_the_file_has_its_picture_in_order() -> None:
    document = sample.document()

    assert [slide.title for slide in seen.slides(document)] == titles_in_the_file(document)


def test_a_picture_is_well_formed_and_holds_its_words() -> None:
    for slide in seen.slides(sample.document()):
        said = "".join(ET.fromstring(slide.svg).itertext())
        assert slide.title.split()[0] in said
        assert slide.title.split()[0] in slide.words


def test_script_text_on_a_slide_is_inert() -> None:
    words = Claim("{it} was late.", it=Name("<script>alert(1)</script>"))
    section = Section(lead=words, blocks=(Statement(claims=(words,)),))
    (slide,) = seen.slides(replace(sample.document(), sections=(section,)))

    assert "<script" not in slide.svg
    assert "<script>alert(1)</script>" in "".join(ET.fromstring(slide.svg).itertext())
