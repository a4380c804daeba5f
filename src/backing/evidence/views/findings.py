"""What past projects say: the findings, groups beside one another, causes, reports, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from backing.documents.papers.comparison import BOX, QUESTIONS, Comparison, compare
from backing.evidence.findings import findings
from backing.evidence.models import DroppedFile, Edition, Import, Likeness
from backing.evidence.quality import gaps, what_is_not_said
from backing.evidence.readings import kinds_in
from backing.evidence.told import Told, current_for
from backing.people.doors import open_to_all_accounts, viewer
from backing.people.models import Account
from backing.site.work import UNFINISHED
from trackrecord.causes.taxonomy import UNKNOWN

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Edition, P], HttpResponse]

# What a column is called; one that the office asked for goes by its own name.
COLUMNS = {
    "org_unit": "unit",
    "kind": "kind",
    "size": "size",
    "finished_year": "year finished",
    "state": "state",
}
_UNITS_ON_THE_FIRST_PAGE = 8


def of_the_current_edition(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The page of the edition that counts; where there is none, how to get one."""

    @wraps(page)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        looking = viewer(request)
        edition = current_for(looking)
        if edition is None:
            return render(request, "evidence/nothing_yet.html", {"under_way": under_way(looking)})
        return page(request, edition, *args, **kwargs)

    return shown


@open_to_all_accounts
@of_the_current_edition
def home(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The finding as headline, every project a dot, units, and what this does not say."""
    looking = viewer(request)
    found = findings(looking, edition)
    by = "org_unit" if "org_unit" in edition.breakdowns else ""
    told = Told.to(looking, edition, by=("", "cause", *([by] if by else [])))
    comparison = _first(told, by) if by else None
    context = {
        "found": found,
        "comparison": comparison,
        "shown": comparison.groups[:_UNITS_ON_THE_FIRST_PAGE] if comparison else (),
        "box": BOX,
        "not_said": what_is_not_said(told),
        "under_way": under_way(looking),
    }
    return render(request, "evidence/findings.html", _page(edition, looking, **context))


@open_to_all_accounts
@of_the_current_edition
def compared(request: HttpRequest, edition: Edition, column: str = "") -> HttpResponse:
    """Groups of a column beside one another: a funnel, never a league table."""
    looking = viewer(request)
    columns = edition.breakdowns
    column = column or next(iter(columns), "")
    if column and column not in columns:
        raise Http404
    told = Told.to(looking, edition, by=("", column))
    comparisons = [
        comparison
        for question in QUESTIONS
        if (comparison := compare(told, question, by=column)) is not None
    ]
    context = {
        "column": column,
        "called": called(column),
        "columns": [(each, called(each)) for each in columns],
        "comparisons": comparisons,
        "some_stand_out": any(group.stands_out for each in comparisons for group in each.groups),
        "box": BOX,
        "own_area": not told.named,
    }
    return render(request, "evidence/compared.html", _page(edition, looking, **context))


@open_to_all_accounts
@of_the_current_edition
def causes(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Which causes carry the money, between three bounds."""
    looking = viewer(request)
    found = findings(looking, edition)
    told = Told.to(looking, edition, by=("", "cause"))
    rows = [
        {
            "name": share.group,
            "shared": share,
            "only": told.get("cause_share_exclusive", "original", by="cause", group=share.group),
            "any": told.get("cause_share_touched", "original", by="cause", group=share.group),
            "projects": told.get("cause_count_rate", by="cause", group=share.group),
        }
        for share in told.causes
    ]
    unknown = told.known("cause_share_fractional", "original", by="cause", group=UNKNOWN)
    counted = told.groups("cause_count_rate", by="cause")
    context = {
        "part": found.part("causes"),
        "rows": rows,
        "unknown": unknown,
        "coded": next(iter(counted), None),
    }
    return render(request, "evidence/why.html", _page(edition, looking, **context))


# As the page has them: what changed plans hide comes first, and is its title.
_OF_REPORTS = ("rebaselining", "green-before-late", "green-yet-moving", "ratings")


@open_to_all_accounts
@of_the_current_edition
def reports(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Whether reports told what was to come."""
    looking = viewer(request)
    found = findings(looking, edition)
    parts = sorted(found.some(*_OF_REPORTS), key=lambda part: _OF_REPORTS.index(part.name))
    return render(request, "evidence/reports.html", _page(edition, looking, parts=parts))


@open_to_all_accounts
@of_the_current_edition
def quality(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What is missing and why, what could not be taken, and of which day all this is."""
    looking = viewer(request)
    told = Told.to(looking, edition, by=("", "cause"))
    readings = Import.objects.visible_to(looking).counting().values("reading")
    files = list(DroppedFile.objects.visible_to(looking).filter(reading__in=readings))
    context = {
        "rows_taken": told.get("rows_taken"),
        "gaps": gaps(told),
        "files": [(file, kinds_in(file)) for file in files],
        "alike": Likeness.objects.visible_to(looking).count(),
        "not_said": what_is_not_said(told),
    }
    return render(request, "evidence/quality.html", _page(edition, looking, **context))


def called(column: str) -> str:
    """What a column is called in a sentence."""
    return COLUMNS.get(column, column.replace("_", " "))


def under_way(looking: Account) -> bool:
    """Whether files are being taken in, which the figures do not hold yet."""
    waiting = Import.objects.visible_to(looking).filter(counts=False, undo_asked_at=None)
    return waiting.filter(state__in=UNFINISHED).exists()


def _first(told: Told, by: str) -> Comparison | None:
    for question in QUESTIONS:
        if (comparison := compare(told, question, by=by)) is not None:
            return comparison
    return None


def _page(edition: Edition, looking: Account, **context: Any) -> dict[str, Any]:
    return {"edition": edition, "office": looking.is_office, **context}
