"""For the office: who has a page, how it looks to them, the letter with its link, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of, reaches_others
from backing.people.doors import open_to, viewer
from backing.people.models import Organisation, Person
from backing.pushback import letters
from backing.pushback.managers import LASTS, link_to_page, managers, withdraw
from backing.pushback.views.manager_page import shown
from backing.scope.public import burden_over_time


@require_safe
@open_to(*OFFICE)
def pages(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "managers": managers(viewer(request), now=now),
        "over_time": burden_over_time(None, today=timezone.localdate(now)),
        "reaches_others": reaches_others(request),
    }
    return render(request, "pushback/manager_pages.html", context)


@require_safe
@open_to(*OFFICE)
def preview(request: HttpRequest, person_id: int) -> HttpResponse:
    """As they see it; nothing on it can be pressed."""
    return shown(request, _manager(request, person_id), None)


@require_POST
@open_to(*OFFICE)
@transaction.atomic
def create_letter(request: HttpRequest, person_id: int) -> HttpResponse:
    """A new link, and the letter that carries it; the one before opens no more."""
    person, by, now = _manager(request, person_id), viewer(request), timezone.now()
    token = link_to_page(person, by=by, now=now)
    letter = write(
        "A project manager’s page",
        about=f"page-{person.pk}",
        subject="What the project office asks of you, and what you get for it",
        text=letters.to_a_project_manager(
            person,
            address=address_of(request, "manager-page", token),
            office=Organisation.ours().name,
            until=timezone.localdate(now + LASTS),
        ),
        to=person,
        by=by,
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _manager(request, person_id)
    withdraw(person, now=timezone.now())
    messages.success(request, f"The link to the page of {person} opens no more.")
    return redirect("manager-pages")


def _manager(request: HttpRequest, person_id: int) -> Person:
    """Somebody who has a page.  Raises Http404."""
    known = {each.person.pk: each.person for each in managers(viewer(request), now=timezone.now())}
    if person_id not in known:
        raise Http404
    return known[person_id]
