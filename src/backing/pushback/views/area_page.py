"""What a change means for a unit, for whoever heads it: by a link, on a phone, without account or script.

The link alone is the authority, so its forms need no token of their own; it opens as long as they head the unit.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.mandate import actions as mandate
from backing.people.bearing import closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.floods import TooMany
from backing.people.models import Organisation
from backing.pushback import actions, working_days
from backing.pushback.areas import page_of
from backing.pushback.forms import AreaForm, CorrectionForm
from backing.pushback.models import AreaLink

WHY = "the head of a unit has no account to look for; what does not open gets the page of what never was"
TOO_MANY = "More came by this link within the hour than one person says. Try in an hour."


@require_safe
@open_to_strangers(WHY)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look too."""
    link = _link_or_answer(request, token)
    return link if isinstance(link, HttpResponse) else _page(request, token, link)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """They have looked at it, and it is right."""
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    if link.impact.confirmed_by_head_on is None:
        mandate.confirm_impact(link.impact, on=timezone.localdate())
    return closed(redirect("area", token))


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_correction(request: HttpRequest, token: str) -> HttpResponse:
    """Something is otherwise; the page then says by when there is an answer."""
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    form, now = CorrectionForm(request.POST), timezone.now()
    if form.is_valid():
        due = working_days.after(timezone.localdate(now), actions.ANSWERED_WITHIN)
        try:
            mandate.correct_impact(
                link.impact, said_by=link.person, now=now, answer_due=due, **form.cleaned_data
            )
            return closed(redirect("area", token))
        except TooMany:
            form.add_error(None, TOO_MANY)
    return _page(request, token, link, correction=form)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_objection(request: HttpRequest, token: str) -> HttpResponse:
    """They object, set a condition or propose something else; the next page is theirs to follow it by.

    In confidence neither they nor their unit is kept.
    """
    link = _link_or_answer(request, token)
    if isinstance(link, HttpResponse):
        return link
    form, now = AreaForm(request.POST), timezone.now()
    if form.is_valid():
        change, hidden = link.impact.change, form.cleaned_data["in_confidence"]
        said = form.said(
            change=change,
            unit=None if hidden else link.impact.org_unit,
            raised_by=link.person,
        )
        try:
            actions.refuse_a_flood({"change": change}, now=now)
            _, follow = actions.raise_pushback(said, now=now, once=form.cleaned_data["once"])
            return closed(redirect("said", follow))
        except TooMany:
            form.add_error(None, TOO_MANY)
    return _page(request, token, link, objection=form)


def _link_or_answer(request: HttpRequest, token: str) -> AreaLink | HttpResponse:
    """The link of somebody who still heads the unit.  Raises Http404."""
    link = link_or_answer(request, AreaLink, token)
    if isinstance(link, AreaLink) and link.impact.org_unit.head_id != link.person_id:
        raise Http404
    return link


def _page(
    request: HttpRequest,
    token: str,
    link: AreaLink,
    *,
    correction: CorrectionForm | None = None,
    objection: AreaForm | None = None,
) -> HttpResponse:
    """correction, objection: a form that was not taken, to be put right."""
    today = timezone.localdate()
    context = {
        "page": page_of(link.impact, link.person, today=today),
        "this_day": today,
        "token": token,
        "link": link,
        "correction": correction or CorrectionForm(),
        "objection": objection or AreaForm(),
        "office": Organisation.ours(),
    }
    status = 422 if correction or objection else 200
    return closed(render(request, "pushback/area.html", context, status=status))
