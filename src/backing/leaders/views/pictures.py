"""Influence and interest, and who listens to whom: as pictures and as lists, masked until asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from backing.leaders.levels import INFLUENCE_MEANS, INTEREST_MEANS
from backing.leaders.models import Leader
from backing.leaders.opened import Opened, who_listens
from backing.leaders.pictures import (
    CELL,
    WIDTH,
    influence_and_interest,
    ring,
    whom_to_win_next,
)
from backing.leaders.views.finding import not_kept
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.key import NoKey
from backing.people.models import Account
from trackrecord.influence import FEWEST_PEOPLE

PURPOSE = "picture"


@open_to(*OFFICE)
def picture(request: HttpRequest) -> HttpResponse:
    """Influence and interest; shown on POST, which is logged."""
    return _masked_until_asked(request, "leaders/picture.html", _picture)


@open_to(*OFFICE)
def listening(request: HttpRequest) -> HttpResponse:
    """Who listens to whom, and whose support would move most others; shown on POST."""
    return _masked_until_asked(request, "leaders/listening.html", _listening)


def _masked_until_asked(request: HttpRequest, template: str, opened: Any) -> HttpResponse:
    if request.method != "POST":
        return render(request, template)
    try:
        context = {"opened_at": timezone.now(), **opened(viewer(request))}
    except NoKey as error:
        context = {"closed": str(error)}
    return not_kept(render(request, template, context))


def _picture(looking: Account) -> dict[str, Any]:
    leaders = _readable(looking)
    names = [(leader.pk, str(leader)) for leader in leaders]
    opened = Opened.to(
        looking, purpose=PURPOSE, now=timezone.now(), leaders=[pk for pk, _ in names]
    )
    return {
        "picture": influence_and_interest(names, opened),
        "cell": CELL,
        "width": WIDTH,
        "lines": [CELL * place for place in range(1, 5)],
        "influence": INFLUENCE_MEANS.items(),
        "interest": INTEREST_MEANS.items(),
    }


def _listening(looking: Account) -> dict[str, Any]:
    leaders, now = _readable(looking), timezone.now()
    keys = [leader.pk for leader in leaders]
    opened = Opened.to(looking, purpose=PURPOSE, now=now, leaders=keys)
    people = {leader.person_id: (leader.pk, str(leader)) for leader in leaders}
    found = who_listens(looking, purpose=PURPOSE, now=now, leaders=keys)
    links = [each for each in found if each.listener in people and each.to in people]
    names = {person: name for person, (_, name) in people.items()}
    linked = {person for each in links for person in (each.listener, each.to)}
    points, lines = ring({person: names[person] for person in linked}, links)
    listeners = Counter(each.to for each in links)
    return {
        "points": points,
        "lines": lines,
        "listening": [(names[each.listener], names[each.to], each) for each in links],
        "listeners": sorted(
            ((names[person], count) for person, count in listeners.items()),
            key=lambda each: (-each[1], each[0]),
        ),
        "next": whom_to_win_next(people, links, opened),
        "fewest": FEWEST_PEOPLE,
        "enough": len(people) >= FEWEST_PEOPLE,
    }


def _readable(looking: Account) -> list[Leader]:
    """Leaders of whom the viewer may read what is thought."""
    leaders = Leader.objects.visible_to(looking).on_the_list().select_related("person")
    return list(leaders.read_about_by(looking))
