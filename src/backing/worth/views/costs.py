"""What the office costs, item by item, and what an hour of others costs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.worth.forms import CostForm, RateForm
from backing.worth.models import CostItem, HourlyRate
from backing.worth.standing import standing
from backing.worth.views.finding import READERS, editable_or_404, form_page


@require_safe
@open_to(*READERS)
def costs(request: HttpRequest) -> HttpResponse:
    """Every item, every price of an hour, and the year they make."""
    looking = viewer(request)
    context = {
        "items": CostItem.objects.visible_to(looking),
        "rates": HourlyRate.objects.visible_to(looking),
        "year": standing(looking, today=timezone.localdate()).year,
    }
    return render(request, "worth/costs.html", context)


@open_to(*OFFICE)
def create_cost(request: HttpRequest) -> HttpResponse:
    return _cost(request, CostItem(noted_on=timezone.localdate()))


@open_to(*OFFICE)
def edit_cost(request: HttpRequest, cost_id: int) -> HttpResponse:
    return _cost(request, editable_or_404(request, CostItem.objects.all(), cost_id))


@require_POST
@open_to(*OFFICE)
def create_cost_removal(request: HttpRequest, cost_id: int) -> HttpResponse:
    found = editable_or_404(request, CostItem.objects.all(), cost_id)
    found.delete()
    messages.success(request, f"“{found}” is no cost of the office any more.")
    return redirect("worth-costs")


@open_to(*OFFICE)
def create_rate(request: HttpRequest) -> HttpResponse:
    return _rate(request, HourlyRate(noted_on=timezone.localdate()))


@open_to(*OFFICE)
def edit_rate(request: HttpRequest, rate_id: int) -> HttpResponse:
    return _rate(request, editable_or_404(request, HourlyRate.objects.all(), rate_id))


def _cost(request: HttpRequest, found: CostItem) -> HttpResponse:
    form = CostForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept: {found.amount}.")
        return redirect("worth-costs")
    title = str(found) if found.pk else "Put down what the office costs"
    remove = reverse("worth-cost-removal", args=[found.pk]) if found.pk else ""
    return form_page(request, form, title=title, back="worth-costs", remove=remove)


def _rate(request: HttpRequest, found: HourlyRate) -> HttpResponse:
    form = RateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{found} costs {found.rate}.")
        return redirect("worth-costs")
    return form_page(request, form, title="Say what an hour of theirs costs", back="worth-costs")
