"""The charter: what the next version says, what stands in its way, and who has answered the last one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.documents.actions import NotIssued, Stopped
from backing.documents.desk import Desk, desk, desk_with
from backing.documents.models import Issue
from backing.documents.printing import print_out
from backing.leaders.public import on_the_list
from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.models import Account, Person
from backing.scope import charters, letters_of_charter
from backing.scope.charters import NotPut
from backing.scope.compared import Changed, compared
from backing.scope.forms.charter import BasisForm, CharterForm
from backing.scope.models import Acknowledgement, Charter, CharterLink
from backing.scope.papers.charter import CHANGE_LOG, composed, on_one_page
from boardpaper.composed import document_from

CODE = "D2"


@open_to_all_accounts
@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """Everyone reads the version that stands; the office also what it is writing, and who has answered."""
    return _page(request)


@require_POST
@open_to(*OFFICE)
def create_version(request: HttpRequest) -> HttpResponse:
    """Begin the next version, or the first."""
    version = charters.begin(on=timezone.localdate())
    messages.success(request, f"Version {version.version} is begun.")
    return redirect("charter-words")


@open_to(*OFFICE)
def words(request: HttpRequest) -> HttpResponse:
    """What a person writes of it; the rest comes from the records."""
    version = charters.being_written()
    if version is None:
        raise Http404
    form = CharterForm(request.POST or None, charter=version)
    if request.method == "POST" and form.is_valid():
        charters.write(
            version,
            sections=form.sections,
            review_due=form.cleaned_data["review_due"],
            effective=form.cleaned_data["effective"],
            units=form.cleaned_data["units"],
            change_note=form.cleaned_data.get("change_note", ""),
        )
        messages.success(request, "Kept.")
        return redirect("charter")
    context = {"form": form, "version": version}
    return render(request, "scope/charter_words.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(*OFFICE)
def create_proposal(request: HttpRequest) -> HttpResponse:
    """Put the version that is being written before leaders."""
    version, at = charters.being_written(), desk(viewer(request), CODE)
    if version is None or at is None:
        raise Http404
    try:
        charters.put(version, at.drafted, at.draft, by=viewer(request), now=timezone.now())
    except (NotPut, NotIssued) as reason:
        return _page(request, refused=_said(reason))
    messages.success(request, f"Version {version.version} is proposed. Now ask each leader.")
    return redirect("charter")


@require_POST
@open_to(*OFFICE)
def create_basis(request: HttpRequest) -> HttpResponse:
    """Management has decided; the version is issued again, now with its basis."""
    account, now = viewer(request), timezone.now()
    version = Charter.objects.editable_by(account).filter(status=Charter.Status.PROPOSED).first()
    if version is None:
        raise Http404
    form = BasisForm(request.POST, viewer=account)
    if not form.is_valid():
        return _page(request, refused="Choose the decision that it rests on.")
    try:
        with transaction.atomic():
            charters.rest_on(version, form.cleaned_data["decision"], on=timezone.localdate(now))
            version.refresh_from_db()
            at = desk_with(composed(version, account))
            charters.issue_again(version, at.drafted, at.draft, by=account, now=now)
    except (NotPut, NotIssued) as reason:
        return _page(request, refused=_said(reason))
    messages.success(request, f"Version {version.version} is in force.")
    return redirect("charter")


@require_POST
@open_to(*OFFICE)
def create_ask(request: HttpRequest, person_id: int) -> HttpResponse:
    """A link for one leader, and the letter that carries it."""
    account, now = viewer(request), timezone.now()
    version = Charter.objects.visible_to(account).current()
    person = get_object_or_404(Person.objects.visible_to(account), pk=person_id)
    if version is None or person.pk not in {each.person for each in on_the_list(account)}:
        raise Http404
    token = charters.ask(version, [person], by=account, now=now)[person.pk]
    message = letters_of_charter.compose(request, version, person, token, now=now)
    letter = write(
        f"The charter, version {version.version}",
        about=f"charter-{version.pk}",
        subject=message.subject,
        text=message.text,
        to=person,
        by=account,
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_link_closing(request: HttpRequest, person_id: int) -> HttpResponse:
    """One leader's link opens no more; what they answered stays."""
    version = Charter.objects.visible_to(viewer(request)).current()
    person = get_object_or_404(Person.objects.visible_to(viewer(request)), pk=person_id)
    if version is None or not CharterLink.close(person=person, charter=version, now=timezone.now()):
        raise Http404
    messages.success(request, f"The link of {person} opens no more.")
    return redirect("charter")


@require_POST
@open_to(*OFFICE)
def create_page(request: HttpRequest) -> HttpResponse:
    """The charter on one page, to take along."""
    account, now = viewer(request), timezone.now()
    version = charters.being_written() or Charter.objects.visible_to(account).current()
    if version is None:
        raise Http404
    return print_out(on_one_page(version, account), "pdf", by=account, now=now)


def _page(request: HttpRequest, *, refused: str = "") -> HttpResponse:
    account = viewer(request)
    version = Charter.objects.visible_to(account).current()
    context: dict[str, object] = {"version": version, "refused": refused}
    if version is not None and version.issue_id:
        context["issue"] = Issue.objects.visible_to(account).filter(pk=version.issue_id).first()
    if account.is_office:
        context |= _for_the_office(account, version)
    return render(request, "scope/charter.html", context, status=409 if refused else 200)


def _for_the_office(account: Account, version: Charter | None) -> dict[str, object]:
    writing = charters.being_written()
    at = desk(account, CODE) if writing is not None else None
    given = _answers(account, version)
    return {
        "writing": writing,
        "lacking": charters.lacking(writing) if writing is not None else (),
        "stopping": at.drafted.stopping if at is not None else (),
        "changes": _changes(version, at),
        "answers": given,
        "hold_a_link": CharterLink.open_to(now=timezone.now(), charter=version),
        "answered": sum(1 for _, _, answer in given if answer and answer.answered_on),
        "objects": sum(
            1 for _, _, answer in given if answer and answer.response == charters.Response.OBJECTS
        ),
        "basis_form": BasisForm(None, viewer=account),
    }


def _answers(
    account: Account, version: Charter | None
) -> list[tuple[int, str, Acknowledgement | None]]:
    """Each leader on the list with what they answered to this version, those who have not first."""
    if version is None:
        return []
    given = {
        each.person_id: each
        for each in Acknowledgement.objects.visible_to(account).filter(charter=version)
    }
    rows = [(each.person, each.name, given.get(each.person)) for each in on_the_list(account)]
    return sorted(rows, key=lambda row: (bool(row[2] and row[2].answered_on), row[1], row[0]))


def _changes(version: Charter | None, at: Desk | None) -> tuple[Changed, ...]:
    """What the version that is being written says otherwise than the last that was put."""
    if version is None or version.issue is None or at is None:
        return ()
    was = document_from(version.issue.composition.encode())
    return compared(was, at.drafted.document, without=CHANGE_LOG)


def _said(reason: Exception) -> str:
    if isinstance(reason, Stopped):
        return " ".join([str(reason), *(finding.todo for finding in reason.findings)])
    return str(reason)
