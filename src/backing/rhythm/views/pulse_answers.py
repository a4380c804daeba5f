"""What whoever has a ticket sees of a pulse: two marks, two lines, one button.  No account, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.people.bearing import closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.models import Organisation
from backing.rhythm.models import PulseTicket
from backing.rhythm.pulse_forms import AnswerPulseForm
from backing.rhythm.pulses import answer

WHY = "an answer without a name needs a page without an account"


@require_safe
@open_to_strangers(WHY)
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look too."""
    found = _ticket_or_answer(request, token)
    if isinstance(found, HttpResponse):
        return found
    return _page(request, token, found, AnswerPulseForm())


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What needs another look is shown with status 200: of others the log keeps address and time."""
    found = _ticket_or_answer(request, token)
    if isinstance(found, HttpResponse):
        return found
    form = AnswerPulseForm(request.POST)
    if not form.is_valid():
        return _page(request, token, found, form)
    words = {name: form.cleaned_data[name] for name in ("to_stop", "to_start")}
    answer(found, form.marks, **words)
    return closed(redirect("pulse-answered"))


@require_safe
@open_to_strangers(WHY)
def answered(request: HttpRequest) -> HttpResponse:
    return closed(render(request, "rhythm/pulse_answered.html", {"office": Organisation.ours()}))


def _ticket_or_answer(request: HttpRequest, token: str) -> PulseTicket | HttpResponse:
    """A ticket of ours that is used up, or over, leads to the last page: a second tap alarms nobody."""
    if PulseTicket.is_signed(token) and PulseTicket.opened_by(token, now=timezone.now()) is None:
        return closed(redirect("pulse-answered"))
    return link_or_answer(request, PulseTicket, token)


def _page(
    request: HttpRequest, token: str, ticket: PulseTicket, form: AnswerPulseForm
) -> HttpResponse:
    context = {
        "token": token,
        "pulse": ticket.group.pulse,
        "form": form,
        "office": Organisation.ours(),
    }
    return closed(render(request, "rhythm/pulse.html", context))
