"""Where a leader stands, how much they matter, and whom they listen to: written down, always sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from backing.leaders.actions import opinions
from backing.leaders.forms.listing import ExpectationForm, InterestForm
from backing.leaders.forms.opinions import (
    AssessmentForm,
    ListeningForm,
    PositionForm,
    StanceForm,
)
from backing.leaders.keeping import MayNotKeep
from backing.leaders.models import Assessment, SupportAct
from backing.leaders.opened import Opened
from backing.leaders.views.finding import (
    leader_looked_after_or_404,
    leader_or_404,
    live_changes,
    not_kept,
    noting,
)
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import Account, Person


@open_to(*OFFICE)
def stance(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_looked_after_or_404(request, leader_id)
    today = timezone.localdate()

    def has_acted_since(day: date) -> bool:
        return SupportAct.objects.filter(leader=leader, on__gte=day, on__lte=today).exists()

    form = StanceForm(request.POST or None, today=today, has_acted_since=has_acted_since)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = _keep(request, form, lambda by: opinions.assess_stance(leader, by=by, **said))
        if kept:
            return redirect("leader", leader_id)
    title = f"Note where {leader} stands"
    return noting(request, leader, form=form, title=title, sealed=True)


@open_to(*OFFICE)
def assessment(request: HttpRequest, leader_id: int) -> HttpResponse:
    """What was assessed before is shown only when it is asked for, and the look is logged."""
    leader = leader_looked_after_or_404(request, leader_id)
    today = timezone.localdate()
    title = f"Note how much {leader} matters to us, and for what"
    about = Assessment.objects.visible_to(viewer(request)).filter(leader=leader)
    if "show" in request.POST or (request.method != "POST" and not about.exists()):
        assessed = Opened.to(
            viewer(request), purpose="assessment", now=timezone.now(), leaders=[leader.pk]
        ).of(leader.pk)
        form = AssessmentForm.showing(assessed, today=today)
        return not_kept(noting(request, leader, form=form, title=title, sealed=True))
    if request.method != "POST":
        return noting(request, leader, form=None, title=title, sealed=True)
    form = AssessmentForm(request.POST, today=today)
    if form.is_valid() and _keep(
        request,
        form,
        lambda by: opinions.assess(leader, on=today, by=by, **form.cleaned_data),
    ):
        return redirect("leader", leader_id)
    return not_kept(noting(request, leader, form=form, title=title, sealed=True))


@open_to(*OFFICE)
def position(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_looked_after_or_404(request, leader_id)
    form = PositionForm(
        request.POST or None,
        today=timezone.localdate(),
        changes=live_changes(viewer(request)),
        change=request.GET.get("change", ""),
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        on_record = said.pop("on_record")

        def keep(by: Account) -> None:
            opinions.note_position(leader, said.pop("change"), by=by, **said)

        change = said["change"]
        if _keep(request, form, keep):
            if on_record:
                opinions.state_position(
                    leader,
                    change,
                    value=said["value"],
                    words=said["evidence"],
                    condition=said["condition"],
                    on=said["on"],
                )
            return redirect("leader", leader_id)
    title = f"Note where {leader} stands on a change"
    return noting(request, leader, form=form, title=title, sealed=True)


@open_to(*OFFICE)
def listening(request: HttpRequest, leader_id: int) -> HttpResponse:
    """Whom they listen to; nothing of anyone's private life is a basis."""
    leader = leader_looked_after_or_404(request, leader_id)
    people = Person.objects.visible_to(viewer(request)).filter(leader__left_on=None)
    people = people.exclude(leader=None).exclude(pk=leader.person_id)
    form = ListeningForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        said, today = form.cleaned_data, timezone.localdate()
        if _keep(
            request, form, lambda by: opinions.note_listening(leader, on=today, by=by, **said)
        ):
            return redirect("leader", leader_id)
    title = f"Note whom {leader} listens to"
    return noting(request, leader, form=form, title=title, sealed=True)


@open_to(*OFFICE)
def create_interest(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    form = InterestForm(request.POST or None)
    form.instance.leader, form.instance.noted_on = leader, timezone.localdate()
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"Note what {leader} cares about")


@open_to(*OFFICE)
def create_expectation(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    form = ExpectationForm(request.POST or None)
    form.instance.leader = leader
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"Note what {leader} expects of the office")


def _keep(
    request: HttpRequest,
    form: StanceForm | AssessmentForm | PositionForm | ListeningForm,
    keep: Callable[[Account], object],
) -> bool:
    """Keep it sealed; False, with the reason in the form, where it may not be kept."""
    try:
        keep(viewer(request))
    except MayNotKeep as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request, "Kept, and sealed: it opens on this page only, and each look is logged."
    )
    return True
