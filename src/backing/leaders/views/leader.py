"""One leader: what is known and not known, and what passed between them and the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.forms.contact import ContactForm
from backing.leaders.levels import FOCUS_AT_MOST, IN_FAVOUR, STALE
from backing.leaders.listed import Listed, last_met, leaders_listed
from backing.leaders.models import (
    Ask,
    AskSent,
    Commitment,
    Expectation,
    Interest,
    Leader,
    StatedPosition,
    SupportAct,
)
from backing.leaders.opened import ALL, Opened, may_open, who_listens, words_heard
from backing.leaders.timeline import timeline
from backing.leaders.views.finding import (
    leader_looked_after_or_404,
    leader_or_404,
    live_changes,
    not_kept,
    waiting_decisions,
)
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.key import NoKey
from backing.people.models import OwnStatement, Person

PURPOSE = "page"


@open_to(*OFFICE)
def leader(request: HttpRequest, leader_id: int) -> HttpResponse:
    """The page, with what is thought of them masked."""
    return leader_page(request, leader_or_404(request, leader_id))


@require_POST
@open_to(*OFFICE)
def create_opening(request: HttpRequest, leader_id: int) -> HttpResponse:
    """The same page with the mask off: logged, and kept by no cache."""
    found = leader_looked_after_or_404(request, leader_id)
    try:
        opened = _opened(request, found)
    except NoKey as error:
        opened = {"closed": str(error)}
    return not_kept(leader_page(request, found, opened=opened))


def leader_page(
    request: HttpRequest,
    found: Leader,
    *,
    contact: ContactForm | None = None,
    opened: dict[str, Any] | None = None,
) -> HttpResponse:
    """opened: what stands in place of the mask.  contact: the form of thirty seconds as it was sent."""
    looking, today = viewer(request), timezone.localdate()
    page, entries = timeline(found, looking, page=request.GET.get("page"))
    if opened and "opened_at" in opened:
        touchpoints = [entry.touchpoint for entry in entries if entry.touchpoint]
        heard = words_heard(looking, touchpoints, purpose=PURPOSE, now=timezone.now())
        entries = [entry.opened(heard) for entry in entries]
    stated = StatedPosition.objects.visible_to(looking).filter(leader=found)
    met = last_met([found.person_id], today).get(found.person_id)
    context = {
        "leader": found,
        "row": Listed.of(leaders_listed(looking, today).get(pk=found.pk), today, met=met),
        "most": FOCUS_AT_MOST,
        "in_focus": Leader.objects.visible_to(looking).on_the_list().filter(focus=True).count(),
        "may_open": may_open(looking, found.owner_id),
        "interests": Interest.objects.visible_to(looking).filter(leader=found),
        "expectations": Expectation.objects.visible_to(looking).filter(leader=found),
        "stated": stated.select_related("change"),
        "page": page,
        "entries": entries,
        "contact": contact or ContactForm(today=today, decisions=waiting_decisions(looking)),
        "this_day": today,
        **_between(request, found),
        **(opened or {}),
    }
    status = 422 if contact is not None and contact.errors else 200
    return render(request, "leaders/leader.html", context, status=status)


def _between(request: HttpRequest, found: Leader) -> dict[str, Any]:
    """Promises both ways, asks and acts."""
    looking = viewer(request)
    promises = (
        Commitment.objects.visible_to(looking)
        .filter(status=Commitment.Status.OPEN)
        .select_related("promised_by", "promised_to")
    )
    acts = SupportAct.objects.visible_to(looking).filter(leader=found)
    return {
        "ours": promises.filter(promised_to=found.person),
        "theirs": promises.filter(promised_by=found.person),
        "drafts": Ask.objects.visible_to(looking).filter(of=found.person, sent=None),
        "sent": AskSent.objects.visible_to(looking).filter(of=found.person),
        "acts": acts[:5],
        "answers": [each for each in AskSent.Status.choices if each[0] != AskSent.Status.SENT],
    }


def _opened(request: HttpRequest, found: Leader) -> dict[str, Any]:
    """What is thought of them, for the page."""
    looking, now = viewer(request), timezone.now()
    today = timezone.localdate(now)
    opened = Opened.to(looking, purpose=PURPOSE, now=now, leaders=[found.pk], since=ALL)
    listens = who_listens(looking, purpose=PURPOSE, now=now, leaders=[found.pk])
    names = Person.objects.visible_to(looking).in_bulk([each.to for each in listens])
    stance = opened.stance(found.pk)
    acted = SupportAct.objects.visible_to(looking).filter(leader=found).first()
    return {
        "opened_at": now,
        "assessed": opened.of(found.pk),
        "stance": stance,
        "stances": opened.stances.get(found.pk, ()),
        "is_stale": stance is not None and stance.is_stale(today),
        "in_words_only": stance is not None
        and stance.level in IN_FAVOUR
        and not _lately(acted, today),
        "stands": [
            (change, opened.stands.get((found.pk, change.pk))) for change in live_changes(looking)
        ],
        "statements": _statements(request, found),
        "listens": [(names[each.to], each) for each in listens if each.to in names],
    }


def _statements(request: HttpRequest, found: Leader) -> list[tuple[date, str]]:
    """What they themselves say to what is kept about them; it stands beside the entries."""
    said = OwnStatement.objects.filter(person=found.person)
    opened = said.open_sealed(viewer=viewer(request), purpose=PURPOSE, now=timezone.now())
    return [(one.said_on, content["words"]) for one, content in opened]


def _lately(act: SupportAct | None, today: date) -> bool:
    return act is not None and today - act.on <= STALE
