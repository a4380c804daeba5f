"""The communication plan: read, changed, and put down as told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.rhythm.communication import plan
from backing.rhythm.communication_forms import CommunicationForm
from backing.rhythm.models import CommunicationPlanItem
from boardpaper.wording import en


@require_safe
@open_to(*OFFICE)
def communication(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    items = plan(viewer(request), today=today)
    context = {"items": items, "due": [each for each in items if each.is_due]}
    return render(request, "rhythm/communication.html", context)


@open_to(*OFFICE)
def create_communication(request: HttpRequest) -> HttpResponse:
    return _written(request, CommunicationPlanItem())


@open_to(*OFFICE)
def change_communication(request: HttpRequest, communication_id: int) -> HttpResponse:
    return _written(request, _of(request, communication_id))


@require_POST
@open_to(*OFFICE)
def communication_told(request: HttpRequest, communication_id: int) -> HttpResponse:
    item = _of(request, communication_id)
    item.last_sent = timezone.localdate()
    item.save()
    due = item.next_due
    messages.success(request, f"Put down as told today. Next on {en.day(due)}.")
    return redirect("communication")


@require_POST
@open_to(*OFFICE)
def end_communication(request: HttpRequest, communication_id: int) -> HttpResponse:
    item = _of(request, communication_id)
    item.ended_on = timezone.localdate()
    item.save()
    messages.success(request, "Ended. What was told, and when, stays in its history.")
    return redirect("communication")


def _of(request: HttpRequest, pk: int) -> CommunicationPlanItem:
    items = CommunicationPlanItem.objects.editable_by(viewer(request)).standing()
    return get_object_or_404(items.select_related("owner"), pk=pk)


def _written(request: HttpRequest, item: CommunicationPlanItem) -> HttpResponse:
    form = CommunicationForm(request.POST or None, instance=item, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "It stands in the plan.")
        return redirect("communication")
    context = {"form": form, "item": item}
    status = 422 if form.errors else 200
    return render(request, "rhythm/communication_form.html", context, status=status)
