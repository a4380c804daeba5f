"""For the office: what a change means for one unit as its head sees it, the letter with the link, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.mandate.models import Impact
from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of
from backing.people.doors import open_to, viewer
from backing.people.models import Organisation, Person
from backing.pushback import letters
from backing.pushback.areas import LASTS, link_to_area, page_of, withdraw


@require_safe
@open_to(*OFFICE)
def preview(request: HttpRequest, impact_id: int) -> HttpResponse:
    """As they see it; nothing on it can be pressed."""
    impact, head = _of(request, impact_id)
    today = timezone.localdate()
    page = page_of(impact, head, today=today)
    context = {"page": page, "this_day": today, "office": Organisation.ours()}
    return render(request, "pushback/area.html", context)


@require_POST
@open_to(*OFFICE)
@transaction.atomic
def create_letter(request: HttpRequest, impact_id: int) -> HttpResponse:
    """A new link for the head of the unit, and the letter that carries it."""
    impact, head = _of(request, impact_id)
    by, now = viewer(request), timezone.now()
    token = link_to_area(impact, head, by=by, now=now)
    letter = write(
        "What a change means for a unit",
        about=f"area-{impact.pk}",
        subject=f"What “{impact.change}” means for {impact.org_unit}",
        text=letters.to_the_head_of_a_unit(
            head,
            impact,
            address=address_of(request, "area", token),
            until=timezone.localdate(now + LASTS),
        ),
        to=head,
        by=by,
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, impact_id: int) -> HttpResponse:
    impact, head = _of(request, impact_id)
    withdraw(impact, now=timezone.now())
    messages.success(request, f"The link of {head} opens no more.")
    return redirect("change", impact.change_id)


def _of(request: HttpRequest, impact_id: int) -> tuple[Impact, Person]:
    """What it means for a unit, and who heads that.  Raises Http404 where nobody does."""
    found = Impact.objects.editable_by(viewer(request)).select_related("change", "org_unit__head")
    impact = get_object_or_404(found, pk=impact_id)
    if impact.org_unit.head is None:
        raise Http404
    return impact, impact.org_unit.head
