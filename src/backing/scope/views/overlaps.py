"""Work that two units do: found, spoken of, settled."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE, Role
from backing.people.doors import open_to, viewer
from backing.people.models import OrgUnit
from backing.scope import actions
from backing.scope.doubling import SameWork
from backing.scope.forms.overlaps import MarkForm, TalkForm
from backing.scope.models import Activity, OverlapTalk
from backing.scope.public import same_work
from backing.scope.views.finding import form_page, person_names


@require_safe
@open_to(*OFFICE)
def overlaps(request: HttpRequest) -> HttpResponse:
    """The head sees all; a member, what the other unit was spoken with about."""
    looking = viewer(request)
    found = same_work(looking, today=timezone.localdate())
    sure = [each for each in found if each.certainty != "suggested"]
    context = {
        "open": [each for each in sure if not each.is_settled],
        "settled": [each for each in sure if each.is_settled],
        "suggested": [
            each for each in found if each.certainty == "suggested" and not each.is_settled
        ],
        "is_head": looking.role == Role.PMO_HEAD,
    }
    return render(request, "scope/overlaps.html", context)


@open_to(Role.PMO_HEAD)
def talk(request: HttpRequest, one_id: int, other_id: int, unit_id: int) -> HttpResponse:
    """That the other unit was spoken with, and what came of it."""
    today = timezone.localdate()
    found = _of(same_work(viewer(request), today=today), (one_id, other_id, unit_id))
    initial = {
        "with_whom": found.spoken_with or found.head,
        "agreed": found.agreed,
        "outcome": found.outcome,
    }
    form = TalkForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        actions.note_talk(
            one=Activity.objects.get(pk=one_id),
            other=Activity.objects.filter(pk=other_id).first(),
            unit=OrgUnit.objects.filter(pk=unit_id).first(),
            by=viewer(request),
            spoken_on=given["spoken_on"],
            spoken_with=given["with_whom"],
            outcome=OverlapTalk.Outcome(given["outcome"]),
            agreed=given["agreed"],
        )
        messages.success(request, f"Kept. {found.units[1]} and the office see it from now on.")
        return redirect("overlaps")
    title = f"You spoke with {found.units[1]} about “{found.name}”"
    return form_page(request, form, title=title, back="overlaps", persons=person_names())


@open_to(Role.PMO_HEAD)
def mark(request: HttpRequest) -> HttpResponse:
    """Two activities that nothing but a person knows to be the same."""
    activities = Activity.objects.visible_to(viewer(request)).live().select_related("org_unit")
    form = MarkForm(request.POST or None, activities=activities)
    if request.method == "POST" and form.is_valid():
        actions.note_talk(
            one=form.cleaned_data["ours"],
            other=form.cleaned_data["theirs"],
            unit=None,
            by=viewer(request),
            marked_on=timezone.localdate(),
        )
        messages.success(request, "Marked. Only you see it until you have spoken with them.")
        return redirect("overlaps")
    return form_page(request, form, title="Mark two as the same work", back="overlaps")


@require_POST
@open_to(Role.PMO_HEAD)
def create_difference(
    request: HttpRequest, one_id: int, other_id: int, unit_id: int
) -> HttpResponse:
    """A suggestion that is none: the two are different work, and nobody need be spoken with."""
    found = _of(same_work(viewer(request), today=timezone.localdate()), (one_id, other_id, unit_id))
    actions.note_talk(
        one=Activity.objects.get(pk=one_id),
        other=Activity.objects.filter(pk=other_id).first(),
        unit=OrgUnit.objects.filter(pk=unit_id).first(),
        by=viewer(request),
        spoken_on=timezone.localdate(),
        outcome=OverlapTalk.Outcome.DIFFERENT,
    )
    messages.success(
        request, f"“{found.name}” and “{found.other or found.units[1]}” are told apart."
    )
    return redirect(reverse("overlaps"))


def _of(found: tuple[SameWork, ...], key: tuple[int, int, int]) -> SameWork:
    one = next((each for each in found if each.key == key), None)
    if one is None:
        raise Http404
    return one
