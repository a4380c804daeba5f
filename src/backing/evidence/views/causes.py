"""The queue of narratives to code, one project a page, and what two coders made of the same ones."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.evidence import agreed, suggested
from backing.evidence import coding as coded
from backing.evidence.forms.causes import AgreementForm, CausesForm, OwnCauseForm
from backing.evidence.models import MirroredNarrative, MirroredProject, Ownership
from backing.evidence.owners import person_called
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import Account
from trackrecord.keys import Key

A_PAGE = 50


@open_to(*OFFICE)
def coding(request: HttpRequest) -> HttpResponse:
    """One project: `project` names it, `after` asks for the one after it, nothing for the first."""
    account = viewer(request)
    told = _told(account, request.GET.get("project", ""))
    if told is None:
        passed = _told(account, request.GET.get("after", ""))
        told = coded.after(coded.queue(account, account.person), passed)
    return _page(request, told)


@require_POST
@open_to(*OFFICE)
def create_coding(request: HttpRequest) -> HttpResponse:
    told, form = _asked(request), CausesForm(request.POST)
    if not form.is_valid():
        return _page(request, told, form)
    words = form.cleaned_data["words"] or suggested.words_for(
        told.text, [each.cause for each in form.causes]
    )
    try:
        coded.code(told, form.causes, words=words, by=viewer(request).person, now=timezone.now())
    except coded.NotYours as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, f"Saved: {form.causes[0].cause} for {told.key}.")
    return redirect(_address(after=told.project))


@require_POST
@open_to(*OFFICE)
def create_settlement(request: HttpRequest) -> HttpResponse:
    told, form = _asked(request), CausesForm(request.POST)
    if not form.is_valid():
        return _page(request, told, form)
    try:
        coded.settle(told, form.causes, by=viewer(request).person, now=timezone.now())
    except coded.NotYours as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, "Settled. Both codings stay as they were.")
    return redirect(_address(project=told.project))


@require_POST
@open_to(*OFFICE)
def create_agreement(request: HttpRequest) -> HttpResponse:
    """Somebody of the project agrees, and the office writes down who."""
    told, form = _asked(request), AgreementForm(request.POST)
    if not form.is_valid():
        return _page(request, told, form)
    person = person_called(form.cleaned_data["agreed_by"])
    agreed.agree(Key(told.register, told.key), form.causes, by=person, now=timezone.now())
    messages.success(request, f"Agreed by {person}. The next figures take it up.")
    return redirect(_address(project=told.project))


@require_POST
@open_to(*OFFICE)
def create_own_cause(request: HttpRequest) -> HttpResponse:
    form = OwnCauseForm(request.POST)
    told = _told(viewer(request), request.POST.get("project", ""))
    if not form.is_valid():
        return _page(request, told, own=form)
    form.save()
    messages.success(request, f"Added: {form.instance.label}.")
    return redirect(_address(project=told.project) if told else "coding")


@open_to(*OFFICE)
def comparison(request: HttpRequest) -> HttpResponse:
    projects = coded.compared()
    differing = [each for each in projects if each.differs]
    page = Paginator(differing, A_PAGE).get_page(request.GET.get("page"))
    names = _names(each.project for each in page)
    context = {
        "projects": len(projects),
        "differing": len(differing),
        "open": sum(not each.is_settled for each in differing),
        "kappas": coded.kappas(projects),
        "page": page,
        "rows": [
            (each, names.get(each.project, each.key), _address(project=Key(*each.project).project))
            for each in page
        ],
    }
    return render(request, "evidence/cause_comparison.html", context)


def _page(
    request: HttpRequest,
    told: MirroredNarrative | None,
    form: CausesForm | None = None,
    own: OwnCauseForm | None = None,
) -> HttpResponse:
    account = viewer(request)
    context: dict[str, Any] = {
        "left": coded.queue(account, account.person).count(),
        "told": told,
        "form": form,
        "own": own or OwnCauseForm(),
    }
    if told:
        context |= _about(account, told, form)
    wrong = (form and form.errors) or (own and own.errors)
    return render(request, "evidence/cause_queue.html", context, status=422 if wrong else 200)


def _about(account: Account, told: MirroredNarrative, form: CausesForm | None) -> dict[str, Any]:
    """What a coder is shown of one project: its words, never its outcome."""
    key = Key(told.register, told.key)
    said = coded.says(told)
    open_to_coder = coded.may_code(told, said, account.person)
    mine = next((each for each in said if each.coder == account.person), None)
    seen = coded.may_see(told, said, account.person)
    office = agreed.coded_by_office(key) if seen else ()
    with_project = agreed.agreed_with(key)
    start = with_project or office or (mine.causes if mine else ())
    owner = Ownership.objects.filter(register=told.register, key=told.key).first()
    return {
        "project": MirroredProject.objects.filter(register=told.register, key=told.key).first(),
        "next": _address(after=told.project),
        "stretches": suggested.stretches(told.text),
        "picks": suggested.picks(told.text),
        "mine": mine,
        "said": [each for each in said if seen or each.coder == account.person],
        "may_code": open_to_coder,
        "differs": seen and len({frozenset(each.causes) for each in said}) > 1,
        "office": office,
        "with_project": with_project,
        "owner": owner.person if owner else None,
        "main": form.data.get("main") if form else (start[0].cause if start else ""),
        "also": (
            form.data.getlist("also")  # type: ignore[attr-defined]  # a QueryDict
            if form
            else [each.cause for each in start[1:]]
        ),
    }


def _asked(request: HttpRequest) -> MirroredNarrative:
    found = MirroredNarrative.objects.visible_to(viewer(request))
    return get_object_or_404(found, project=request.POST.get("project", ""))


def _told(account: Account, project: str) -> MirroredNarrative | None:
    return MirroredNarrative.objects.visible_to(account).filter(project=project).first()


def _names(places: Any) -> dict[tuple[str, str], str]:
    keys = {key for _, key in places}
    found = MirroredProject.objects.filter(key__in=keys)
    return {(each.register, each.key): str(each) for each in found}


def _address(**query: str) -> str:
    return f"{reverse('coding')}?{urlencode(query)}"
