"""Printing a document that is not kept: it goes to whoever asked, and only that it did is written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.http import HttpResponse

from backing.documents.models import Printed
from backing.documents.names import file_name
from backing.people.access import Confidentiality
from backing.people.models import Account, Person
from boardpaper.blocks import Document
from boardpaper.composition import composition_hash
from boardpaper.wording import word

FORMATS: Final = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


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


def _rendered(document: Document, kind: str, watermark: str) -> bytes:
    if kind == "html":
        from boardpaper.render import html

        return html.render(document, watermark=watermark)
    from boardpaper.render import pdf

    return pdf.render(document, watermark=watermark)
