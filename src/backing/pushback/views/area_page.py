"""What a change means for a unit, for whoever heads it: with an account, or by a link on a phone without one.

By the link, the link alone is the authority, so its forms need no token of their own and no script.  Either way
the page opens as long as they head the unit.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.mandate import actions as mandate
from backing.mandate.models import Impact
from backing.people.access import Role
from backing.people.bearing import closed, link_or_answer, not_kept
from backing.people.doors import open_to, open_to_strangers, viewer
from backing.people.floods import TooMany
from backing.people.models import Organisation, Person
from backing.pushback import actions, working_days
from backing.pushback.areas import areas_of, page_of
from backing.pushback.forms import AreaForm, CorrectionForm
from backing.pushback.models import AreaLink

WHY = "the head of a unit has no account to look for; what does not open gets the page of what never was"
TOO_MANY = "More came by this page within the hour than one person says. Try in an hour."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where what is said on the page goes."""

    right: str
    correction: str
    objection: str


@require_safe
@open_to(Role.LEADER)
def own(request: HttpRequest, impact_id: int) -> HttpResponse:
    return not_kept(_page(request, _own(request, impact_id), viewer(request).person))


@require_POST
@open_to(Role.LEADER)
def create_own_confirmation(request: HttpRequest, impact_id: int) -> HttpResponse:
    _confirm(_own(request, impact_id))
    return redirect("my-area", impact_id)


@require_POST
@open_to(Role.LEADER)
def create_own_correction(request: HttpRequest, impact_id: int) -> HttpResponse:
    impact, person = _own(request, impact_id), viewer(request).person
    refused = _correct(request, impact, person)
    if refused is None:
        return redirect("my-area", impact_id)
    return not_kept(_page(request, impact, person, correction=refused))


@require_POST
@open_to(Role.LEADER)
def create_own_objection(request: HttpRequest, impact_id: int) -> HttpResponse:
    impact, person = _own(request, impact_id), viewer(request).person
    answer = _object(request, impact, person)
    if isinstance(answer, str):
        return redirect("said", answer)
    return not_kept(_page(request, impact, person, objection=answer))


@require_safe
@open_to_strangers(WHY)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look too."""
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    return closed(_page(request, link.impact, link.person, link=link, token=token))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    _confirm(link.impact)
    return closed(redirect("area", token))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_correction(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    refused = _correct(request, link.impact, link.person)
    if refused is None:
        return closed(redirect("area", token))
    return closed(
        _page(request, link.impact, link.person, link=link, token=token, correction=refused)
    )


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_objection(request: HttpRequest, token: str) -> HttpResponse:
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    answer = _object(request, link.impact, link.person)
    if isinstance(answer, str):
        return closed(redirect("said", answer))
    return closed(
        _page(request, link.impact, link.person, link=link, token=token, objection=answer)
    )


def _confirm(impact: Impact) -> None:
    """They have looked at it, and it is right."""
    if impact.confirmed_by_head_on is None:
        mandate.confirm_impact(impact, on=timezone.localdate())


def _correct(request: HttpRequest, impact: Impact, person: Person) -> CorrectionForm | None:
    """Something is otherwise; the page then says by when there is an answer.  Gives the form if it is not taken."""
    form, now = CorrectionForm(request.POST), timezone.now()
    if form.is_valid():
        due = working_days.after(timezone.localdate(now), actions.ANSWERED_WITHIN)
        try:
            mandate.correct_impact(
                impact, said_by=person, now=now, answer_due=due, **form.cleaned_data
            )
        except TooMany:
            form.add_error(None, TOO_MANY)
        else:
            return None
    return form


def _object(request: HttpRequest, impact: Impact, person: Person) -> AreaForm | str:
    """They object, set a condition or propose something else: what the page must carry by which they follow it.

    In confidence neither they nor their unit is kept.  Gives the form if it is not taken.
    """
    form, now = AreaForm(request.POST), timezone.now()
    if form.is_valid():
        change, hidden = impact.change, form.cleaned_data["in_confidence"]
        said = form.said(change=change, unit=None if hidden else impact.org_unit, raised_by=person)
        try:
            actions.refuse_a_flood({"change": change}, now=now)
            return actions.raise_pushback(said, now=now, once=form.cleaned_data["once"])[1]
        except TooMany:
            form.add_error(None, TOO_MANY)
    return form


def _own(request: HttpRequest, impact_id: int) -> Impact:
    """What it means for a unit that the one looking heads.  Raises Http404."""
    return get_object_or_404(areas_of(viewer(request)), pk=impact_id)


def _link_or_answer(request: HttpRequest, token: str) -> AreaLink | HttpResponse:
    """The link of somebody who still heads the unit.  Raises Http404."""
    link = link_or_answer(request, AreaLink, token)
    if isinstance(link, AreaLink) and link.impact.org_unit.head_id != link.person_id:
        raise Http404
    return link


def _page(
    request: HttpRequest,
    impact: Impact,
    person: Person,
    *,
    link: AreaLink | None = None,
    token: str = "",
    correction: CorrectionForm | None = None,
    objection: AreaForm | None = None,
) -> HttpResponse:
    """link, token: by which they came without an account.  correction, objection: a form that was not taken, to be put right."""
    today = timezone.localdate()
    context = {
        "page": page_of(impact, person, today=today),
        "this_day": today,
        "link": link,
        "ways": _ways("area", token) if link else _ways("my-area", impact.pk),
        "correction": correction or CorrectionForm(),
        "objection": objection or AreaForm(),
        "office": Organisation.ours(),
    }
    status = 422 if correction or objection else 200
    return render(request, "pushback/area.html", context, status=status)


def _ways(name: str, by: str | int) -> Ways:
    """by: the link's token, or which impact it is, for whoever has an account."""
    right, correction, objection = (
        reverse(f"{name}-{act}", args=[by]) for act in ("confirmation", "correction", "objection")
    )
    return Ways(right=right, correction=correction, objection=objection)
