"""The office's list of owners: who owns what, who was asked, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.evidence import asked, letters
from backing.evidence import owners as owning
from backing.evidence.forms.owners import OneProjectForm, ProposedForm
from backing.evidence.models import MirroredProject, Ownership
from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of, reaches_others
from backing.people.doors import open_to, viewer
from backing.people.models import Organisation, Person

A_PAGE = 50  # projects
PROPOSED_AT_ONCE = 25  # managers, and owners to ask


@open_to(*OFFICE)
def owners(request: HttpRequest) -> HttpResponse:
    return _page(request, OneProjectForm())


@require_POST
@open_to(*OFFICE)
def create_assignment(request: HttpRequest) -> HttpResponse:
    """All projects of one manager that have no owner get one."""
    form = ProposedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give a name, and an e-mail that is one or none.")
        return redirect("owners")
    manager = form.cleaned_data.pop("manager")
    projects = owning.unowned().filter(manager=manager)
    number = projects.count()
    person = owning.assign(list(projects), **form.cleaned_data)
    messages.success(request, f"{person} owns {_projects(number)} more.")
    return redirect("owners")


@require_POST
@open_to(*OFFICE)
def assign_one(request: HttpRequest) -> HttpResponse:
    """One project gets an owner, or another one."""
    form = OneProjectForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data.pop("number").strip()
        found = list(MirroredProject.objects.visible_to(viewer(request)).filter(key=number))
        if len(found) == 1:
            person = owning.assign(found, **form.cleaned_data)
            messages.success(request, f"{person} owns {found[0]}.")
            return redirect("owners")
        form.add_error(
            "number",
            "Two registers have this number. Choose the owner by the manager above."
            if found
            else "No project of the current figures has this number. Look it up in the register.",
        )
    return _page(request, form)


@require_POST
@open_to(*OFFICE)
@transaction.atomic
def create_message(request: HttpRequest, person_id: int) -> HttpResponse:
    """New links for one owner, and the letter that carries them."""
    person = get_object_or_404(Person.objects.visible_to(viewer(request)), pk=person_id)
    now = timezone.now()
    found = asked.ownerships(viewer(request), now=now)
    theirs = list(asked.of_person(found, person))
    if not theirs:
        raise Http404
    tokens = owning.ask(theirs, by=viewer(request), now=now)
    message = letters.compose(
        [
            letters.Asked(
                ownership.name or ownership.key, ownership.key, address_of(request, "row", token)
            )
            for ownership, token in zip(theirs, tokens, strict=True)
        ],
        owner=person.full_name,
        office=Organisation.ours().name,
        until=timezone.localdate(now + owning.LASTS),
        again=all(ownership.asked_at for ownership in theirs),
    )
    letter = write(
        "Rows to confirm",
        about=f"rows-{person.pk}",
        subject=message.subject,
        text=message.text,
        to=person,
        by=viewer(request),
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, ownership_id: int) -> HttpResponse:
    """A link opens no more."""
    ownership = get_object_or_404(Ownership.objects.editable_by(viewer(request)), pk=ownership_id)
    owning.withdraw(ownership, now=timezone.now())
    messages.success(request, f"The link to {ownership.key} opens no more.")
    return redirect("owners")


@require_POST
@open_to(*OFFICE)
def create_alias(request: HttpRequest, ownership_id: int) -> HttpResponse:
    """What a project is called in what is shared, until its owner has confirmed it."""
    ownership = get_object_or_404(Ownership.objects.editable_by(viewer(request)), pk=ownership_id)
    ownership.alias = " ".join(request.POST.get("alias", "").split())[:80]
    ownership.save()
    return redirect("owners")


def _page(request: HttpRequest, form: OneProjectForm) -> HttpResponse:
    found = asked.ownerships(viewer(request), now=timezone.now())
    counts = asked.counts(found)
    chosen = request.GET.get("answer", "")
    shown = found.filter(answer=chosen) if chosen in asked.Answer.values else found
    proposed, waiting = owning.proposed(), asked.to_ask(found)
    context = {
        "projects": MirroredProject.objects.visible_to(viewer(request)).count(),
        "counts": [(answer, answer.label, counts[answer]) for answer in asked.Answer],
        "owned": sum(counts.values()),
        "answered": counts[asked.Answer.CONFIRMED] + counts[asked.Answer.CORRECTED],
        "chosen": chosen,
        "rows": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "proposed": proposed[:PROPOSED_AT_ONCE],
        "more_proposed": len(proposed) - PROPOSED_AT_ONCE,
        "to_ask": waiting[:PROPOSED_AT_ONCE],
        "more_to_ask": len(waiting) - PROPOSED_AT_ONCE,
        "form": form,
        "reaches_others": reaches_others(request),
    }
    return render(request, "evidence/owners.html", context, status=422 if form.errors else 200)


def _projects(number: int) -> str:
    return "1 project" if number == 1 else f"{number} projects"
