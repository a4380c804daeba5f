"""Bringing an objection, or what may be stopped, to a named manager who is engaged (S12-c)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents.printing import print_out
from backing.mandate.models import BlockPlan
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.pushback import actions, engaged, working_days
from backing.pushback.forms import EscalationForm, SettledForm
from backing.pushback.models import Escalation, Pushback
from backing.pushback.papers import escalation_note
from boardpaper.wording import en

DECIDED_WITHIN: Final = 10  # working days, as drafted


@open_to(*OFFICE)
def create_escalation(request: HttpRequest, pushback_id: int) -> HttpResponse:
    found = get_object_or_404(Pushback.objects.editable_by(viewer(request)), pk=pushback_id)
    return _form(request, found, _drafted(found))


@open_to(*OFFICE)
def create_block_escalation(request: HttpRequest, plan_id: int) -> HttpResponse:
    found = get_object_or_404(BlockPlan.objects.editable_by(viewer(request)), pk=plan_id)
    drafted = {"facts": f"“{found.change}” needs an agreement that has not come."}
    return _form(request, found, drafted)


@open_to(*OFFICE)
def escalation(request: HttpRequest, escalation_id: int) -> HttpResponse:
    return _page(request, escalation_id, SettledForm())


@require_POST
@open_to(*OFFICE)
def create_outcome(request: HttpRequest, escalation_id: int) -> HttpResponse:
    found = get_object_or_404(
        Escalation.objects.editable_by(viewer(request)).filter(decided_on=None), pk=escalation_id
    )
    form = SettledForm(request.POST)
    if not form.is_valid():
        return _page(request, escalation_id, form)
    actions.settle(found, outcome=form.cleaned_data["outcome"], on=timezone.localdate())
    messages.success(request, "Kept, in their words.")
    return redirect("escalation", escalation_id)


@require_POST
@open_to(*OFFICE)
def create_note(request: HttpRequest, escalation_id: int) -> HttpResponse:
    """D10 as a PDF."""
    found = get_object_or_404(Escalation.objects.visible_to(viewer(request)), pk=escalation_id)
    now = timezone.now()
    return print_out(escalation_note(found, now=now), "pdf", by=viewer(request), now=now)


def _page(request: HttpRequest, escalation_id: int, form: SettledForm) -> HttpResponse:
    found = get_object_or_404(
        Escalation.objects.visible_to(viewer(request)).select_related("to", "pushback__change"),
        pk=escalation_id,
    )
    context = {"escalation": found, "form": form}
    return render(request, "pushback/escalation.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, about: Pushback | BlockPlan, drafted: dict[str, Any]
) -> HttpResponse:
    today = timezone.localdate()
    managers = engaged.managers(viewer(request), today=today)
    initial = drafted | {"by": working_days.after(today, DECIDED_WITHIN), "level": 3}
    form = EscalationForm(request.POST or None, managers=managers, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = actions.escalate(about, **form.cleaned_data, on=today, raised_by=viewer(request))
        messages.success(request, "Kept. Print the note and bring it to them yourself.")
        return redirect("escalation", made.pk)
    context = {
        "form": form,
        "about": about,
        "is_pushback": isinstance(about, Pushback),
        "engaged": [each for each in managers if each.is_engaged],
        "since": today - timedelta(days=engaged.LATELY),
    }
    return render(
        request, "pushback/escalation_form.html", context, status=422 if form.errors else 200
    )


def _drafted(found: Pushback) -> dict[str, Any]:
    """What is known already, to be put into better words."""
    answers = list(found.responses.all())
    said = f"“{found.text}” (said on {en.day(found.received)})"
    tried = "; ".join(f"{each.get_kind_display()}: {each.text}" for each in answers)
    return {
        "facts": said[:600],
        "tried": tried[:300],
        "options": "\n".join(
            [found.instead or f"Change “{found.subject}” as they ask", "Leave it as it is"]
        ),
    }
