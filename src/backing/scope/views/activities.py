"""What the office and its neighbours do, and what the office offers."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.scope import actions
from backing.scope.forms.activities import ActivityForm, QuickForm, ServiceForm
from backing.scope.models import Activity, OurUnit, Service
from backing.scope.public import our_unit, services
from backing.scope.views.finding import editable_or_404, form_page

A_PAGE: Final = 100


@require_safe
@open_to_all_accounts
def activities(request: HttpRequest) -> HttpResponse:
    return _list(request, QuickForm())


@require_POST
@open_to(*OFFICE)
def create_activities(request: HttpRequest) -> HttpResponse:
    """Names only, one a line."""
    form = QuickForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    unit = form.cleaned_data["unit"]
    new = actions.note_activities(form.cleaned_data["names"], unit=unit, on=timezone.localdate())
    known = len(form.cleaned_data["names"]) - len(new)
    also = f" {known} of them {'was' if known == 1 else 'were'} there already." if known else ""
    messages.success(request, f"{len(new)} activities of {unit} are new.{also}")
    return redirect("activities")


@open_to(*OFFICE)
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    found = editable_or_404(request, Activity.objects.all(), activity_id)
    form = ActivityForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{found} is kept.")
        return redirect("activities")
    remove = reverse("activity-removal", args=[activity_id])
    return form_page(request, form, title=str(found), back="activities", remove=remove)


@require_POST
@open_to(*OFFICE)
def create_activity_removal(request: HttpRequest, activity_id: int) -> HttpResponse:
    found = editable_or_404(request, Activity.objects.all(), activity_id)
    try:
        found.delete()
    except models.ProtectedError:
        messages.error(
            request, f"{found} is handed over to somebody, so it stays. Say instead that it ended."
        )
        return redirect("activity", activity_id)
    messages.success(request, f"{found} is gone.")
    return redirect("activities")


@require_safe
@open_to_all_accounts
def services_page(request: HttpRequest) -> HttpResponse:
    return render(request, "scope/services.html", {"services": services(viewer(request))})


@open_to(*OFFICE)
def create_service(request: HttpRequest) -> HttpResponse:
    return _service(request, Service(), title="A service that the office offers")


@open_to(*OFFICE)
def edit_service(request: HttpRequest, service_id: int) -> HttpResponse:
    found = editable_or_404(request, Service.objects.all(), service_id)
    remove = reverse("service-removal", args=[service_id])
    return _service(request, found, title=str(found), remove=remove)


@require_POST
@open_to(*OFFICE)
def create_service_removal(request: HttpRequest, service_id: int) -> HttpResponse:
    editable_or_404(request, Service.objects.all(), service_id).delete()
    messages.success(request, "The service is gone.")
    return redirect("services")


def _service(request: HttpRequest, found: Service, *, title: str, remove: str = "") -> HttpResponse:
    form = ServiceForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{found} is kept.")
        return redirect("services")
    return form_page(request, form, title=title, back="services", remove=remove)


def _list(request: HttpRequest, form: QuickForm) -> HttpResponse:
    looking = viewer(request)
    office = OurUnit.objects.values_list("unit", flat=True).first() or 0
    ours_first = models.Case(models.When(org_unit=office, then=0), default=1)
    rows = (
        Activity.objects.visible_to(looking)
        .select_related("org_unit")
        .annotate(theirs=ours_first)
        .order_by("theirs", "org_unit__name", "name", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "unit": our_unit(looking),
        "office": office,
        "ours": rows.filter(org_unit=office).live().count(),
        "neighbours": rows.exclude(org_unit=office).values("org_unit").distinct().count(),
        "uncoded": rows.filter(code="").live().count(),
    }
    return render(request, "scope/activities.html", context, status=422 if form.errors else 200)
