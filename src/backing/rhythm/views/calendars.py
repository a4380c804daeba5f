"""What is due, in somebody's own calendar: the address to subscribe to, and what a program fetches there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.outbox import ways
from backing.people.access import OFFICE
from backing.people.bearing import (
    address_of,
    closed,
    link_or_answer,
    not_kept,
    reaches_others,
    root_of,
)
from backing.people.doors import open_to, open_to_all_accounts, open_to_strangers, viewer
from backing.people.models import Organisation
from backing.rhythm import digest
from backing.rhythm.dates import days_of
from backing.rhythm.forms import DigestForm
from backing.rhythm.ical import as_calendar
from backing.rhythm.models import CalendarLink, WeeklyDigest
from backing.rhythm.models.calendars import LASTS

NEXT = 8  # days shown of what the calendar holds


@open_to_all_accounts
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@open_to_all_accounts
def create_calendar(request: HttpRequest) -> HttpResponse:
    """A new address, shown only now; the one before opens no more."""
    token = CalendarLink.subscribe(viewer(request), now=timezone.now())
    return not_kept(_page(request, address=address_of(request, "calendar-feed", token)))


@require_POST
@open_to_all_accounts
def create_withdrawal(request: HttpRequest) -> HttpResponse:
    for link in CalendarLink.objects.of(viewer(request)).filter(withdrawn_at=None):
        link.withdraw(now=timezone.now())
    messages.success(request, "The address opens no more. Remove it from your calendar program.")
    return redirect("calendar")


@require_POST
@open_to(*OFFICE)
def create_digest(request: HttpRequest) -> HttpResponse:
    """Once a week, to their own address."""
    account, form = viewer(request), DigestForm(request.POST)
    if not (form.is_valid() and account.email and ways.by_mail()):
        messages.error(
            request, "For this your account needs an e-mail, and the office a mail server."
        )
        return redirect("calendar")
    WeeklyDigest.objects.update_or_create(
        account=account,
        defaults={"weekday": form.cleaned_data["weekday"], "asked_on": timezone.localdate()},
    )
    messages.success(request, "It comes once a week, to your own address.")
    return redirect("calendar")


@require_POST
@open_to(*OFFICE)
def end_digest(request: HttpRequest) -> HttpResponse:
    WeeklyDigest.objects.of(viewer(request)).delete()
    messages.success(request, "It comes no more.")
    return redirect("calendar")


@require_safe
@open_to_strangers("a calendar program has no password; what does not open gets what never was")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the account that made the address may see today."""
    link = link_or_answer(request, CalendarLink, token)
    if isinstance(link, HttpResponse):
        return link
    now, account = timezone.now(), link.made_by
    if account is None or not account.is_active:
        raise Http404
    link.was_read(now=now)
    root, of = root_of(request), Organisation.ours().name
    content = as_calendar(
        days_of(account, timezone.localdate(now)),
        name=f"Project office{f' of {of}' if of else ''}",
        host=urlsplit(root).hostname or "backing",
        base=root,
        now=now,
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="backing.ics"'
    return closed(answer)


def _page(request: HttpRequest, *, address: str = "") -> HttpResponse:
    now, looking = timezone.now(), viewer(request)
    today = timezone.localdate(now)
    days = days_of(looking, today)
    coming = [each for each in days if each.on >= today]
    context: dict[str, Any] = {
        "address": address,
        "webcal": address.partition(":")[2] if address else "",
        "link": CalendarLink.objects.of(looking).opening(now=now).first(),
        "coming": coming[:NEXT],
        "more": len(coming) - NEXT,
        "lasts": LASTS.days,
        "reaches_others": reaches_others(request),
    }
    if looking.is_office:
        wish = WeeklyDigest.objects.of(looking).first()
        context |= {
            "wish": wish,
            "digest": DigestForm(),
            "can_mail": bool(looking.email) and ways.by_mail(),
            "sample": digest.words(looking, today) if "sample" in request.GET else "",
        }
    return render(request, "rhythm/calendar.html", context)
