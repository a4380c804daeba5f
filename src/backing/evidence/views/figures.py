"""Says who?  What stands behind one figure, beside the page or on a page of its own, down to file and row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from backing.evidence import behind
from backing.evidence.addresses import address, asked_for
from backing.evidence.behind import Row
from backing.evidence.figures import from_json
from backing.evidence.models import Edition, MirroredProject, StoredFigure
from backing.evidence.naming import Names
from backing.evidence.row_words import row_words
from backing.evidence.sentences import with_its_source
from backing.evidence.told import current_for, sees_all
from backing.people.doors import open_to_all_accounts, viewer
from backing.people.models import Account
from backing.site.spreadsheet import csv_lines
from boardpaper.wording import en, measure, says_who, word
from trackrecord.figure import Figure

ROWS_BESIDE = 6
ROWS_A_PAGE = 50
_CSV_COLUMNS = (
    *("project", "register", "item", "unit", "value", "in words", "base"),
    *("file", "sheet", "row", "export"),
)


@dataclass(frozen=True)
class ShownRow:
    """A row behind a figure, with its project as the viewer may know it."""

    row: Row
    project: MirroredProject | None
    name: str
    words: str

    @property
    def id(self) -> str:
        return self.row.project


@open_to_all_accounts
def figure(request: HttpRequest, measure_name: str) -> HttpResponse:
    """The backing of a figure: a fragment for the page that asks, else a page."""
    looking = viewer(request)
    edition, one = _found(request, looking, measure_name)
    own = _own(looking)
    count = behind.count(edition, one, only=own)
    context = {
        "edition": edition,
        "one": one,
        "value": word(one, "signed" if en_signed(one) else ""),
        "what": measure(one),
        "facts": _facts(edition, one),
        "rows": _shown(behind.rows(edition, one, ROWS_BESIDE, only=own), one, looking),
        "count": count,
        "only_own": own is not None,
        "rows_address": address(one, "figure-rows"),
        "csv_address": address(one, "figure-csv"),
        "sentence": with_its_source(one, edition),
    }
    page = "evidence/_says_who.html" if request.htmx else "evidence/figure.html"  # type: ignore[attr-defined]
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@open_to_all_accounts
def figure_rows(request: HttpRequest, measure_name: str) -> HttpResponse:
    """Every row behind a figure, largest first, a page at a time."""
    looking = viewer(request)
    edition, one = _found(request, looking, measure_name)
    own = _own(looking)
    pages = Paginator(range(behind.count(edition, one, only=own)), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    offset = (page.number - 1) * ROWS_A_PAGE
    rows = behind.rows(edition, one, ROWS_A_PAGE, offset=offset, only=own)
    context = {
        "edition": edition,
        "one": one,
        "what": measure(one),
        "page": page,
        "rows": _shown(rows, one, looking),
        "only_own": own is not None,
        "csv_address": address(one, "figure-csv"),
        "figure_address": address(one),
        "query": address(one).partition("?")[2],
    }
    return render(request, "evidence/figure_rows.html", context)


@open_to_all_accounts
def figure_csv(request: HttpRequest, measure_name: str) -> StreamingHttpResponse:
    """The same as a file; no cell of it runs."""
    looking = viewer(request)
    edition, one = _found(request, looking, measure_name)
    rows = behind.rows(edition, one, only=_own(looking))
    response = StreamingHttpResponse(
        csv_lines(_CSV_COLUMNS, _lines(rows, one, looking)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{one.measure}-rows.csv"'
    return response


def en_signed(one: Figure) -> bool:
    """Whether a figure is a change, which is read with its sign, and not a part or a count."""
    return one.unit in ("share", "days") and one.measure.endswith(("_median", "_p80", "_total"))


def _found(request: HttpRequest, looking: Account, measure_name: str) -> tuple[Edition, Figure]:
    edition = current_for(looking)
    stored = (
        StoredFigure.objects.visible_to(looking)
        .filter(edition=edition, measure=measure_name, **asked_for(request.GET))
        .order_by("-version")
        .first()
    )
    if edition is None or stored is None:
        raise Http404
    return edition, from_json(stored.figure)


def _own(looking: Account) -> set[str] | None:
    """The projects whose rows the viewer may see; None for all."""
    if sees_all(looking):
        return None
    return set(MirroredProject.objects.visible_to(looking).values_list("project", flat=True))


def _facts(edition: Edition, one: Figure) -> list[tuple[str, str]]:
    """Definition, n, missing, range, half, as at, confirmed, edition."""
    facts = list(says_who(one))
    labels = [label for label, _ in facts]
    half = behind.half(edition, one) if one.measure.endswith("_median") else None
    if half is not None:
        after = next(
            place
            for place, label in reversed(list(enumerate(labels)))
            if label in ("Range", "Missing", "n")
        )
        facts.insert(
            after + 1, ("Half lie", f"between {_value(one, half[0])} and {_value(one, half[1])}")
        )
    if "Confirmed" not in labels and one.n:
        place = [label for label, _ in facts].index("Measure")
        facts.insert(place, ("Confirmed", f"none of {one.n:,} by their owners yet"))
    return facts


def _value(one: Figure, value: float) -> str:
    return en.share(value) if one.unit == "share" else en.value(one, value)


def _shown(rows: Sequence[Row], one: Figure, looking: Account) -> list[ShownRow]:
    projects = _projects(rows, looking)
    names = Names.of(projects.values(), looking)
    return [
        ShownRow(
            row=row,
            project=(project := projects.get(row.project)),
            name=names.name(project) if project else row.key,
            words=row_words(row, one, project.currency if project else ""),
        )
        for row in rows
    ]


def _projects(rows: Sequence[Row], looking: Account) -> dict[str, MirroredProject]:
    mirrored = MirroredProject.objects.visible_to(looking).defer("facts", "values_of")
    return {
        project.project: project
        for project in mirrored.filter(project__in={row.project for row in rows})
    }


def _lines(rows: Sequence[Row], one: Figure, looking: Account) -> Iterator[Sequence[object]]:
    for start in range(0, len(rows), 500):
        for each in _shown(rows[start : start + 500], one, looking):
            row = each.row
            yield (
                each.name,
                row.register,
                row.item or "",
                each.project.org_unit if each.project else "",
                row.value,
                each.words,
                row.base,
                row.file,
                row.sheet,
                row.row,
                row.export,
            )
