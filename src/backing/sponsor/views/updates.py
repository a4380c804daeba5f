"""Writing the sponsor's update, sending its link, and what the sponsor sees of it on a phone (D5, 4.6)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of, closed, link_or_answer
from backing.people.doors import open_to, open_to_strangers, viewer
from backing.people.models import Organisation
from backing.sponsor import actions, known, letters
from backing.sponsor.forms import UpdateForm, answers_in
from backing.sponsor.models import SponsorAssignment, SponsorUpdate, UpdateLink

WHY = "the sponsor has no account to look for; what does not open gets the page of what never was"


@open_to(*OFFICE)
def create_update(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Composed from what is known, and edited."""
    editable = SponsorAssignment.objects.editable_by(viewer(request))
    assignment = get_object_or_404(editable, pk=assignment_id)
    form = UpdateForm(request.POST or None, initial=known.update(viewer(request)))
    if request.method == "POST" and form.is_valid():
        update = form.save(commit=False)
        update.assignment, update.made_on = assignment, timezone.localdate()
        try:
            actions.write_update(update, form.asks)
        except actions.TooLong as error:
            form.add_error(None, str(error))
        else:
            return redirect("sponsor-update", update.pk)
    context = {"form": form, "title": f"Write what {assignment} needs to know"}
    return render(request, "sponsor/form.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def update(request: HttpRequest, update_id: int) -> HttpResponse:
    """As the sponsor will see it, and what they answered."""
    found = get_object_or_404(SponsorUpdate.objects.visible_to(viewer(request)), pk=update_id)
    return render(request, "sponsor/update.html", _shown(found) | {"preview": True})


@require_POST
@open_to(*OFFICE)
def create_link(request: HttpRequest, update_id: int) -> HttpResponse:
    """A new link to the update, and the letter that carries it."""
    found = get_object_or_404(SponsorUpdate.objects.editable_by(viewer(request)), pk=update_id)
    by, now = viewer(request), timezone.now()
    token = actions.send_update(found, by=by, now=now)
    letter = write(
        "The sponsor’s update",
        about=f"update-{found.pk}",
        subject=found.headline,
        text=letters.about_an_update(
            found,
            address=address_of(request, "for-sponsor", token),
            until=timezone.localdate(now + actions.UPDATE_LASTS),
        ),
        to=found.assignment.person,
        by=by,
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, update_id: int) -> HttpResponse:
    found = get_object_or_404(SponsorUpdate.objects.editable_by(viewer(request)), pk=update_id)
    for link in found.links.filter(withdrawn_at=None):
        link.withdraw(now=timezone.now())
    messages.success(request, "The link opens no more.")
    return redirect("sponsor-update", update_id)


@require_safe
@open_to_strangers(WHY)
def for_sponsor(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look too."""
    link = link_or_answer(request, UpdateLink, token)
    if isinstance(link, HttpResponse):
        return link
    shown = _shown(link.update_of) | {"token": token, "link": link}
    return closed(render(request, "sponsor/update.html", shown))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_answers(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, no or talk to me; each ask is answered once."""
    link = link_or_answer(request, UpdateLink, token)
    if isinstance(link, HttpResponse):
        return link
    asks = list(link.update_of.asks.all())
    actions.answer_asks(link.update_of, answers_in(request.POST, asks), now=timezone.now())
    return closed(redirect("for-sponsor", token))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_passed_on(request: HttpRequest, token: str) -> HttpResponse:
    """The sponsor passed the win on."""
    link = link_or_answer(request, UpdateLink, token)
    if isinstance(link, HttpResponse):
        return link
    actions.shared_by_sponsor(link.update_of, on=timezone.localdate())
    return closed(redirect("for-sponsor", token))


def _shown(found: SponsorUpdate) -> dict[str, Any]:
    asks = list(found.asks.all())
    win = found.win
    return {
        "update": found,
        "asks": asks,
        "open": [ask for ask in asks if not ask.answer],
        "passed_on": win is not None and win.shares.filter(by=found.assignment.person).exists(),
        "office": Organisation.ours(),
    }
