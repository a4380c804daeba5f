"""After a conversation: thirty seconds; then promises, acts and asks."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.actions import asks, promises
from backing.leaders.actions.conversations import Promised, capture, record_act
from backing.leaders.forms.contact import (
    ACTED,
    ActForm,
    AskAnswerForm,
    AskForm,
    ContactForm,
    PromiseForm,
    PromiseOutcomeForm,
)
from backing.leaders.keeping import MayNotKeep
from backing.leaders.models import Ask, AskSent, Commitment, Leader, Touchpoint
from backing.leaders.views.finding import leader_or_404, live_changes, noting, waiting_decisions
from backing.leaders.views.leader import leader_page
from backing.mandate.models import ChangeProposal
from backing.mandate.public import OVER
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import Person
from backing.people.named import SeveralOfThatName, people_named


@require_POST
@open_to(*OFFICE)
def create_contact(request: HttpRequest, leader_id: int) -> HttpResponse:
    """A conversation with one leader, and whoever else was there."""
    leader = leader_or_404(request, leader_id)
    form = _contact_form(request)
    if form.is_valid() and _keep(request, form, leader):
        messages.success(request, "Kept.")
        return redirect("leader", leader_id)
    return leader_page(request, leader, contact=form)


@open_to(*OFFICE)
def contact(request: HttpRequest) -> HttpResponse:
    """A conversation with anyone, named; whoever is new is proposed for the list."""
    form = _contact_form(request, with_whom=True)
    if request.method == "POST" and form.is_valid() and _keep(request, form, None):
        messages.success(request, "Kept.")
        return redirect("leaders")
    names = (
        Leader.objects.visible_to(viewer(request))
        .on_the_list()
        .values_list("person__full_name", flat=True)
    )
    context = {"contact": form, "names": names[:100]}
    return render(request, "leaders/contact.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def create_promise(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    changes = ChangeProposal.objects.visible_to(viewer(request)).exclude(status__in=OVER)
    form = PromiseForm(request.POST or None, today=timezone.localdate(), changes=changes)
    if request.method == "POST" and form.is_valid():
        us, them = viewer(request).person, leader.person
        by_us = form.cleaned_data["whose"] == "ours"
        promises.promise(
            by=us if by_us else them,
            to=them if by_us else us,
            what=form.cleaned_data["what"],
            due=form.cleaned_data["due"],
            change=form.cleaned_data["change"],
        )
        messages.success(request, "Kept.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"A promise between us and {leader}")


@open_to(*OFFICE)
def promise_outcome(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Kept, moved to another day, or not kept."""
    found = Commitment.objects.editable_by(viewer(request)).filter(status=Commitment.Status.OPEN)
    promise = get_object_or_404(found.select_related("promised_by", "promised_to"), pk=promise_id)
    leader = _leader_of(promise)
    today = timezone.localdate()
    form = PromiseOutcomeForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        if outcome == "kept":
            promises.keep(promise, on=today)
        elif outcome == "broken":
            promises.break_off(promise)
        else:
            promises.renegotiate(promise, due=form.cleaned_data["due"])
        messages.success(request, "Kept.")
        return _back_to(leader.person)
    return noting(request, leader, form=form, title=f"Note what came of “{promise.what}”")


@open_to(*OFFICE)
def create_act(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    form = ActForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        record_act(leader, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"Note what {leader} did for us")


@open_to(*OFFICE)
def create_ask(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    changes = live_changes(viewer(request))
    form = AskForm(request.POST or None, today=timezone.localdate(), changes=changes)
    if request.method == "POST" and form.is_valid():
        Ask.objects.create(of=leader.person, **form.cleaned_data)
        messages.success(request, "Drafted. They see it when you send it.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"Ask something of {leader}")


@require_POST
@open_to(*OFFICE)
def create_sending(request: HttpRequest, ask_id: int) -> HttpResponse:
    """They see the ask from now on."""
    drafts = Ask.objects.editable_by(viewer(request)).filter(sent=None)
    ask = get_object_or_404(drafts, pk=ask_id)
    asks.send(ask, on=timezone.localdate())
    messages.success(request, f"{ask.of} sees it from now on, when they sign in.")
    return _back_to(ask.of)


@require_POST
@open_to(*OFFICE)
def create_answer(request: HttpRequest, ask_id: int) -> HttpResponse:
    """What came of an ask."""
    sent = get_object_or_404(AskSent.objects.editable_by(viewer(request)), pk=ask_id)
    form = AskAnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    asks.answer(sent, form.cleaned_data["status"], on=timezone.localdate())
    messages.success(request, "Kept.")
    return _back_to(sent.of)


def _contact_form(request: HttpRequest, *, with_whom: bool = False) -> ContactForm:
    return ContactForm(
        request.POST or None,
        today=timezone.localdate(),
        decisions=waiting_decisions(viewer(request)),
        with_whom=with_whom,
    )


def _keep(request: HttpRequest, form: ContactForm, leader: Leader | None) -> bool:
    """Keep what the form says; False, with the reason in the form, where it may not be kept."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            others = people_named(data["others"])
            people = [*([leader.person] if leader else []), *others]
            if data["kind"] == ACTED:
                _keep_act(form, people, data)
            else:
                _keep_contact(request, people, data)
    except (SeveralOfThatName, MayNotKeep) as error:
        form.add_error(None, str(error))
    return not form.errors


def _keep_act(form: ContactForm, people: list[Person], data: dict[str, Any]) -> None:
    leader = Leader.objects.on_the_list().filter(person=people[0]).first()
    if leader is None:
        form.add_error(None, f"{people[0]} is not on the list. Put them there first.")
        transaction.set_rollback(True)
        return
    record_act(leader, what=data["said"], on=data["on"])


def _keep_contact(request: HttpRequest, people: list[Person], data: dict[str, Any]) -> None:
    ours = data["whose"] != "theirs"
    now = timezone.localtime()
    today = data["on"] == now.date()
    noon = timezone.make_aware(datetime.combine(data["on"], time(12)))
    capture(
        people,
        kind=Touchpoint.Kind(data["kind"]),
        at=now if today else noon,
        by=viewer(request),
        words=data["said"],
        answered=data["answered"],
        promised=Promised(what=data["promise"], due=data["due"], by_us=ours)
        if data["promise"]
        else None,
        decision=data.get("decision"),
    )


def _leader_of(promise: Commitment) -> Leader:
    """Whoever it was given or made by; what is open with one who left the list can still be closed."""
    people = (promise.promised_by, promise.promised_to)
    found = Leader.objects.filter(person__in=people).order_by("pk")
    still = found.filter(left_on=None).first() or found.first()
    if still is None:
        raise Http404
    return still


def _back_to(person: Person) -> HttpResponse:
    leader = Leader.objects.on_the_list().filter(person=person).first()
    return redirect("leader", leader.pk) if leader else redirect("leaders")
