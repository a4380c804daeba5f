"""When nothing leaves, and by which ways letters leave at all."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from backing.outbox import ways
from backing.outbox.chatting import can_chat
from backing.outbox.forms import QuietHoursForm
from backing.outbox.models import QuietHours
from backing.people.access import OFFICE
from backing.people.doors import open_to


@open_to(*OFFICE)
def quiet_hours(request: HttpRequest) -> HttpResponse:
    form = QuietHoursForm(request.POST or None, instance=QuietHours.ours())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("outbox")
    context = {
        "form": form,
        "server": settings.EMAIL_HOST if ways.by_mail() else "",
        "sender": ways.sender(),
        "chats": ways.chats(),
        "can_chat": can_chat(),
        "clock": settings.TIME_ZONE,
    }
    return render(request, "outbox/hours.html", context, status=422 if form.errors else 200)
