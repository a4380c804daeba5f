"""Printing a document that is not kept: it goes to whoever asked, and only that it did is written down."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date, datetime
from typing import Final

from django.http import HttpResponse

from backing.documents.models import Printed
from backing.documents.names import file_name
from backing.people.access import Confidentiality
from backing.people.models import Account, Organisation, Person
from boardpaper.blocks import Document, Section
from boardpaper.composition import composition_hash
from boardpaper.wording import word

# A document asks for nothing and runs nothing; its one style sheet is named by its hash.
_PAPER_POLICY: Final = (
    "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
_STYLE: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
FORMATS: Final = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


def to_print(
    *, code: str, title: str, sections: tuple[Section, ...], now: datetime, audience: str = ""
) -> Document:
    """A document of ours that no evidence stands behind, as it stands at this moment."""
    ours = Organisation.ours()
    return Document(
        code=code,
        title=title,
        organisation=ours.on_paper,
        invented=ours.invented,
        edition="",
        issued_at=now.replace(microsecond=0),
        audience=audience,
        sections=sections,
    )


def print_out(
    document: Document,
    kind: str,
    *,
    by: Account,
    now: datetime,
    about: Person | None = None,
    expires: date | None = None,
) -> HttpResponse:
    """The document as a file for its reader.

    kind: one of FORMATS.  expires: until when the page may be used; with the reader's name it is set across
    every page.  The response is kept by no cache; of the document stay its class, its hash and who has it.
    """
    watermark = f"{by} · until {word(expires)}" if expires else ""
    content = _rendered(document, kind, watermark)
    Printed.objects.create(
        code=document.code,
        klass=Confidentiality(document.klass.lower()),
        about=about,
        composition_hash=composition_hash(document),
        printed_at=now,
        printed_by=by,
        expires_on=expires,
    )
    response = HttpResponse(content, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name(document, kind)}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def paper(content: bytes) -> HttpResponse:
    """A document's own page, to be read here: it brings its style and nothing that runs."""
    style = _STYLE.search(content)
    assert style is not None
    named = base64.b64encode(hashlib.sha256(style[1]).digest()).decode()
    response = HttpResponse(content, content_type=FORMATS["html"])
    response["Content-Security-Policy"] = _PAPER_POLICY.format(style=f"'sha256-{named}'")
    return response


def _rendered(document: Document, kind: str, watermark: str) -> bytes:
    if kind == "html":
        from boardpaper.render import html

        return html.render(document, watermark=watermark)
    from boardpaper.render import pdf

    return pdf.render(document, watermark=watermark)
