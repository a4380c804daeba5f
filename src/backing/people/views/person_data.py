"""What is held about one person, and what they may ask: told, access, objection, their words, erasure."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.documents.printing import FORMATS, print_out
from backing.outbox.actions import write
from backing.outbox.public import last_written
from backing.people import legitimate_interests, letters, notice, pack, rights
from backing.people.access import Role
from backing.people.care_forms import DayForm, ErasureForm, StatementForm
from backing.people.doors import open_to, viewer
from backing.people.key import NoKey
from backing.people.models import AccessRequest, Erasure, Organisation, Person
from backing.people.models.sealed import NoGrounds
from backing.site import jobs

WHY_NOT: Final = {
    "no_key": "The key to what is said about people is not on this machine. Put it back, then try again.",
    "disk_full": "The disk is full. Make room, then try again.",
    "template": "A template of an issued document cannot be opened any more.",
}


@open_to(Role.PMO_HEAD)
@require_GET
def person_data(request: HttpRequest, person_id: int) -> HttpResponse:
    return _page(request, _found(request, person_id))


@open_to(Role.PMO_HEAD)
@require_POST
def create_telling(request: HttpRequest, person_id: int) -> HttpResponse:
    """They have been given the notice (D9b)."""
    person = _found(request, person_id)
    form = DayForm(request.POST, today=timezone.localdate(), label="Given on")
    if not form.is_valid():
        return _page(request, person, telling=form)
    notice.mark_told(person, on=form.cleaned_data["on"])
    return redirect("person-data", person.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_notice_letter(request: HttpRequest, person_id: int) -> HttpResponse:
    """The notice (D9b) in a letter to them.  That it left does not say that they have it: the head notes that."""
    person, by, now = _found(request, person_id), viewer(request), timezone.now()
    grounds = legitimate_interests.ours()
    if person.erased_at is not None or person == by.person:
        raise Http404
    if grounds is None:
        messages.error(request, "Record first why notes may be kept; the notice says so.")
        return redirect("grounds")
    paper = notice.document(
        grounds, head=by, organisation=Organisation.ours(), at=now.replace(microsecond=0)
    )
    letter = write(
        "The privacy notice",
        about=letters.NOTICE,
        subject=paper.title,
        text=letters.with_the_notice(person, paper),
        to=person,
        by=by,
        now=now,
        personal=False,
        own=True,
    )
    return redirect("letter", letter.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_request(request: HttpRequest, person_id: int) -> HttpResponse:
    """They asked what is kept about them."""
    person = _found(request, person_id)
    form = DayForm(request.POST, today=timezone.localdate(), label="Asked on")
    if not form.is_valid():
        return _page(request, person, asking=form)
    rights.ask_for_access(person, received=form.cleaned_data["on"])
    return redirect("person-data", person.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """The pack was handed over."""
    asked = get_object_or_404(
        AccessRequest.objects.editable_by(viewer(request)).open(), pk=request_id
    )
    rights.answer(asked, on=timezone.localdate())
    return redirect("person-data", asked.person_id)


@open_to(Role.PMO_HEAD)
@require_POST
def create_objection(request: HttpRequest, person_id: int) -> HttpResponse:
    """They object: what is noted about them is locked from now on."""
    person = _found(request, person_id)
    rights.object_to(person, on=timezone.localdate())
    messages.success(request, "Locked: nothing about them is opened or added.")
    return redirect("person-data", person.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_settling(request: HttpRequest, person_id: int) -> HttpResponse:
    """Their objection was looked into."""
    person = _found(request, person_id)
    rights.settle_objection(person)
    return redirect("person-data", person.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_statement(request: HttpRequest, person_id: int) -> HttpResponse:
    """Their own words, beside the entry they dispute."""
    person = _found(request, person_id)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _page(request, person, stating=form)
    try:
        rights.state(person, **form.cleaned_data, by=viewer(request), on=timezone.localdate())
    except (NoKey, NoGrounds) as error:
        form.add_error(None, str(error))
        return _page(request, person, stating=form)
    messages.success(request, "Kept. It stands beside the entry from now on.")
    return redirect("person-data", person.pk)


@open_to(Role.PMO_HEAD)
@require_POST
def create_reading(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything as they would read it, on a page; each opening is logged."""
    person = _found(request, person_id)
    try:
        made = pack.of(person, viewer(request), timezone.now())
    except NoKey as error:
        messages.error(request, str(error))
        return redirect("person-data", person.pk)
    pack.log(made, viewer(request), form="a page", request=None)
    response = render(request, "people/reading.html", {"person": person, "pack": made})
    response["Cache-Control"] = "no-store"
    return response


@open_to(Role.PMO_HEAD)
@require_POST
def create_pack(request: HttpRequest, person_id: int, kind: str) -> HttpResponse:
    """D13 in one click: made, handed over, and not kept."""
    person, looking, now = _found(request, person_id), viewer(request), timezone.now()
    if kind not in (*FORMATS, "json"):
        raise Http404
    try:
        made = pack.of(person, looking, now)
    except NoKey as error:
        messages.error(request, str(error))
        return redirect("person-data", person.pk)
    asked = AccessRequest.objects.filter(person=person).open().first()
    pack.log(made, looking, form=kind, request=asked.pk if asked else None)
    if kind == "json":
        response = HttpResponse(pack.as_json(made), content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="access-pack.json"'
        response["Cache-Control"] = "no-store"
        return response
    ours = Organisation.ours()
    paper = pack.document(made, organisation=ours.name, invented=ours.invented)
    return print_out(paper, kind, by=looking, now=now, about=person)


@open_to(Role.PMO_HEAD)
@require_POST
def create_erasure(request: HttpRequest, person_id: int) -> HttpResponse:
    """Forget them; the worker does it."""
    person, looking = _found(request, person_id), viewer(request)
    form = ErasureForm(request.POST, name=person.full_name)
    if person == looking.person or person.erased_at is not None:
        raise Http404
    if not form.is_valid():
        return _page(request, person, erasing=form)
    work = Erasure.objects.create(
        person=person, why=form.cleaned_data["why"], by=looking, asked_at=timezone.now()
    )
    jobs.start(work)
    return redirect("erasure", work.pk)


@open_to(Role.PMO_HEAD)
@require_GET
def erasure(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """How an erasure comes along, and what it took out."""
    found = get_object_or_404(
        Erasure.objects.visible_to(viewer(request)).select_related("person"), pk=erasure_id
    )
    context = {
        "erasure": found,
        "found": sorted((what, count) for what, count in found.found.items() if count),
        "why": WHY_NOT.get(found.error, "Please report it."),
    }
    return render(request, "people/erasure.html", context)


@open_to(Role.PMO_HEAD)
@require_POST
def create_retry(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """Try again what failed."""
    found = get_object_or_404(Erasure.objects.editable_by(viewer(request)), pk=erasure_id)
    if found.again(now=timezone.now()):
        jobs.start(found)
    return redirect("erasure", found.pk)


def _found(request: HttpRequest, person_id: int) -> Person:
    return get_object_or_404(Person.objects.editable_by(viewer(request)), pk=person_id)


def _page(
    request: HttpRequest,
    person: Person,
    *,
    telling: DayForm | None = None,
    asking: DayForm | None = None,
    stating: StatementForm | None = None,
    erasing: ErasureForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    told_by = last_written(viewer(request), about=letters.NOTICE, to=person)
    context = {
        "person": person,
        "told_by": told_by,
        "requests": AccessRequest.objects.filter(person=person),
        "telling": telling or DayForm(today=(told_by and told_by.left) or today, label="Given on"),
        "asking": asking or DayForm(today=today, label="Asked on"),
        "stating": stating or StatementForm(),
        "erasing": erasing or ErasureForm(name=person.full_name),
        "is_me": person == viewer(request).person,
        "erasures": Erasure.objects.filter(person=person),
        "formats": FORMATS,
    }
    wrong = any((telling, asking, stating, erasing))
    return render(request, "people/person_data.html", context, status=422 if wrong else 200)
