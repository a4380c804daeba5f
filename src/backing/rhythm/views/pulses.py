"""Opening a pulse, handing out its links, and reading what it said once it is over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.bearing import address_of, not_kept, reaches_others
from backing.people.doors import open_to, viewer
from backing.rhythm.models import Pulse, PulseGroup
from backing.rhythm.models.pulses import MARKS
from backing.rhythm.pulse_forms import OpenPulseForm
from backing.rhythm.pulses import open_pulse, said_in_pulses, stop


@require_safe
@open_to(*OFFICE)
def pulses(request: HttpRequest) -> HttpResponse:
    return _page(request, OpenPulseForm(today=timezone.localdate()))


@require_POST
@open_to(*OFFICE)
def create_pulse(request: HttpRequest) -> HttpResponse:
    """The links are shown only now, in no order that says anything."""
    now = timezone.now()
    form = OpenPulseForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, form)
    pulse, tickets = open_pulse(
        form.asked, closes=form.cleaned_data["closes"], by=viewer(request), now=now
    )
    handed_out = [
        (PulseGroup.Who(who).label, [address_of(request, "pulse", each) for each in carried])
        for who, carried in tickets.items()
    ]
    context = {
        "pulse": pulse,
        "handed_out": handed_out,
        "reaches_others": reaches_others(request),
    }
    return not_kept(render(request, "rhythm/pulse_links.html", context))


@require_POST
@open_to(*OFFICE)
def stop_pulse(request: HttpRequest, pulse_id: int) -> HttpResponse:
    today = timezone.localdate()
    running = Pulse.objects.editable_by(viewer(request)).filter(closes__gte=today, stopped_on=None)
    stop(get_object_or_404(running, pk=pulse_id), on=today)
    messages.success(request, "Stopped. Its links open no more, and what came in is gone unseen.")
    return redirect("pulses")


def _page(request: HttpRequest, form: OpenPulseForm) -> HttpResponse:
    looking, today = viewer(request), timezone.localdate()
    running = Pulse.objects.visible_to(looking).filter(closes__gte=today, stopped_on=None)
    context = {
        "form": form,
        "running": running.prefetch_related("groups"),
        "over": said_in_pulses(looking, today=today),
        "marks": MARKS,
    }
    return render(request, "rhythm/pulses.html", context, status=422 if form.errors else 200)
