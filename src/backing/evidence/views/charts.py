"""A chart to take away: as SVG, as PNG, and its rows as CSV."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from backing.documents.papers.comparison import QUESTIONS, compare
from backing.evidence.findings import findings
from backing.evidence.models import Edition
from backing.evidence.told import Told, current_for
from backing.people.doors import open_to_all_accounts, viewer
from backing.people.models import Account
from backing.site.spreadsheet import csv_lines
from boardpaper.picture import Picture
from boardpaper.render import ink
from boardpaper.render.svg import DESK, draw, png

_PER_PIXEL = 3.0  # dots; sharp on a slide


@open_to_all_accounts
def chart(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One chart of the current edition in one of the forms of FORMS."""
    looking = viewer(request)
    edition = current_for(looking)
    if edition is None or form not in FORMS:
        raise Http404
    picture = _named(name, looking, edition, request.GET.get("by", ""))
    if picture is None:
        raise Http404
    kind, made = FORMS[form]
    response = HttpResponse(made(picture), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{picture.name}.{form}"'
    return response


def _named(name: str, looking: Account, edition: Edition, by: str) -> Picture | None:
    """A finding's chart, or with a column the comparison of its groups by a question."""
    if not by:
        part = findings(looking, edition).part(name)
        return part.picture if part else None
    question = next((each for each in QUESTIONS if each.name == name), None)
    if question is None or by not in edition.breakdowns:
        return None
    comparison = compare(Told.to(looking, edition, by=("", by)), question, by=by)
    return Picture(f"{name}-by-group", comparison.chart()) if comparison else None


def _svg(picture: Picture) -> bytes:
    return draw(picture.chart, width=DESK, name=picture.name, palette=ink.PRINT).encode()


def _png(picture: Picture) -> bytes:
    return png(picture.chart, width=DESK, scale=_PER_PIXEL)


def _csv(picture: Picture) -> bytes:
    return b"".join(csv_lines(*picture.table))


FORMS: dict[str, tuple[str, Callable[[Picture], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}
