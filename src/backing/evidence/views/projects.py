"""The projects of the current edition: found by number, unit or kind, and each with its whole history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from backing.documents.papers.plans import cost_words, finish_words
from backing.evidence.history import Said, history
from backing.evidence.models import Decision, MirroredProject
from backing.evidence.naming import Names, searched
from backing.evidence.project_facts import (
    Stated,
    against_plan,
    plans,
    plans_called,
    stated,
)
from backing.evidence.telling import entries
from backing.evidence.told import Called, current_for
from backing.people.doors import open_to_all_accounts, viewer
from backing.people.models import Account

PROJECTS_A_PAGE: Final = 50
ENTRIES_A_PAGE: Final = 100
# What a list can be narrowed by: the field, and what it is called.
_FILTERS: Final = (("org_unit", "Unit"), ("kind", "Kind"), ("state", "State"))


@open_to_all_accounts
def projects(request: HttpRequest) -> HttpResponse:
    """All projects, fifty a page, by register and number."""
    looking = viewer(request)
    edition = current_for(looking)
    if edition is None:
        return render(request, "evidence/nothing_yet.html", {})
    visible = MirroredProject.objects.visible_to(looking)
    text = request.GET.get("q", "").strip()[:80]
    chosen = {name: request.GET.get(name, "") for name, _ in _FILTERS}
    found = visible.filter(searched(looking, text)) if text else visible
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    page = Paginator(found.defer("facts"), PROJECTS_A_PAGE).get_page(request.GET.get("page"))
    called = Called.by(edition)
    context = {
        "edition": edition,
        "page": page,
        "cost_plan": cost_words(called).plan,
        "finish_plan": finish_words(called).day,
        "rows": _listed(page, looking),
        "text": text,
        "filters": _filters(visible, chosen),
        "narrowed": bool(text or any(chosen.values())),
        "query": _query(text, chosen),
        "office": looking.is_office,
    }
    return render(request, "evidence/projects.html", context)


@open_to_all_accounts
def project(request: HttpRequest) -> HttpResponse:
    """One project: what is known of it, how it went against each plan, and all that was said of it."""
    if not request.GET.get("of"):
        return redirect("projects")
    looking = viewer(request)
    edition = current_for(looking)
    found = (
        MirroredProject.objects.visible_to(looking)
        .filter(project=request.GET.get("of", ""))
        .first()
    )
    if edition is None or found is None:
        raise Http404
    names = Names.of([found], looking)
    said = history(edition, found)
    told = [] if said is None else entries(said, _decisions(found, said, looking))
    pages = Paginator(told, ENTRIES_A_PAGE)
    context = {
        "edition": edition,
        "project": found,
        "name": names.name(found),
        "confirmed": names.is_confirmed(found),
        "office": looking.is_office,
        "facts": stated(found),
        "plans": plans(found),
        "plans_called": plans_called(Called.by(edition).plans),
        "against": against_plan(found),
        "page": pages.get_page(request.GET.get("page")),
        "listed": said is not None,
        "query": urlencode({"of": found.project}),
    }
    return render(request, "evidence/project.html", context)


def _listed(page: Page[MirroredProject], looking: Account) -> list[dict[str, Any]]:
    shown = list(page)
    names = Names.of(shown, looking)
    return [
        {
            "project": each,
            "name": names.name(each),
            "confirmed": names.is_confirmed(each),
            "cost": _value(each, "cost_overrun_median"),
            "time": _value(each, "schedule_slip_days_median"),
        }
        for each in shown
    ]


def _value(project: MirroredProject, measure: str) -> Stated | None:
    return next((each for each in against_plan(project) if each.measure == measure), None)


def _filters(visible: QuerySet[MirroredProject], chosen: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "chosen": chosen[name],
            "values": visible.exclude(**{name: ""})
            .order_by(name)
            .values_list(name, flat=True)
            .distinct(),
        }
        for name, label in _FILTERS
    ]


def _query(text: str, chosen: dict[str, str]) -> str:
    return urlencode({name: value for name, value in {"q": text, **chosen}.items() if value})


def _decisions(
    found: MirroredProject, said: Sequence[Said], looking: Account
) -> QuerySet[Decision]:
    """What was decided of any key that the project has."""
    of = Q(register=found.register, key=found.key)
    for register, key in sorted({(each.register, each.key) for each in said}):
        of |= Q(register=register, key=key)
    made = Decision.objects.visible_to(looking).filter(of)
    return made.select_related("by").order_by("made_at", "pk")
