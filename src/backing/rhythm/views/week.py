"""This week in full, for whoever opens it: it may be about people, so no cache keeps it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from backing.people.access import OFFICE
from backing.people.advising import Advice
from backing.people.doors import open_to, viewer
from backing.rhythm.actions import put_off
from backing.rhythm.forms import PutOffForm
from backing.rhythm.shown import Shown, key_of
from backing.rhythm.watched import WATCHED
from backing.rhythm.week import found_for, this_week


@never_cache
@open_to(*OFFICE)
def week(request: HttpRequest) -> HttpResponse:
    """All that home shows, opened."""
    today = timezone.localdate()
    things = [Shown.opened(advice) for advice in this_week(viewer(request), today)]
    form = PutOffForm(today=today, auto_id=False)
    context = {"things": things, "putting_off": form, "today_is": today}
    return render(request, "rhythm/week.html", context)


@never_cache
@open_to(*OFFICE)
def thing(request: HttpRequest, key: str) -> HttpResponse:
    """One of them, with why, and not now."""
    return _thing(request, _found(request, key), PutOffForm(today=timezone.localdate()))


@never_cache
@require_POST
@open_to(*OFFICE)
def create_putting_off(request: HttpRequest, key: str) -> HttpResponse:
    advice, today = _found(request, key), timezone.localdate()
    form = PutOffForm(request.POST, today=today)
    if not form.is_valid():
        return _thing(request, advice, form)
    reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
    put_off(advice, reason=reason, until=until, on=today, by=viewer(request))
    back = f"It comes back on {until.day} {until:%B}." if until else "It is not shown again."
    messages.success(request, f"Put off. {back}")
    return redirect("home")


def _thing(request: HttpRequest, advice: Advice, form: PutOffForm) -> HttpResponse:
    context = {"thing": Shown.opened(advice), "watched": WATCHED[advice.rule], "form": form}
    return render(request, "rhythm/thing.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, key: str) -> Advice:
    found = found_for(viewer(request), timezone.localdate())
    advice = next((each for each in found if key_of(each) == key), None)
    if advice is None:
        raise Http404
    return advice
