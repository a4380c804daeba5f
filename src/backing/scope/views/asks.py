"""The ask ledger: what the office asks of others, and what it takes of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE, Role
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.models import Person
from backing.scope import actions
from backing.scope.forms.asks import RequestForm
from backing.scope.models import DataRequest
from backing.scope.public import (
    asks,
    burden,
    burden_chart,
    burden_of_a_project_manager,
    burden_over_time,
)
from backing.scope.views.finding import editable_or_404, form_page, person_names
from boardpaper.picture import Picture

MOST = 60  # minutes a month, of RULE-28


@require_safe
@open_to_all_accounts
def ledger(request: HttpRequest) -> HttpResponse:
    """Everyone sees what is asked of them; the office, all of it."""
    looking, today = viewer(request), timezone.localdate()
    found = asks(looking, on=today)
    borne = burden(looking, on=today)
    names = dict(
        Person.objects.filter(pk__in=[each.person for each in borne if each.person]).values_list(
            "pk", "full_name"
        )
    )
    retired = DataRequest.objects.visible_to(looking).filter(retire_on__lte=today)
    context: dict[str, object] = {
        "asks": found,
        "minutes": burden_of_a_project_manager(looking, on=today),
        "most": MOST,
        "borne": [
            (names.get(each.person or 0) or str(Role(each.role).label), each.minutes)
            for each in borne
        ],
        "idle": [each for each in found if not each.decision_it_feeds],
        "retired": retired.order_by("-retire_on", "pk")[:20],
    }
    if looking.is_office:
        over_time = burden_over_time(None, today=today)
        if not over_time.is_nothing:
            chart = burden_chart(over_time, whose="every project manager")
            context |= {"over_time": over_time, "picture": Picture("burden", chart)}
    return render(request, "scope/asks.html", context)


@open_to(*OFFICE)
def create_request(request: HttpRequest) -> HttpResponse:
    return _request(
        request, DataRequest(begins=timezone.localdate()), "Put down what you ask of others"
    )


@open_to(*OFFICE)
def edit_request(request: HttpRequest, data_request_id: int) -> HttpResponse:
    found = editable_or_404(request, DataRequest.objects.all(), data_request_id)
    return _request(request, found, str(found))


@require_POST
@open_to(*OFFICE)
def create_retirement(request: HttpRequest, data_request_id: int) -> HttpResponse:
    found = editable_or_404(request, DataRequest.objects.all(), data_request_id)
    actions.retire(found, on=timezone.localdate())
    messages.success(request, f"“{found}” is asked no more. Tell those who were asked.")
    return redirect("asks-of-others")


@require_POST
@open_to(*OFFICE)
def create_use(request: HttpRequest, data_request_id: int) -> HttpResponse:
    """It fed a decision today."""
    found = editable_or_404(request, DataRequest.objects.all(), data_request_id)
    found.last_used_on = timezone.localdate()
    found.save()
    messages.success(request, f"“{found}” fed a decision today.")
    return redirect("asks-of-others")


def _request(request: HttpRequest, found: DataRequest, title: str) -> HttpResponse:
    form = RequestForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept.")
        return redirect("asks-of-others")
    return form_page(request, form, title=title, back="asks-of-others", persons=person_names())
