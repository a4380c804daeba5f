"""What every page has that a signed link opens: how its absence is answered, and that nobody keeps it.

The link alone is the authority, so there is nothing for another site to borrow and the forms need no token
of their own.  Whatever does not open gets the page of an address that never was, which says whom to ask.
"""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from backing.people import throttle
from backing.scope import answering
from backing.scope.models.links import AnswerLink

L = TypeVar("L", bound=AnswerLink)


def link_or_answer(request: HttpRequest, model: type[L], token: str) -> L | HttpResponse:
    """The link, or how its absence is answered.

    Only what bears no signature of ours is counted and made to wait: a whole company may share one
    address, and nobody's true link shall wait for a neighbour's wrong one.
    """
    place = f"scope {request.META.get('REMOTE_ADDR')}"
    if not answering.is_signed(model, token):
        if throttle.is_resting(place):
            return kept_nowhere(render(request, "evidence/owner_wait.html", status=429))
        throttle.count_failure(place)
        raise Http404
    found = answering.carrying(model, token, now=timezone.now())
    if found is None:
        raise Http404
    return found


def kept_nowhere(answer: HttpResponse) -> HttpResponse:
    """Kept by no cache, named to no other site, found by no search."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
