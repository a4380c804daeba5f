"""How a page answers whoever bears a link: opened, not there, or to come back later.

Only what bears no signature of ours is counted and made to wait: a whole company may share one address,
and nobody's true link shall wait for a neighbour's wrong one.  Guesses at the links of one app are counted
together, whatever they are for.
"""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from backing.people import throttle
from backing.people.models.bearers import BearerLink

L = TypeVar("L", bound=BearerLink)

_HERE_ONLY = ("localhost", "127.0.0.1", "[::1]")


def link_or_answer(request: HttpRequest, kind: type[L], token: str) -> L | HttpResponse:
    """The link, or how its absence is answered.  Raises Http404."""
    if not kind.is_signed(token):
        return of_a_guess(request, kind.PURPOSE.partition(".")[0])
    found = kind.opened_by(token, now=timezone.now())
    if found is None:
        raise Http404
    return found


def of_a_guess(request: HttpRequest, app: str) -> HttpResponse:
    """How what bears no signature of ours is answered: to come back later, after a few.  Raises Http404."""
    place = f"{app} {request.META.get('REMOTE_ADDR')}"
    if not throttle.is_resting(place):
        throttle.count_failure(place)
        raise Http404
    answer = closed(render(request, "people/wait.html", status=429))
    answer.headers["Retry-After"] = str(throttle.REST_SECONDS)
    return answer


def closed(answer: HttpResponse) -> HttpResponse:
    """Kept by no cache, named to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def not_kept(answer: HttpResponse) -> HttpResponse:
    """Kept by no cache: a page with forms, behind an account.

    Not `closed`: without a referrer a browser names no origin either, and every form would be refused.
    """
    answer.headers["Cache-Control"] = "no-store"
    return answer


def address_of(request: HttpRequest, name: str, token: str) -> str:
    """The whole address of a link, as it is sent."""
    return f"{root_of(request)}{reverse(name, args=[token])}"


def root_of(request: HttpRequest) -> str:
    """What every address of this office begins with, without the slash at its end."""
    return (settings.BACKING_URL or request.build_absolute_uri("/")).rstrip("/")


def reaches_others(request: HttpRequest) -> bool:
    """Whether a link of ours opens on another machine than this one."""
    return bool(settings.BACKING_URL) or request.get_host().rsplit(":", 1)[0] not in _HERE_ONLY
