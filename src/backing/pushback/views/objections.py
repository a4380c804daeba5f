"""The office's list of pushback, and one objection with its answers; raised here by whoever is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.mandate.models import ChangeProposal
from backing.mandate.public import OVER, corrections_waiting
from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of, not_kept, reaches_others
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.pushback import actions, alike, letters
from backing.pushback.forms import AnswerForm, CauseForm, LinkForm, RaiseForm
from backing.pushback.models import Escalation, Pushback, SayLink


@open_to_all_accounts
def pushbacks(request: HttpRequest) -> HttpResponse:
    """What waits first; three alike as one fault.  Others see what they raised themselves."""
    looking, today = viewer(request), timezone.localdate()
    found = Pushback.objects.visible_to(looking).select_related("change", "unit", "raised_by")
    everything = list(found.prefetch_related("responses"))
    owed = [each for each in everything if each.waits_since is not None]
    context = {
        "all": everything,
        "owed": sorted(owed, key=lambda each: (each.answer_due, each.pk)),
        "others": [each for each in everything if each.waits_since is None],
        "faults": alike.faults(everything, today=today) if looking.is_office else [],
        "escalations": Escalation.objects.visible_to(looking)
        .filter(decided_on=None)
        .select_related("to", "pushback__change", "block__change"),
        "corrections": corrections_waiting(looking) if looking.is_office else (),
        "this_day": today,
    }
    return render(request, "pushback/pushbacks.html", context)


@open_to_all_accounts
def create_pushback(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in says what is wrong; in confidence, their account is not kept with it."""
    looking = viewer(request)
    changes = ChangeProposal.objects.visible_to(looking).exclude(status__in=OVER)
    form = RaiseForm(request.POST or None, changes=changes)
    asked = request.GET.get("change", "")
    form.fields["change"].initial = int(asked) if asked.isdecimal() and len(asked) < 12 else None
    form.fields["request"].initial = request.GET.get("request", "")[:120]
    if request.method == "POST" and form.is_valid():
        _, token = actions.raise_pushback(
            form.said(raised_by=looking.person),
            now=timezone.now(),
            once=form.cleaned_data["once"],
        )
        return redirect("said", token)
    return render(
        request, "pushback/raise.html", {"form": form}, status=422 if form.errors else 200
    )


@open_to_all_accounts
def pushback(request: HttpRequest, pushback_id: int) -> HttpResponse:
    return _page(request, pushback_id, AnswerForm())


@require_POST
@open_to(*OFFICE)
def create_answer(request: HttpRequest, pushback_id: int) -> HttpResponse:
    found = _editable(request, pushback_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, pushback_id, form)
    actions.answer(found, **form.cleaned_data, by=viewer(request), now=timezone.now())
    messages.success(request, "Kept. Whoever raised it sees it by their link.")
    return redirect("pushback", pushback_id)


@require_POST
@open_to(*OFFICE)
def create_cause(request: HttpRequest, pushback_id: int) -> HttpResponse:
    found = _editable(request, pushback_id)
    form = CauseForm(request.POST)
    if form.is_valid():
        actions.code(found, form.cleaned_data["cause"])
        messages.success(request, "Coded.")
    return redirect("pushback", pushback_id)


@require_POST
@open_to(*OFFICE)
def create_follow_link(request: HttpRequest, pushback_id: int) -> HttpResponse:
    """Another link for whoever lost theirs; in a letter where we know who that is."""
    found = _editable(request, pushback_id)
    by, now = viewer(request), timezone.now()
    token = actions.link_to_follow(found, by=by, now=now)
    address = address_of(request, "said", token)
    if found.raised_by is None:
        return _link_page(request, address)
    until = timezone.localdate(now + actions.FOLLOW_LASTS)
    letter = write(
        "What became of pushback",
        about=f"follow-{found.pk}",
        subject=f"What you raised: {found.subject}",
        text=letters.about_what_became_of_it(found, address=address, until=until),
        to=found.raised_by,
        by=by,
        now=now,
    )
    return redirect("letter", letter.pk)


@open_to(*OFFICE)
def links(request: HttpRequest) -> HttpResponse:
    return _links_page(request, _link_form(request))


@require_POST
@open_to(*OFFICE)
def create_link(request: HttpRequest) -> HttpResponse:
    """A link to object by, for all whom something affects, and the letter that carries it."""
    form = _link_form(request)
    if not form.is_valid():
        return _links_page(request, form)
    by, now = viewer(request), timezone.now()
    link, token = actions.link_to_say(by=by, now=now, **form.cleaned_data)
    letter = write(
        "A link to object by",
        about=f"say-{link.pk}",
        subject=f"Tell us what is wrong: {link}",
        text=letters.to_all_whom_it_affects(
            link,
            address=address_of(request, "say", token),
            until=timezone.localdate(link.expires_at),
        ),
        to=None,
        by=by,
        now=now,
        personal=False,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_link_withdrawal(request: HttpRequest, link_id: int) -> HttpResponse:
    link = get_object_or_404(SayLink.objects.editable_by(viewer(request)), pk=link_id)
    link.withdraw(now=timezone.now())
    messages.success(request, "The link opens no more.")
    return redirect("pushback-links")


def _editable(request: HttpRequest, pushback_id: int) -> Pushback:
    return get_object_or_404(Pushback.objects.editable_by(viewer(request)), pk=pushback_id)


def _page(request: HttpRequest, pushback_id: int, form: AnswerForm) -> HttpResponse:
    looking = viewer(request)
    found = get_object_or_404(
        Pushback.objects.visible_to(looking).select_related("change", "unit", "raised_by"),
        pk=pushback_id,
    )
    context = {
        "pushback": found,
        "answers": found.responses.select_related("by__person"),
        "escalations": Escalation.objects.visible_to(looking)
        .filter(pushback=found)
        .select_related("to"),
        "form": form,
        "cause": CauseForm(initial={"cause": found.cause}),
        "this_day": timezone.localdate(),
    }
    return render(request, "pushback/pushback.html", context, status=422 if form.errors else 200)


def _link_form(request: HttpRequest) -> LinkForm:
    changes = ChangeProposal.objects.visible_to(viewer(request)).exclude(status__in=OVER)
    return LinkForm(request.POST or None, changes=changes)


def _links_page(request: HttpRequest, form: LinkForm) -> HttpResponse:
    found = SayLink.objects.visible_to(viewer(request)).select_related("change")
    context = {
        "form": form,
        "open_links": found.filter(withdrawn_at=None, expires_at__gt=timezone.now()),
    }
    return render(request, "pushback/links.html", context, status=422 if form.errors else 200)


def _link_page(request: HttpRequest, address: str) -> HttpResponse:
    """A link for somebody whom nobody may know: no letter is kept of it."""
    context = {
        "address": address,
        "lasts": actions.FOLLOW_LASTS.days,
        "reaches_others": reaches_others(request),
    }
    return not_kept(render(request, "pushback/link.html", context))
