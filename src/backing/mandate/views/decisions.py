"""Decisions of management: asked with options, met about beforehand, and kept in their words (S31)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from backing.leaders.public import on_the_list, pre_met
from backing.mandate import actions
from backing.mandate.forms import DecisionForm, OutcomeForm
from backing.mandate.models import ChangeProposal, MandateDecision
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.named import SeveralOfThatName, people_named


@open_to_all_accounts
def decisions(request: HttpRequest) -> HttpResponse:
    """Those that wait, and those taken, the latest first."""
    found = MandateDecision.objects.visible_to(viewer(request)).prefetch_related("deciders")
    context = {
        "waiting": found.filter(decided_on=None),
        "taken": found.exclude(decided_on=None).order_by("-decided_on", "-pk"),
        "this_day": timezone.localdate(),
    }
    return render(request, "mandate/decisions.html", context)


@open_to_all_accounts
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    looking = viewer(request)
    found = get_object_or_404(MandateDecision.objects.visible_to(looking), pk=decision_id)
    leaders = {each.person: each.leader for each in on_the_list(looking)}
    met = pre_met(looking, [found.pk]).get(found.pk, set())
    deciders = [
        (person, leaders.get(person.pk), person.pk in met) for person in found.deciders.all()
    ]
    changes = ChangeProposal.objects.visible_to(looking)
    context = {
        "decision": found,
        "change": changes.filter(pk=found.change_id or 0).first(),
        "deciders": deciders,
        "not_met": sum(not spoken for _, _, spoken in deciders),
    }
    return render(request, "mandate/decision.html", context)


@open_to(*OFFICE)
def create_decision(request: HttpRequest) -> HttpResponse:
    return _decision_form(request, None)


@open_to(*OFFICE)
def edit_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """A question can be changed until it is decided."""
    waiting = MandateDecision.objects.editable_by(viewer(request)).filter(decided_on=None)
    return _decision_form(request, get_object_or_404(waiting, pk=decision_id))


@open_to(*OFFICE)
def outcome(request: HttpRequest, decision_id: int) -> HttpResponse:
    waiting = MandateDecision.objects.editable_by(viewer(request)).filter(decided_on=None)
    found = get_object_or_404(waiting, pk=decision_id)
    form = OutcomeForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.decide(found, **form.cleaned_data)
        messages.success(request, "Kept, in their words.")
        return redirect("decision", decision_id)
    context = {"form": form, "decision": found, "title": "Note what was decided"}
    return render(
        request, "mandate/decision_form.html", context, status=422 if form.errors else 200
    )


def _decision_form(request: HttpRequest, found: MandateDecision | None) -> HttpResponse:
    form = DecisionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            people = people_named(form.cleaned_data["deciders"])
        except SeveralOfThatName as error:
            form.add_error("deciders", str(error))
        else:
            form.cleaned_data["deciders"] = people
            made = form.save()
            messages.success(request, "Kept. Speak with each decider alone before the day.")
            return redirect("decision", made.pk)
    title = "Say what is to be decided"
    context = {"form": form, "decision": found, "title": title}
    return render(
        request, "mandate/decision_form.html", context, status=422 if form.errors else 200
    )
