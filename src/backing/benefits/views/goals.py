"""The goals: pasted from a strategy page, looked at, kept, changed one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.benefits import public
from backing.benefits.actions.goals import LONGEST, note_goals, proposed_from
from backing.benefits.forms.goals import GoalForm, PasteForm
from backing.benefits.models import StrategyGoal
from backing.benefits.tracing import reaches
from backing.benefits.views.finding import editable_or_404, form_page
from backing.benefits.views.sight import READERS
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_safe
@open_to(*READERS)
def goals(request: HttpRequest) -> HttpResponse:
    return _list(request, PasteForm())


@require_POST
@open_to(*OFFICE)
def propose_goals(request: HttpRequest) -> HttpResponse:
    """What may be goals of what was pasted: nothing is kept yet."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    names = proposed_from(form.cleaned_data["text"])
    known = {goal.name.casefold() for goal in StrategyGoal.objects.all()}
    context = {
        "source": form.cleaned_data["source"],
        "names": [(name, name.casefold() in known) for name in names],
    }
    return render(request, "benefits/proposed.html", context)


@require_POST
@open_to(*OFFICE)
def create_goals(request: HttpRequest) -> HttpResponse:
    """Those that somebody confirmed."""
    names = [" ".join(name.split())[:LONGEST] for name in request.POST.getlist("name")]
    source = request.POST.get("source", "").strip()[:200]
    if not source or not any(names):
        messages.error(request, "Choose at least one goal, and say which document it stands in.")
        return redirect("goals")
    new = note_goals((name for name in names if name), source=source, on=timezone.localdate())
    messages.success(request, f"{len(new)} goal{'s are' if len(new) != 1 else ' is'} new.")
    return redirect("goals")


@open_to(*OFFICE)
def goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    found = editable_or_404(request, StrategyGoal.objects.all(), goal_id)
    form = GoalForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept.")
        return redirect("goals")
    remove = reverse("goal-removal", args=[goal_id])
    return form_page(request, form, title=found.name, back=reverse("goals"), remove=remove)


@require_POST
@open_to(*OFFICE)
def create_goal_removal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """It goes, and the links to it."""
    found = editable_or_404(request, StrategyGoal.objects.all(), goal_id)
    found.delete()
    messages.success(request, f"“{found}” is gone, and the links to it.")
    return redirect("goals")


def _list(request: HttpRequest, form: PasteForm) -> HttpResponse:
    looking = viewer(request)
    sight = public.line_of_sight(looking)
    rows = []
    for each in public.goals(looking):
        firmest = max(reaches(sight, each.key).values(), default=None)
        rows.append((each, len(reaches(sight, each.key)), firmest.word if firmest else ""))
    context = {"form": form, "rows": rows, "without": sum(not count for _, count, _ in rows)}
    return render(request, "benefits/goals.html", context, status=422 if form.errors else 200)
