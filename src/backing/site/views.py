"""The pages that belong to no single part: this week, settings, parts to come, and what went wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from backing.people.access import OFFICE
from backing.people.doors import (
    open_to,
    open_to_all_accounts,
    open_to_strangers,
    owes_a_code,
    viewer,
)
from backing.people.models import Account, Organisation
from backing.rhythm.forms import PutOffForm
from backing.site.forms import OrganisationForm
from backing.site.home import Home
from backing.site.parts import BY_SLUG
from backing.site.so_far import so_far


@open_to_strangers("the first address anyone tries; a stranger is sent to sign in")
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Account):
        return redirect("sign-in")
    if owes_a_code(request):
        return redirect("security")
    now = timezone.now()
    today = timezone.localdate(now)
    context = {"home": Home.of(request.user, today=today, now=now), "today_is": today}
    if request.user.is_office:
        context["putting_off"] = PutOffForm(today=today, auto_id=False)
    return render(request, "site/home.html", context)


@open_to_all_accounts
def part(request: HttpRequest, slug: str) -> HttpResponse:
    """A part that is not built yet says so."""
    if slug not in BY_SLUG or BY_SLUG[slug].address:
        raise Http404
    return render(request, "site/part.html", {"part": BY_SLUG[slug]})


@open_to(*OFFICE)
def steps(request: HttpRequest) -> HttpResponse:
    """How far each part of the brief is, by what is recorded."""
    parts = so_far(viewer(request), timezone.localdate())
    begun = [each for each in parts if each.step is not None]
    complete = sum(1 for each in begun if each.step and each.step.is_complete)
    context = {"parts": parts, "complete": complete, "begun": len(begun)}
    return render(request, "site/steps.html", context)


@open_to(*OFFICE)
def settings_page(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, instance=Organisation.ours())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("settings")
    return render(request, "site/settings.html", {"form": form}, status=422 if form.errors else 200)


# Django hands each of these what went wrong; the pages say what to do, whatever it was.


def bad_request(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    return render(request, "site/400.html", status=400)


def forbidden(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    return render(request, "site/403.html", status=403)


def not_found(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    return render(request, "site/404.html", status=404)


def fault(*_: object) -> HttpResponse:
    """Asks nothing of the database, nor of the frame: they may be what failed."""
    return HttpResponse(render_to_string("site/500.html"), status=500)
