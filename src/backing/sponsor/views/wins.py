"""Wins: found in the records, brought through the gate, packed for the sponsor, passed on (S24-c, S24-d)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents.names import file_name
from backing.documents.printing import print_out
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import Person
from backing.sponsor import actions, found, gate
from backing.sponsor.forms import ShareForm, WinForm
from backing.sponsor.models import SponsorAssignment, Win
from backing.sponsor.papers import credited, win_slide, win_to_share

_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@open_to(*OFFICE)
def wins(request: HttpRequest) -> HttpResponse:
    looking = viewer(request)
    everything = Win.objects.visible_to(looking).exclude(status=Win.Status.WITHDRAWN)
    context = {
        "wins": [(win, gate.missing(win)) for win in everything.select_related("owner")],
        "found": found.candidates(looking, today=timezone.localdate()),
    }
    return render(request, "sponsor/wins.html", context)


@require_POST
@open_to(*OFFICE)
def create_from_record(request: HttpRequest) -> HttpResponse:
    """Take up what was found in the records."""
    lies = found.candidates(viewer(request), today=timezone.localdate())
    chosen = next((each for each in lies if each.source == request.POST.get("source")), None)
    if chosen is None:
        return redirect("wins")
    return redirect("edit-win", actions.take_up(chosen).pk)


@open_to(*OFFICE)
def create_win(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@open_to(*OFFICE)
def edit_win(request: HttpRequest, win_id: int) -> HttpResponse:
    """Until it is told; what was told stands."""
    untold = Win.objects.editable_by(viewer(request)).exclude(status=Win.Status.SHARED)
    return _form(request, get_object_or_404(untold, pk=win_id))


@open_to(*OFFICE)
def win(request: HttpRequest, win_id: int) -> HttpResponse:
    return _page(request, win_id, None)


@require_POST
@open_to(*OFFICE)
def create_confirmation(request: HttpRequest, win_id: int) -> HttpResponse:
    one = get_object_or_404(
        Win.objects.editable_by(viewer(request)).filter(status=Win.Status.CANDIDATE), pk=win_id
    )
    try:
        actions.confirm(one, on=timezone.localdate())
    except actions.NotYet as error:
        messages.error(request, str(error))
    return redirect("win", win_id)


@require_POST
@open_to(*OFFICE)
def create_share(request: HttpRequest, win_id: int) -> HttpResponse:
    one = get_object_or_404(Win.objects.editable_by(viewer(request)), pk=win_id)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, win_id, form)
    given = form.cleaned_data
    try:
        made = actions.share(
            one, by=given["by"], to=given["to"], channel=given["channel"], on=given["at"]
        )
    except actions.NotYet as error:
        form.add_error(None, str(error))
        return _page(request, win_id, form)
    made.reaction = given["reaction"]
    made.save()
    messages.success(request, "Kept.")
    return redirect("win", win_id)


@require_POST
@open_to(*OFFICE)
def create_pack(request: HttpRequest, win_id: int, kind: str) -> HttpResponse:
    """D6 as one page or one slide, of a win that has passed the gate."""
    told = (Win.Status.CONFIRMED, Win.Status.SHARED)
    one = get_object_or_404(Win.objects.visible_to(viewer(request)), pk=win_id, status__in=told)
    now = timezone.now()
    if kind == "pdf":
        return print_out(win_to_share(one, now=now), "pdf", by=viewer(request), now=now)
    if kind != "pptx":
        raise Http404
    from boardpaper.render import pptx

    document = win_slide(one, now=now)
    answer = HttpResponse(pptx.render(document), content_type=_SLIDE)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document, kind)}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, win_id: int, form: ShareForm | None) -> HttpResponse:
    one = get_object_or_404(Win.objects.visible_to(viewer(request)), pk=win_id)
    today = timezone.localdate()
    sponsor = SponsorAssignment.objects.visible_to(viewer(request)).current(on=today).first()
    initial = {"at": today, "by": sponsor.person_id if sponsor else None}
    share = form or ShareForm(initial=initial)
    by: object = share.fields["by"]
    by.queryset = Person.objects.all()  # type: ignore[attr-defined]  # a choice of people
    context = {
        "win": one,
        "missing": gate.missing(one),
        "credit": credited(one),
        "shares": one.shares.select_related("by"),
        "form": share,
        "may_be_told": one.status in (Win.Status.CONFIRMED, Win.Status.SHARED),
    }
    return render(request, "sponsor/win.html", context, status=422 if share.errors else 200)


def _form(request: HttpRequest, one: Win | None) -> HttpResponse:
    initial = {} if one else {"happened_on": timezone.localdate()}
    form = WinForm(request.POST or None, instance=one, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.status = Win.Status.CANDIDATE  # what is changed passes the gate again
        kept.save()
        form.save_m2m()
        return redirect("win", kept.pk)
    context = {"form": form, "title": "Write the win down"}
    return render(request, "sponsor/form.html", context, status=422 if form.errors else 200)
