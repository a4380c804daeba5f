"""One step between our work and a benefit, and the benefits with their profiles."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.benefits import public
from backing.benefits.forms import steps as forms
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    Outcome,
    Output,
)
from backing.benefits.views.finding import editable_or_404, form_page
from backing.benefits.views.sight import READERS
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer

_STEPS: Final[dict[str, tuple[Any, Any]]] = {
    "output": (Output, forms.OutputForm),
    "capability": (Capability, forms.CapabilityForm),
    "change": (BusinessChange, forms.ChangeForm),
    "outcome": (Outcome, forms.OutcomeForm),
}


@require_safe
@open_to(*READERS)
def benefits(request: HttpRequest) -> HttpResponse:
    found = public.benefits(viewer(request))
    context = {
        "rows": found,
        "unmeasured": sum(not each.has_measure for each in found),
        "unowned": sum(not each.owner for each in found),
    }
    return render(request, "benefits/benefits.html", context)


@open_to(*OFFICE)
def create_benefit(request: HttpRequest) -> HttpResponse:
    return _benefit(request, BenefitProfile(noted_on=timezone.localdate()))


@open_to(*OFFICE)
def benefit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    return _benefit(request, editable_or_404(request, BenefitProfile.objects.all(), benefit_id))


@open_to(*OFFICE)
def step(request: HttpRequest, layer: str, step_id: int) -> HttpResponse:
    model, form_class = _kind(layer)
    found = editable_or_404(request, model.objects.all(), step_id)
    form = form_class(request.POST or None, instance=found)
    back = f"{reverse('benefits')}?node={layer}-{step_id}"
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept.")
        return redirect(back)
    remove = reverse("step-removal", args=[layer, step_id])
    return form_page(request, form, title=found.name, back=back, remove=remove)


@require_POST
@open_to(*OFFICE)
def create_step_removal(request: HttpRequest, layer: str, step_id: int) -> HttpResponse:
    """It goes, and the links on either side of it."""
    model: Any = BenefitProfile if layer == "benefit" else _kind(layer)[0]
    found = editable_or_404(request, model.objects.all(), step_id)
    found.delete()
    messages.success(request, f"“{found}” is gone, and the links to and from it.")
    return redirect("benefits")


def _kind(layer: str) -> tuple[Any, Any]:
    if layer not in _STEPS:
        raise Http404
    return _STEPS[layer]


def _benefit(request: HttpRequest, found: BenefitProfile) -> HttpResponse:
    form = forms.BenefitForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept.")
        return redirect("benefit-profiles")
    remove = reverse("step-removal", args=["benefit", found.pk]) if found.pk else ""
    title = found.title if found.pk else "A benefit"
    back = reverse("benefit-profiles")
    return form_page(request, form, title=title, back=back, remove=remove)
