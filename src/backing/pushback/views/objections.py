"""The office's list of pushback, and one objection with its answers; raised here by whoever is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.mandate.models import ChangeProposal
from backing.mandate.public import OVER
from backing.people.access import OFFICE
from backing.people.bearing import address_of, reaches_others
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.pushback import actions, alike
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
    """Another link for whoever lost theirs, shown only now."""
    found = _editable(request, pushback_id)
    token = actions.link_to_follow(found, by=viewer(request), now=timezone.now())
    return _link_page(request, address_of(request, "said", token), str(found.who), follow=True)


@open_to(*OFFICE)
def links(request: HttpRequest) -> HttpResponse:
    return _links_page(request, _link_form(request))


@require_POST
@open_to(*OFFICE)
def create_link(request: HttpRequest) -> HttpResponse:
    """A link to object by, for all whom something affects; shown only now."""
    form = _link_form(request)
    if not form.is_valid():
        return _links_page(request, form)
    link, token = actions.link_to_say(by=viewer(request), now=timezone.now(), **form.cleaned_data)
    return _link_page(request, address_of(request, "say", token), str(link))


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


def _link_page(
    request: HttpRequest, address: str, about: str, *, follow: bool = False
) -> HttpResponse:
    lasts = actions.FOLLOW_LASTS if follow else actions.SAY_LASTS
    context = {
        "address": address,
        "about": about,
        "follow": follow,
        "lasts": lasts.days,
        "reaches_others": reaches_others(request),
    }
    answer = render(request, "pushback/link.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
