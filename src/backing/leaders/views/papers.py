"""Printing the brief before a conversation, and the pack for a new leader.

What is printed is kept by nobody but whoever printed it: no file, no cache (documents.printing).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.documents.models import Printed
from backing.documents.models.codes import Code
from backing.documents.printing import FORMATS, paper, print_out
from backing.leaders.models import Leader
from backing.leaders.opened import may_open
from backing.leaders.papers import leader_brief, new_leader_pack, share_safe_brief
from backing.leaders.papers.brief import Meeting
from backing.leaders.succession import successors
from backing.leaders.views.finding import leader_looked_after_or_404, leader_or_404
from backing.people.access import OFFICE
from backing.people.bearing import not_kept
from backing.people.doors import open_to, viewer
from backing.people.key import NoKey
from backing.people.models import Person
from boardpaper.render import html

BRIEF_LASTS: Final = timedelta(days=7)
SHOWN: Final = 5  # printings on the page


class BriefForm(forms.Form):
    purpose = forms.CharField(
        label="What you go for, in one line",
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Leave it empty, and the page says what it can know.",
    )
    kind = forms.ChoiceField(
        label="As",
        choices=[("pdf", "PDF, one page"), ("html", "A page to read")],
        initial="pdf",
        required=False,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or next(iter(FORMATS))


@open_to(*OFFICE)
def brief(request: HttpRequest, leader_id: int) -> HttpResponse:
    """What can be printed, and who has printed it lately."""
    return _page(request, leader_or_404(request, leader_id), BriefForm())


@require_POST
@open_to(*OFFICE)
def create_brief(request: HttpRequest, leader_id: int) -> HttpResponse:
    """D4, for whoever goes: what is thought of the leader is opened for it, and logged."""
    leader = leader_looked_after_or_404(request, leader_id)
    form = BriefForm(request.POST)
    if not form.is_valid():
        return _page(request, leader, form)
    meeting = _meeting(request, leader, form)
    try:
        document = leader_brief(meeting)
    except NoKey as error:
        form.add_error(None, str(error))
        return _page(request, leader, form)
    return print_out(
        document,
        form.cleaned_data["kind"],
        by=meeting.viewer,
        now=meeting.now,
        about=leader.person,
        expires=meeting.today + BRIEF_LASTS,
    )


@require_POST
@open_to(*OFFICE)
def create_share_safe_brief(request: HttpRequest, leader_id: int) -> HttpResponse:
    """D4 without anything that is thought of the leader."""
    leader = leader_or_404(request, leader_id)
    form = BriefForm(request.POST)
    if not form.is_valid():
        return _page(request, leader, form)
    meeting = _meeting(request, leader, form)
    return print_out(
        share_safe_brief(meeting),
        form.cleaned_data["kind"],
        by=meeting.viewer,
        now=meeting.now,
        about=leader.person,
    )


@require_POST
@open_to(*OFFICE)
def create_new_leader_pack(request: HttpRequest, leader_id: int) -> HttpResponse:
    """D9, for the leader to read."""
    leader, now = leader_or_404(request, leader_id), timezone.now()
    document = new_leader_pack(leader.person, viewer(request), now=now)
    return print_out(document, "pdf", by=viewer(request), now=now, about=leader.person)


@require_safe
@open_to(*OFFICE)
def welcome(request: HttpRequest, person_id: int) -> HttpResponse:
    """The draft of D9 for whoever follows a leader, to look at; nothing is printed by it."""
    person, now = _successor(request, person_id), timezone.now()
    document = new_leader_pack(person, viewer(request), now=now)
    return not_kept(paper(html.render(document, watermark="Draft")))


@require_POST
@open_to(*OFFICE)
def create_welcome(request: HttpRequest, person_id: int) -> HttpResponse:
    """D9 for whoever follows a leader; the draft waits no more."""
    person, now = _successor(request, person_id), timezone.now()
    document = new_leader_pack(person, viewer(request), now=now)
    return print_out(document, "pdf", by=viewer(request), now=now, about=person)


def _successor(request: HttpRequest, person_id: int) -> Person:
    """Raises Http404 where they follow no leader."""
    return get_object_or_404(successors(viewer(request)).distinct(), pk=person_id)


def _meeting(request: HttpRequest, leader: Leader, form: BriefForm) -> Meeting:
    now = timezone.now()
    return Meeting(
        leader=leader,
        viewer=viewer(request),
        now=now,
        today=timezone.localdate(now),
        purpose=form.cleaned_data["purpose"],
    )


def _page(request: HttpRequest, leader: Leader, form: BriefForm) -> HttpResponse:
    looking = viewer(request)
    printed = Printed.objects.visible_to(looking).filter(
        about=leader.person, code=Code.LEADER_BRIEF
    )
    context = {
        "leader": leader,
        "form": form,
        "may_open": may_open(looking, leader.owner_id),
        "lasts": BRIEF_LASTS.days,
        "printed": printed.select_related("printed_by__person")[:SHOWN],
    }
    return render(request, "leaders/brief.html", context, status=422 if form.errors else 200)
