"""Writing the files of an issue: from its composition alone, so that the same issue gives the same bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from backing.documents import files, tidying
from backing.documents.models import Issue, IssuedFile
from backing.documents.names import file_name
from backing.evidence.public import rows_behind
from backing.site.steps import Pulse, WorkError, register
from boardpaper.blocks import Document
from boardpaper.composed import document_from
from trackrecord.errors import UnreadableSource
from trackrecord.figure import Figure

if TYPE_CHECKING:
    import pyarrow as pa

logger = logging.getLogger(__name__)


def write(issue: Issue, pulse: Pulse) -> None:
    """Render every format that is not written yet; each is kept, and then counts as the issue's."""
    files.sweep(folder_of(issue))
    document = document_from(issue.composition.encode())
    written = set(issue.files.values_list("kind", flat=True))
    for done, kind in enumerate(issue.formats):
        pulse(done, len(issue.formats))
        if kind in written:
            continue
        try:
            content = RENDERERS[kind](document, issue)
        except UnreadableSource as error:
            raise WorkError("template") from error
        kept = files.keep(folder_of(issue), content, kind)
        IssuedFile.objects.create(
            issue=issue,
            kind=kind,
            name=file_name(document, kind),
            digest=kept.digest,
            size=kept.size,
            stored_as=kept.stored_as,
        )
    pulse(len(issue.formats), len(issue.formats))


def tidy(issue: Issue, _pulse: Pulse) -> None:
    """Take away what nobody claims."""
    try:
        tidying.tidy(now=datetime.now(UTC))
    except OSError:
        # The issue stands; to call it failed for this would take its files away.
        logger.exception("%s: what nobody claims could not be taken away", issue.job_name)


def clear(issue: Issue) -> None:
    """An issue that was stopped or failed leaves no file."""
    issue.files.all().delete()
    files.forget(folder_of(issue))


def folder_of(issue: Issue) -> str:
    """Where the files of an issue lie."""
    return f"{files.ISSUES}/{issue.pk}"


def _pdf(document: Document, _: Issue) -> bytes:
    from boardpaper.render import pdf

    return pdf.render(document)


def _html(document: Document, _: Issue) -> bytes:
    from boardpaper.render import html

    return html.render(document)


def _pptx(document: Document, issue: Issue) -> bytes:
    from boardpaper.render import pptx

    template = issue.slides_template
    return pptx.render(document, template=files.path_of(template.stored_as) if template else None)


def _docx(document: Document, issue: Issue) -> bytes:
    from boardpaper.render import docx

    template = issue.text_template
    return docx.render(document, template=files.path_of(template.stored_as) if template else None)


def _xlsx(document: Document, _: Issue) -> bytes:
    from boardpaper.render import xlsx

    figures = list(_once(document))
    behind = _projects(document.edition, figures)
    return xlsx.render(figures, behind, edition=document.edition, at=document.issued_at)


def _once(document: Document) -> list[Figure]:
    """Each figure of a document once, in reading order."""
    found: dict[tuple[object, ...], Figure] = {}
    for figure in document.figures():
        found.setdefault((figure.measure, figure.baseline, figure.by, figure.group), figure)
    return list(found.values())


def _projects(edition: str, figures: list[Figure]) -> pa.Table:
    """A row a project or item by its number, with its file and row, and its value for each figure."""
    import pyarrow as pa

    lines: dict[tuple[str, str], dict[str, object]] = {}
    columns: dict[str, pa.DataType] = {}
    for figure in figures:
        if figure.group is not None or figure.value is None:
            continue
        column = f"{figure.measure}{f' ({figure.baseline})' if figure.baseline else ''}"
        for row in rows_behind(edition, figure):
            value = row.counted(figure)
            if value is None:
                continue
            columns[column] = pa.float64()
            place = {"file": row.file, "sheet": row.sheet, "row": row.row}
            line = {"project": row.key, "item": row.item or "", **place}
            lines.setdefault((row.project, row.item or ""), line)[column] = float(value)
    words = {"project": pa.string(), "item": pa.string(), "file": pa.string(), "sheet": pa.string()}
    schema = pa.schema({**words, "row": pa.int64(), **columns})
    return pa.Table.from_pylist([lines[key] for key in sorted(lines)], schema=schema)


RENDERERS: Final[dict[str, Callable[[Document, Issue], bytes]]] = {
    IssuedFile.Kind.PDF: _pdf,
    IssuedFile.Kind.PPTX: _pptx,
    IssuedFile.Kind.DOCX: _docx,
    IssuedFile.Kind.HTML: _html,
    IssuedFile.Kind.XLSX: _xlsx,
}

register(Issue, write, tidy, clear=clear)
