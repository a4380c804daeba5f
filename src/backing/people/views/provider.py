"""Coming in by the organisation's own provider: the way there, and the way back."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from backing.people import provider
from backing.people.bearing import root_of
from backing.people.coming_in import let_in
from backing.people.doors import BY_PROVIDER, open_to_strangers

LOG = logging.getLogger(__name__)
_ASKED = "asked_of_provider"


@require_GET
@open_to_strangers("who signs in has not signed in yet; without a provider it never was")
def leave(request: HttpRequest) -> HttpResponse:
    _ask_for_a_provider()
    try:
        address, asked = provider.ask(
            answer_at=_answer_at(request),
            onward=request.GET.get("next", ""),
            now=timezone.now(),
        )
    except provider.NotLetIn as why:
        return _not_let_in(request, why)
    request.session[_ASKED] = asked.kept()
    return redirect(address)


@require_GET
@open_to_strangers("the provider sends the browser back before anybody is signed in")
def come_back(request: HttpRequest) -> HttpResponse:
    _ask_for_a_provider()
    kept = request.session.pop(_ASKED, None)  # whatever comes of it: an answer counts once
    asked = provider.Asked(**kept) if kept else None
    try:
        account = provider.answered(
            asked, request.GET.dict(), answer_at=_answer_at(request), now=timezone.now()
        )
    except provider.NotLetIn as why:
        return _not_let_in(request, why)
    account.links.filter(used_at=None).delete()
    answer = let_in(request, account, onward=asked.onward if asked else "")
    request.session[BY_PROVIDER] = True
    return answer


def _not_let_in(request: HttpRequest, why: provider.NotLetIn) -> HttpResponse:
    LOG.warning("Sign-in by the provider failed: %s", why.code)
    return render(request, "people/not_let_in.html", {"why": str(why)}, status=403)


def _answer_at(request: HttpRequest) -> str:
    return root_of(request) + reverse("provider-answer")


def _ask_for_a_provider() -> None:
    if not provider.is_configured():
        raise Http404
