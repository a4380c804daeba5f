"""The studio: a document composed from what is there, put in order, written into, and looked at."""

from __future__ import annotations

import base64
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.documents import actions, files
from backing.documents.desk import Desk, changed, composed_codes, desk, issued_on
from backing.documents.drafting import Part
from backing.documents.forms import SectionForm, SetUpForm
from backing.documents.models import Issue
from backing.documents.models.codes import Code
from backing.documents.own_words import names
from backing.documents.printing import paper
from backing.leaders.public import packs_waiting
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.site.work import UNFINISHED
from boardpaper.wording import word
from trackrecord.errors import UnreadableSource

# Documents about one thing, made on the page of that thing: the address of the list it stands in.
_ON_THEIR_PAGES: Final = {
    Code.LEADER_BRIEF: ("leaders", "from a leader’s page"),
    Code.SPONSOR_UPDATE: ("sponsor", "from the sponsor’s page"),
    Code.WIN: ("wins", "from a win’s page"),
    Code.NEW_LEADER: ("leaders", "from a leader’s page"),
    Code.ESCALATION: ("pushbacks", "from an objection’s page"),
    Code.SPONSOR_REQUEST: ("sponsor", "from the sponsor’s page"),
    Code.WHY_NEEDED: ("why", "from Why"),
    Code.SUBJECT_ACCESS: ("people", "from a person’s page"),
    Code.HAND_OVER: ("hand-overs", "from a hand-over’s page"),
}


@open_to_all_accounts
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """The documents there are, and what was issued of each."""
    account = viewer(request)
    issued = Issue.objects.visible_to(account).issued().select_related("issued_by__person")
    by_code: dict[str, list[Issue]] = {}
    for issue in issued:
        by_code.setdefault(issue.code, []).append(issue)
    kinds = [
        {"code": code, "composed": code in composed_codes(), "issues": by_code.get(code, [])}
        for code in Code
        if code in composed_codes() or code in by_code
    ]
    elsewhere = [
        {"code": code, "list": name, "whence": whence}
        for code, (name, whence) in _ON_THEIR_PAGES.items()
    ]
    context = {
        "kinds": kinds,
        "elsewhere": elsewhere,
        "issued": len(by_code),
        "packs": packs_waiting(account, today=timezone.localdate()) if account.is_office else (),
    }
    return render(request, "documents/documents.html", context)


@open_to(*OFFICE)
@require_GET
def studio(request: HttpRequest, code: str) -> HttpResponse:
    """One document on its author's desk."""
    return _studio(request, code)


def _studio(request: HttpRequest, code: str, *, refused: str = "") -> HttpResponse:
    known = _composed(code)
    account = viewer(request)
    at = desk(account, known)
    standing = Issue.objects.visible_to(account).of(known)
    last = standing.issued().first()
    under_way = standing.filter(state__in=UNFINISHED).first()
    context: dict[str, Any] = {
        "code": known,
        "last": last,
        "under_way": under_way,
        "since": changed(last, at) if last else None,
        "refused": refused,
        "issued_on": issued_on(known),
    }
    if at is not None:
        context |= {
            "desk": at,
            "parts": [(part, _neighbours(at, part)) for part in at.drafted.parts],
            "stopping": len(at.drafted.stopping),
            "form": SetUpForm(instance=at.draft),
        }
    return render(request, "documents/studio.html", context, status=409 if refused else 200)


@open_to(*OFFICE)
def section(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Somebody's own heading and words in one section, with what the gate says to them."""
    known = _composed(code)
    at = _desk(request, known)
    part = _part(at, key)
    form = SectionForm(
        request.POST or None,
        initial={"heading": part.own_heading, "words": part.own_words},
        may_head=part.may_head,
    )
    if request.method == "POST" and form.is_valid():
        actions.write(at.draft, key, **form.cleaned_data)
        part = _part(_desk(request, known), key)
        if not part.stops:
            messages.success(request, "Saved.")
            return redirect(f"{reverse('studio', args=[known])}#{key}")
    context = {
        "code": known,
        "part": part,
        "form": form,
        "names": [
            (name, word(figure), figure)
            for name, figure in names(at.grounds, tuple(at.grounds.all_figures))
            if figure.value is not None
        ],
    }
    status = 422 if form.errors or (request.method == "POST" and part.stops) else 200
    return render(request, "documents/section.html", context, status=status)


@require_POST
@open_to(*OFFICE)
def create_omission(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Leave a section out."""
    at = _desk(request, _composed(code))
    if not _part(at, key).may_leave:
        raise Http404
    actions.leave_out(at.draft, key)
    return _back_to(code, key)


@require_POST
@open_to(*OFFICE)
def create_return(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Put a section back."""
    at = _desk(request, _composed(code))
    actions.put_back(at.draft, _part(at, key).key)
    return _back_to(code, key)


@require_POST
@open_to(*OFFICE)
def create_move(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Move a section before or after its neighbour."""
    at = _desk(request, _composed(code))
    part = _part(at, key)
    before, after = _neighbours(at, part)
    other = before if request.POST.get("to") == "before" else after
    if other is None:
        raise Http404
    keys = [each.key for each in at.drafted.parts]
    one, two = keys.index(key), keys.index(other)
    keys[one], keys[two] = keys[two], keys[one]
    actions.put_in_order(at.draft, keys)
    return _back_to(code, key)


@require_POST
@open_to(*OFFICE)
def create_set_up(request: HttpRequest, code: str) -> HttpResponse:
    """For whom it is, and in whose templates."""
    at = _desk(request, _composed(code))
    form = SetUpForm(request.POST, instance=at.draft)
    if form.is_valid():
        actions.set_up(at.draft, **form.cleaned_data)
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Say in a few words for whom it is, and choose from the lists.")
    return redirect(f"{reverse('studio', args=[code])}#set-up")


@open_to(*OFFICE)
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as the page that readers would get."""
    from boardpaper.render import html

    at = _desk(request, _composed(code))
    return paper(html.render(at.drafted.document))


@open_to(*OFFICE)
@require_GET
def slides(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as pictures of its slides."""
    from boardpaper.render.deck import seen

    known = _composed(code)
    at = _desk(request, known)
    template = at.draft.slides_template
    file = files.path_of(template.stored_as) if template else None
    refused = ""
    try:
        made = seen.slides(at.drafted.document, template=file)
    except UnreadableSource:
        refused = (
            "The template that was chosen cannot be opened any more; this is Backing’s own look."
        )
        made = seen.slides(at.drafted.document)
    pictures = [
        (slide, base64.b64encode(slide.svg.encode()).decode(), number)
        for number, slide in enumerate(made, 1)
    ]
    context = {"code": known, "slides": pictures, "template": template, "refused": refused}
    return render(request, "documents/slides.html", context)


@require_POST
@open_to(*OFFICE)
def create_issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the document as it stands."""
    known = _composed(code)
    at = _desk(request, known)
    if issued_on(known):
        raise Http404
    try:
        issue = actions.issue(at.drafted, at.draft, by=viewer(request), now=timezone.now())
    except actions.NotIssued as reason:
        return _studio(request, known, refused=str(reason))
    return redirect("issue", issue.pk)


def _composed(code: str) -> Code:
    """The document that is asked for; 404 where none is composed so far."""
    if code not in composed_codes():
        raise Http404
    return Code(code)


def _desk(request: HttpRequest, code: Code) -> Desk:
    at = desk(viewer(request), code)
    if at is None:
        raise Http404
    return at


def _part(at: Desk, key: str) -> Part:
    found = next((part for part in at.drafted.parts if part.key == key), None)
    if found is None:
        raise Http404
    return found


def _neighbours(at: Desk, part: Part) -> tuple[str | None, str | None]:
    """The keys of the sections it may change places with: body with body, appendix with appendix."""
    movable = [
        each.key
        for each in at.drafted.parts
        if each.may_leave and each.section.appendix == part.section.appendix
    ]
    if part.key not in movable:
        return None, None
    at_place = movable.index(part.key)
    before = movable[at_place - 1] if at_place else None
    after = movable[at_place + 1] if at_place + 1 < len(movable) else None
    return before, after


def _back_to(code: str, key: str) -> HttpResponse:
    return redirect(f"{reverse('studio', args=[code])}#{key}")
