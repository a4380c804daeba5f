"""Who can stop a change, and what is planned about it (S11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.public import may_block, on_the_list
from backing.mandate import actions
from backing.mandate.forms import PlanForm
from backing.mandate.models import BlockPlan, ChangeProposal
from backing.mandate.public import OVER, changes
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.key import NoKey
from backing.people.models import Account, Person

PURPOSE = "blocks"


@open_to(*OFFICE)
def blocks(request: HttpRequest) -> HttpResponse:
    """Plans, with the day; who can stop what shows on POST, which is logged."""
    looking = viewer(request)
    plans = BlockPlan.objects.visible_to(looking).select_related(
        "change", "person", "owner__person"
    )
    context: dict[str, Any] = {
        "open": plans.filter(done_on=None),
        "done": plans.exclude(done_on=None).order_by("-done_on", "-pk")[:20],
        "this_day": timezone.localdate(),
    }
    if request.method != "POST":
        return render(request, "mandate/blocks.html", context)
    try:
        context |= {"opened_at": timezone.now(), "blocks": _opened(looking)}
    except NoKey as error:
        context["closed"] = str(error)
    answer = render(request, "mandate/blocks.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@open_to(*OFFICE)
def create_plan(request: HttpRequest) -> HttpResponse:
    looking = viewer(request)
    people = [each.person for each in on_the_list(looking)]
    form = PlanForm(
        request.POST or None,
        changes=ChangeProposal.objects.visible_to(looking).exclude(status__in=OVER),
        people=Person.objects.visible_to(looking).filter(pk__in=people),
        initial={
            "change": request.GET.get("change"),
            "person": request.GET.get("person"),
            "owner": looking.pk,
        },
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("blocks")
    return render(
        request, "mandate/plan_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@open_to(*OFFICE)
def create_done(request: HttpRequest, plan_id: int) -> HttpResponse:
    plan = get_object_or_404(BlockPlan.objects.editable_by(viewer(request)), pk=plan_id)
    actions.finish_plan(plan, on=timezone.localdate())
    return redirect("blocks")


def _opened(looking: Account) -> list[dict[str, Any]]:
    """Who can stop which change, where they stand, and whether something is planned."""
    live = {each.pk: each for each in changes(looking)}
    planned = set(
        BlockPlan.objects.visible_to(looking).filter(done_on=None).values_list("change", "person")
    )
    found = may_block(
        looking,
        {change.pk: change.required for change in live.values()},
        purpose=PURPOSE,
        now=timezone.now(),
    )
    return [
        {
            "blocker": each,
            "change": live[each.change],
            "stands": each.stand.value if each.stand else "unknown",
            "planned": (each.change, each.person) in planned,
        }
        for each in found
    ]
