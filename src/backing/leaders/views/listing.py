"""The list of leaders; what passed between the office and someone outside it; focus, owners, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.actions import listing
from backing.leaders.forms.contact import ContactForm
from backing.leaders.forms.listing import NamesForm, OwnerForm
from backing.leaders.levels import FOCUS_AT_MOST
from backing.leaders.listed import Listed, last_met, leaders_listed
from backing.leaders.models import AskSent, Commitment, Leader, LeaderCandidate, StatedPosition
from backing.leaders.views.finding import leader_or_404, noting, waiting_decisions
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.named import SeveralOfThatName, person_named

A_PAGE = 100


@open_to_all_accounts
def leaders(request: HttpRequest) -> HttpResponse:
    """The list, for the office; for anyone else what passed between them and the office."""
    if not viewer(request).is_office:
        return _with_you(request)
    return _list(request, NamesForm())


@require_POST
@open_to(*OFFICE)
def create_leaders(request: HttpRequest) -> HttpResponse:
    """Put names on the list."""
    form = NamesForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    added = 0
    for name, post in form.cleaned_data["names"]:
        try:
            person = person_named(name, job_title=post)
        except SeveralOfThatName as error:
            messages.error(request, str(error))
            continue
        listing.put_on_the_list(person, owner=viewer(request), on=timezone.localdate())
        added += 1
    if added:
        messages.success(
            request, f"{added} on the list. Where they stand is unknown until you know."
        )
    return redirect("leaders")


@require_POST
@open_to(*OFFICE)
def create_focus(request: HttpRequest, leader_id: int) -> HttpResponse:
    """Into focus; where it is full, the question who gives way."""
    leader = leader_or_404(request, leader_id)
    instead = request.POST.get("instead_of", "")
    gives_way = leader_or_404(request, int(instead)) if instead.isdigit() else None
    try:
        listing.bring_into_focus(leader, instead_of=gives_way)
    except listing.FocusIsFull:
        others = Leader.objects.visible_to(viewer(request)).on_the_list().filter(focus=True)
        context = {
            "leader": leader,
            "others": others.select_related("person"),
            "most": FOCUS_AT_MOST,
        }
        return render(request, "leaders/focus_is_full.html", context, status=422)
    messages.success(request, f"{leader} is in focus.")
    return redirect("leader", leader_id)


@require_POST
@open_to(*OFFICE)
def create_unfocus(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    listing.leave_focus(leader)
    messages.success(request, f"{leader} is out of focus, and stays on the list.")
    return redirect("leader", leader_id)


@open_to(*OFFICE)
def looking_after(request: HttpRequest, leader_id: int) -> HttpResponse:
    """Who looks after them."""
    leader = leader_or_404(request, leader_id)
    form = OwnerForm(request.POST or None, initial={"owner": leader.owner_id})
    if request.method == "POST" and form.is_valid():
        listing.hand_to(leader, form.cleaned_data["owner"])
        messages.success(request, f"{leader.owner} looks after {leader}.")
        return redirect("leader", leader_id)
    return noting(request, leader, form=form, title=f"Say who looks after {leader}")


@require_POST
@open_to(*OFFICE)
def create_leaving(request: HttpRequest, leader_id: int) -> HttpResponse:
    leader = leader_or_404(request, leader_id)
    listing.take_off_the_list(leader, on=timezone.localdate())
    messages.success(request, f"{leader} is off the list.")
    return redirect("leaders")


def _list(request: HttpRequest, form: NamesForm) -> HttpResponse:
    looking, today = viewer(request), timezone.localdate()
    found = leaders_listed(looking, today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    leaders = list(page.object_list)
    met = last_met([leader.person_id for leader in leaders], today)
    rows = [Listed.of(leader, today, met=met.get(leader.person_id)) for leader in leaders]
    known = found.exclude(stances=None).values("pk").distinct().count()
    context = {
        "form": form,
        "rows": rows,
        "page": page,
        "total": page.paginator.count,
        "unknown": page.paginator.count - known,
        "in_focus": found.filter(focus=True).count(),
        "most": FOCUS_AT_MOST,
        "proposed": LeaderCandidate.objects.visible_to(looking)
        .filter(outcome=LeaderCandidate.Outcome.OPEN)
        .count(),
        "contact": ContactForm(today=today, decisions=waiting_decisions(looking), with_whom=True),
        "names": [row.name for row in rows],
    }
    return render(request, "leaders/leaders.html", context, status=422 if form.errors else 200)


def _with_you(request: HttpRequest) -> HttpResponse:
    """One's own promises, asks and words; never what the office makes of anyone."""
    looking = viewer(request)
    promises = Commitment.objects.visible_to(looking).select_related("promised_by", "promised_to")
    asks = AskSent.objects.visible_to(looking).filter(of=looking.person)
    stated = StatedPosition.objects.visible_to(looking).filter(leader__person=looking.person)
    context = {
        "ours": [each for each in promises if each.promised_to_id == looking.person_id],
        "yours": [each for each in promises if each.promised_by_id == looking.person_id],
        "asks": asks,
        "stated": stated.select_related("change"),
    }
    return render(request, "leaders/with_you.html", context)
