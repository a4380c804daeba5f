"""The outbox: what waits to be looked at, what is on its way, what has left; and one letter as it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.outbox import actions, ways
from backing.outbox.composing import composed, digest, draft, headers
from backing.outbox.forms import LetterForm
from backing.outbox.models import Letter, QuietHours, Sending
from backing.outbox.quiet import quiet_until
from backing.outbox.told import sending_of, standing, trouble
from backing.people.access import OFFICE
from backing.people.bearing import not_kept, reaches_others
from backing.people.doors import open_to, viewer

A_PAGE = 50  # letters that have left


@open_to(*OFFICE)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    found = Letter.objects.visible_to(viewer(request)).select_related("to", "sending")
    gone = Paginator(found.gone(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "troubled": _told(found.troubled()),
        "drafts": _told(found.drafts()),
        "on_their_way": _told(found.on_their_way()),
        "gone": _told(gone),
        "page": gone,
        "by_mail": ways.by_mail(),
        "quiet": QuietHours.ours(),
    }
    return not_kept(render(request, "outbox/outbox.html", context))


@open_to(*OFFICE)
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    return _page(request, _found(request, letter_id))


@require_POST
@open_to(*OFFICE)
def edit_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    one = _editable(request, letter_id, drafts=True)
    form = LetterForm(request.POST, letter=one)
    if not form.is_valid():
        return _page(request, one, form)
    actions.word_anew(one, **form.cleaned_data, now=timezone.now())
    messages.success(request, "Kept. This is how it leaves now.")
    return redirect("letter", letter_id)


@require_POST
@open_to(*OFFICE)
def create_sending(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What was looked at leaves: now, or when the quiet hours are over."""
    one = _editable(request, letter_id)
    try:
        actions.send(
            one,
            seen=request.POST.get("seen", ""),
            by=viewer(request),
            now=timezone.now(),
            at_once="at_once" in request.POST,
        )
    except actions.NotSent as reason:
        messages.error(request, str(reason))
    return redirect("letter", letter_id)


@require_POST
@open_to(*OFFICE)
def create_next_try(request: HttpRequest, letter_id: int) -> HttpResponse:
    """It did not leave, or may not have, and somebody decides that it is tried again."""
    if not actions.send_again(_editable(request, letter_id), now=timezone.now()):
        messages.error(request, "There is nothing to try again.")
    return redirect("letter", letter_id)


@require_POST
@open_to(*OFFICE)
def create_taking_back(request: HttpRequest, letter_id: int) -> HttpResponse:
    if actions.take_back(_editable(request, letter_id), now=timezone.now()):
        messages.success(request, "Taken back. Nothing has gone.")
    else:
        messages.error(request, "The server has it, or may have it. Look again in a moment.")
    return redirect("letter", letter_id)


@require_POST
@open_to(*OFFICE)
def create_draft(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as a draft for the user's own mail program."""
    one = _editable(request, letter_id)
    words = one.words
    if words is None or not (one.is_draft or one.handed_at is not None):
        messages.error(request, "It is sent from here. Take it back first.")
        return redirect("letter", letter_id)
    actions.take_elsewhere(one, Letter.Hand.DRAFT, now=timezone.now())
    answer = HttpResponse(draft(one, words), content_type="message/rfc822")
    name = re.sub(r"[^A-Za-z0-9]+", "-", one.whom).strip("-") or "letter"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return not_kept(answer)


@require_POST
@open_to(*OFFICE)
def create_copy(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The words were copied and sent by hand."""
    one = _editable(request, letter_id, drafts=True)
    actions.take_elsewhere(one, Letter.Hand.COPY, now=timezone.now())
    messages.success(request, "Kept as sent by hand.")
    return redirect("outbox")


@require_POST
@open_to(*OFFICE)
def create_dropping(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What has not left goes for good."""
    here = Letter.objects.editable_by(viewer(request)).here()
    get_object_or_404(here, pk=letter_id).delete()
    messages.success(request, "Dropped. Nothing has gone.")
    return redirect("outbox")


def _found(request: HttpRequest, pk: int) -> Letter:
    found = Letter.objects.visible_to(viewer(request)).select_related("to", "by__person")
    return get_object_or_404(found, pk=pk)


def _editable(request: HttpRequest, pk: int, *, drafts: bool = False) -> Letter:
    found = Letter.objects.editable_by(viewer(request)).select_related("to", "by__person")
    return get_object_or_404(found.drafts() if drafts else found, pk=pk)


def _told(letters: Iterable[Letter]) -> list[tuple[Letter, str]]:
    return [(each, standing(each, getattr(each, "sending", None))) for each in letters]


def _page(request: HttpRequest, one: Letter, form: LetterForm | None = None) -> HttpResponse:
    sending, words = sending_of(one), one.words
    message = composed(one, words) if words is not None else b""
    context = {
        "letter": one,
        "words": words,
        "headers": headers(one, words) if words is not None and not one.channel else {},
        "seen": digest(message) if message else "",
        "sending": sending,
        "standing": standing(one, sending),
        "trouble": trouble(sending),
        "is_moving": sending is not None and sending.is_unfinished,
        "has_left": one.handed_at is not None or _is_done(sending),
        "by_mail": ways.by_mail(),
        "has_a_way": actions.has_a_way(one),
        "quiet_until": quiet_until(QuietHours.ours(), timezone.now()),
        "form": form or LetterForm(letter=one),
        "reaches_others": reaches_others(request),
    }
    status = 422 if form is not None and form.errors else 200
    return not_kept(render(request, "outbox/letter.html", context, status=status))


def _is_done(sending: Sending | None) -> bool:
    return sending is not None and sending.state == Sending.State.DONE
