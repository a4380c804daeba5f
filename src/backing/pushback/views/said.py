"""What anyone affected sees of a link: to say what is wrong, and to follow what became of it.

No account, no script, no cookie: the link alone is the authority, so the forms need no token of their own.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.people.bearing import address_of, closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.floods import TooMany
from backing.people.models import Organisation
from backing.pushback import actions
from backing.pushback.forms import SayForm, ViewForm
from backing.pushback.models import FollowLink, SayLink

WHY = "whoever is affected has no account; what does not open gets the page of what never was"


@require_safe
@open_to_strangers(WHY)
def say(request: HttpRequest, token: str) -> HttpResponse:
    found = link_or_answer(request, SayLink, token)
    if isinstance(found, HttpResponse):
        return found
    return _say_page(request, token, found, SayForm())


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_said(request: HttpRequest, token: str) -> HttpResponse:
    """The same form sent twice leads to the same page."""
    found = link_or_answer(request, SayLink, token)
    if isinstance(found, HttpResponse):
        return found
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            _, follow = actions.raise_pushback(
                form.said(), now=timezone.now(), once=form.cleaned_data["once"], by_link=found
            )
            return closed(redirect("said", follow))
        except TooMany:
            form.add_error(None, "More came by this link than it is made for. Try in an hour.")
    return _say_page(request, token, found, form)


@require_safe
@open_to_strangers(WHY)
def said(request: HttpRequest, token: str) -> HttpResponse:
    """What became of it.  Looking changes nothing: mail programs look too."""
    found = link_or_answer(request, FollowLink, token)
    return found if isinstance(found, HttpResponse) else _said_page(request, token, found)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_view(request: HttpRequest, token: str) -> HttpResponse:
    """Whether the answer deals with it; said once, a second time changes nothing."""
    found = link_or_answer(request, FollowLink, token)
    if isinstance(found, HttpResponse):
        return found
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _said_page(request, token, found, form)
    actions.say_of_the_answer(
        found.pushback,
        form.cleaned_data["view"],
        words=form.cleaned_data["words"],
        now=timezone.now(),
    )
    return closed(redirect("said", token))


def _say_page(request: HttpRequest, token: str, link: SayLink, form: SayForm) -> HttpResponse:
    context = {"token": token, "link": link, "form": form, "office": Organisation.ours()}
    return closed(render(request, "pushback/say.html", context, status=422 if form.errors else 200))


def _said_page(
    request: HttpRequest, token: str, link: FollowLink, form: ViewForm | None = None
) -> HttpResponse:
    pushback = link.pushback
    context = {
        "token": token,
        "link": link,
        "pushback": pushback,
        "answers": list(pushback.responses.select_related("by__person")),
        "form": form or ViewForm(),
        "address": address_of(request, "said", token),
        "office": Organisation.ours(),
    }
    return closed(render(request, "pushback/said.html", context, status=422 if form else 200))
