"""What was expected of the office when it began, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backing.mandate.forms import ExpectedForm
from backing.mandate.models import Expected, MandateOrigin
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_safe
@open_to(*OFFICE)
def expectations(request: HttpRequest) -> HttpResponse:
    looking = viewer(request)
    found = Expected.objects.visible_to(looking).select_related("said_by")
    context = {
        "expectations": found,
        "open": [each for each in found if each.outcome == Expected.Outcome.OPEN],
        "origin": MandateOrigin.objects.visible_to(looking).ours(),
    }
    return render(request, "mandate/expectations.html", context)


@open_to(*OFFICE)
def create_expected(request: HttpRequest) -> HttpResponse:
    """The first is what the office was asked for; it stands there to be split up."""
    new = Expected(on=timezone.localdate())
    origin = MandateOrigin.objects.visible_to(viewer(request)).ours()
    if origin is not None and not Expected.objects.exists():
        new.statement, new.on = origin.expected_results[:200], origin.on
        new.said_by = origin.commissioned_by.first()
    return _form(request, new, "Note what was expected when the office began")


@open_to(*OFFICE)
def edit_expected(request: HttpRequest, expected_id: int) -> HttpResponse:
    rows = Expected.objects.editable_by(viewer(request))
    return _form(request, get_object_or_404(rows, pk=expected_id), "Note what became of it")


def _form(request: HttpRequest, found: Expected, title: str) -> HttpResponse:
    form = ExpectedForm(request.POST or None, today=timezone.localdate(), instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept. It stands in the mandate review as it is.")
        return redirect("expectations-at-the-start")
    return render(
        request,
        "mandate/expected_form.html",
        {"form": form, "title": title},
        status=422 if form.errors else 200,
    )
