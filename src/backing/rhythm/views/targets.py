"""Setting a target, and dropping one with its reason (S22-b)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from backing.evidence.models import Measure
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.rhythm.improving_forms import TargetForm, WhyForm
from backing.rhythm.in_figures import worded
from backing.rhythm.models import ImprovementTarget


@open_to(*OFFICE)
def create_target(request: HttpRequest, measure_id: int) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.editable_by(viewer(request)), pk=measure_id)
    baseline = measure.baseline
    form = TargetForm(
        request.POST or None,
        measure=measure,
        baseline=baseline,
        initial={"owner_name": str(measure.owner)},
    )
    if request.method == "POST" and form.is_valid():
        made = form.target_on(timezone.localdate())
        if made is not None:
            made.save()
            messages.success(request, "The target is set.")
            return redirect("measure", measure_id)
    context = {
        "form": form,
        "measure": measure,
        "baseline": baseline,
        "stood_at": worded(measure, baseline.value) if baseline else "",
    }
    return render(request, "rhythm/target_form.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def drop_target(request: HttpRequest, target_id: int) -> HttpResponse:
    target = get_object_or_404(
        ImprovementTarget.objects.editable_by(viewer(request)).standing(), pk=target_id
    )
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        target.dropped_on = timezone.localdate()
        target.dropped_because = form.cleaned_data["because"]
        target.save()
        messages.success(request, "Dropped. That it was set, and why not any more, stays.")
        return redirect("measure", target.measure_id)
    context = {
        "form": form,
        "title": f"Drop this target: {target.measure}",
        "lead": "It stays to be read, with the reason.",
        "back": "measure",
        "back_to": target.measure_id,
    }
    return render(request, "rhythm/why_form.html", context, status=422 if form.errors else 200)
