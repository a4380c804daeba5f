"""What a leader sees of their link: the charter in short, and two ways to answer.  No account, no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.people.bearing import closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.models import Organisation
from backing.scope import charters
from backing.scope.forms.charter import AnswerForm
from backing.scope.models import Acknowledgement, Charter, CharterLink
from backing.scope.plain_page import parts
from boardpaper.composed import document_from

WHY = "a leader answers by a signed link; what does not open gets the page of what never was"


@require_safe
@open_to_strangers(WHY)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look before their readers do."""
    found = link_or_answer(request, CharterLink, token)
    return found if isinstance(found, HttpResponse) else _page(request, token, found)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_answer(request: HttpRequest, token: str) -> HttpResponse:
    found = link_or_answer(request, CharterLink, token)
    if isinstance(found, HttpResponse):
        return found
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, token, found, form)
    charters.answer(found, **form.cleaned_data, now=timezone.now())
    return closed(redirect("charter-answer", token))


def _page(
    request: HttpRequest, token: str, link: CharterLink, form: AnswerForm | None = None
) -> HttpResponse:
    version = link.charter
    given = Acknowledgement.objects.filter(charter=version, person=link.person).first()
    context: dict[str, Any] = {
        "token": token,
        "link": link,
        "version": version,
        "given": given if given and given.answered_on else None,
        "form": form or AnswerForm(),
        "office": Organisation.ours(),
        # As it was put before leaders, whatever has changed since.
        "parts": parts(document_from(version.issue.composition.encode())) if version.issue else (),
        "newer": Charter.objects.filter(
            version__gt=version.version, proposed_on__isnull=False
        ).exists(),
    }
    page = render(request, "scope/charter_answer.html", context, status=422 if form else 200)
    return closed(page)
