"""A project manager's own page: with an account, or by a link on a phone without one and without script.

By the link, the link alone is the authority, so its forms need no token of their own.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.evidence.models import Ownership
from backing.people.access import Role
from backing.people.bearing import closed, link_or_answer, not_kept
from backing.people.doors import open_to, open_to_strangers, viewer
from backing.people.models import Person
from backing.pushback.managers import open_own_row, open_row
from backing.pushback.models import PageLink
from backing.pushback.views.manager_page import Ways, said, shown

WHY = "a project manager has no account to look for; what does not open gets the page of what never was"
LONGEST = 18  # digits of a row's key


@require_safe
@open_to(Role.PROJECT_MANAGER)
def own(request: HttpRequest) -> HttpResponse:
    return not_kept(shown(request, viewer(request).person, _own_ways()))


@require_POST
@open_to(Role.PROJECT_MANAGER)
def create_own_word(request: HttpRequest) -> HttpResponse:
    """Something is said of what is asked; the next page shows what becomes of it."""
    person = viewer(request).person
    answer = said(request, person)
    if isinstance(answer, str):
        return redirect("said", answer)
    return not_kept(shown(request, person, _own_ways(), sent=answer))


@require_POST
@open_to(Role.PROJECT_MANAGER)
def create_own_row_link(request: HttpRequest) -> HttpResponse:
    account = viewer(request)
    row = _row_of(request, account.person)
    return redirect("row", open_own_row(account, row, now=timezone.now()))


@require_safe
@open_to_strangers(WHY)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look too."""
    link = link_or_answer(request, PageLink, token)
    if isinstance(link, HttpResponse):
        return link
    return closed(shown(request, link.person, _ways(token), link=link))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_word_by_link(request: HttpRequest, token: str) -> HttpResponse:
    link = link_or_answer(request, PageLink, token)
    if isinstance(link, HttpResponse):
        return link
    answer = said(request, link.person)
    if isinstance(answer, str):
        return closed(redirect("said", answer))
    return closed(shown(request, link.person, _ways(token), sent=answer, link=link))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_row_link(request: HttpRequest, token: str) -> HttpResponse:
    """To one row of theirs, by a link of its own that closes with this one."""
    link = link_or_answer(request, PageLink, token)
    if isinstance(link, HttpResponse):
        return link
    row = _row_of(request, link.person)
    return closed(redirect("row", open_row(link, token, row, now=timezone.now())))


def _row_of(request: HttpRequest, person: Person) -> Ownership:
    """The row that was pressed, where it is theirs.  Raises Http404."""
    pressed = request.POST.get("row", "")
    if not pressed.isdecimal() or len(pressed) > LONGEST:
        raise Http404
    return get_object_or_404(Ownership, pk=int(pressed), person=person)


def _own_ways() -> Ways:
    return Ways(word=reverse("my-page-word"), row=reverse("my-page-row"))


def _ways(token: str) -> Ways:
    return Ways(
        word=reverse("manager-page-word", args=[token]),
        row=reverse("manager-page-row", args=[token]),
    )
