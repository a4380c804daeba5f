"""Care for people's data, for the whole office: grounds, log, review list, notice."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.documents.printing import FORMATS, print_out
from backing.people import legitimate_interests, notice, retention
from backing.people.access import Role
from backing.people.advising import Office
from backing.people.care_forms import GroundsForm
from backing.people.doors import open_to, viewer
from backing.people.held import offered
from backing.people.models import AccessLog, AccessRequest, Erasure, Organisation, Person
from backing.rhythm.public import thresholds_as_set
from backing.site.spreadsheet import csv_lines

A_PAGE = 100
SHOWN = 50  # of those who have not been told
NAMED = 3  # of those whom one reading was about
WATCHERS = (Role.PMO_HEAD, Role.DPO)


@open_to(*WATCHERS)
@require_GET
def care(request: HttpRequest) -> HttpResponse:
    """What is owed to the people the office writes about, and what is open of it."""
    looking, today = viewer(request), timezone.localdate()
    context: dict[str, Any] = {
        "grounds": legitimate_interests.ours(),
        "readings": AccessLog.objects.count(),
    }
    if looking.role == Role.PMO_HEAD:
        office = thresholds_as_set()
        untold = {
            each.person_id: each.since
            for module in offered("not_told")
            for each in module.not_told(office, today)
        }
        people = Person.objects.visible_to(looking).in_bulk(sorted(untold)[:SHOWN])
        context |= {
            "requests": AccessRequest.objects.visible_to(looking).open().select_related("person"),
            "untold": [(people[pk], untold[pk]) for pk in people],
            "more_untold": max(0, len(untold) - SHOWN),
            "objections": Person.objects.visible_to(looking).exclude(objection_at=None),
            "due": sum(each.count for each in retention.review_list(office, today)),
            "erasures": Erasure.objects.visible_to(looking).select_related("person")[:20],
        }
    return render(request, "people/care.html", context)


@open_to(*WATCHERS)
def grounds(request: HttpRequest) -> HttpResponse:
    """The guided record of legitimate interests; the data-protection officer reads it."""
    looking = viewer(request)
    found = legitimate_interests.ours()
    if looking.role != Role.PMO_HEAD:
        return render(request, "people/grounds.html", {"grounds": found})
    form = GroundsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        legitimate_interests.record(**form.cleaned_data, by=looking, on=timezone.localdate())
        messages.success(request, "Recorded. Notes about people can be kept from now on.")
        return redirect("care")
    status = 422 if form.errors else 200
    return render(request, "people/grounds.html", {"grounds": found, "form": form}, status=status)


@open_to(*WATCHERS)
@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    """Every reading, export and print of what is about people, the latest first.

    About whom by name, as far as the viewer sees them among people, and as a number where it is many.
    """
    lines = AccessLog.objects.select_related("who__person")
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    few = {person for line in page for person in line.about[:NAMED]}
    people = Person.objects.visible_to(viewer(request)).in_bulk(few)
    shown = [
        (line, [people.get(person, "somebody") for person in line.about[:NAMED]]) for line in page
    ]
    return render(request, "people/access_log.html", {"page": page, "shown": shown, "named": NAMED})


@open_to(*WATCHERS)
@require_GET
def access_log_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole log, for a spreadsheet; whom it was about by their numbers among people."""
    del request
    lines = AccessLog.objects.select_related("who__person").iterator(chunk_size=2000)
    header = ("When", "Who", "As", "What", "Records", "About", "What for")
    rows = (
        (
            timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds"),
            str(line.who),
            line.who.get_role_display(),
            line.what,
            line.count,
            " ".join(map(str, line.about)),
            line.purpose,
        )
        for line in lines
    )
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="access-log.csv"'
    return response


@open_to(Role.PMO_HEAD)
def review_list(request: HttpRequest) -> HttpResponse:
    """What is past its time: looked through, then erased."""
    office, today = thresholds_as_set(), timezone.localdate()
    due = retention.review_list(office, today)
    if request.method == "POST":
        keys = set(request.POST.getlist("due"))
        chosen = [each for each in due if each.key in keys]
        gone = retention.forget(chosen, office, today)
        messages.success(request, f"{gone} records are erased." if gone else "Nothing was chosen.")
        return redirect("review-list")
    people = Person.objects.in_bulk([each.person_id for each in due if each.person_id])
    rows = [(each, people.get(each.person_id or 0)) for each in due]
    totals = Counter[str]()
    for each in due:
        totals[each.what] += each.count
    context = {"rows": rows, "totals": sorted(totals.items()), "office": _periods(office)}
    return render(request, "people/review_list.html", context)


@open_to(Role.PMO_HEAD)
@require_POST
def create_notice(request: HttpRequest, kind: str) -> HttpResponse:
    """D9b as a file; it is about nobody yet."""
    found = legitimate_interests.ours()
    if kind not in FORMATS:
        raise Http404
    if found is None:
        messages.error(request, "Record first why notes may be kept; the notice says so.")
        return redirect("grounds")
    now, looking = timezone.now(), viewer(request)
    paper = notice.document(
        found, head=looking, organisation=Organisation.ours(), at=now.replace(microsecond=0)
    )
    return print_out(paper, kind, by=looking, now=now)


def _periods(office: Office) -> list[tuple[str, int]]:
    kept = (retention.HEARD, retention.LEFT, retention.LOGS)
    return [(each.name, round(office[each])) for each in kept]
