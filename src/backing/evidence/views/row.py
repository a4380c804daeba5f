"""What an owner sees of a link: one row, to confirm or to put right.  No account, no script, no cookie.

The link alone is the authority, so there is nothing for another site to borrow and the forms need no token
of their own.  Whatever does not open gets the page of an address that never was, which says whom to ask.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.evidence import owners
from backing.evidence.forms.owners import RowForm
from backing.evidence.models import RowLink
from backing.people.bearing import closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.models import Organisation

WHY = "the owner of a project has no account; what does not open gets the page of what never was"


@require_safe
@open_to_strangers(WHY)
def row(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look before their readers do."""
    found = link_or_answer(request, RowLink, token)
    return found if isinstance(found, HttpResponse) else _page(request, token, found)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    found = link_or_answer(request, RowLink, token)
    if isinstance(found, HttpResponse):
        return found
    owners.confirm(found, now=timezone.now())
    return closed(redirect("row", token))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_corrections(request: HttpRequest, token: str) -> HttpResponse:
    found = link_or_answer(request, RowLink, token)
    if isinstance(found, HttpResponse):
        return found
    asked = owners.row_of(found.ownership)
    if asked is None:
        return _page(request, token, found)
    form = RowForm(request.POST, row=asked)
    if not form.is_valid():
        return _page(request, token, found, form)
    owners.correct(found, form.values, form.causes, now=timezone.now())
    return closed(redirect("row", token))


def _page(
    request: HttpRequest, token: str, link: RowLink, form: RowForm | None = None
) -> HttpResponse:
    asked = owners.row_of(link.ownership)
    context = {
        "token": token,
        "link": link,
        "row": asked,
        "form": form or (RowForm(row=asked) if asked else None),
        "office": Organisation.ours(),
    }
    answer = render(request, "evidence/owner.html", context, status=422 if form else 200)
    return closed(answer)
