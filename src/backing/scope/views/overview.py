"""The part "Scope" at a glance: what we will and won't do, and what is not settled yet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.scope import actions, public
from backing.scope.briefed import not_briefed
from backing.scope.forms.activities import OurUnitForm
from backing.scope.views.finding import unit_names


@open_to_all_accounts
def scope(request: HttpRequest) -> HttpResponse:
    return _page(request, OurUnitForm())


@require_POST
@open_to(*OFFICE)
def create_our_unit(request: HttpRequest) -> HttpResponse:
    form = OurUnitForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    unit = form.cleaned_data["name"]
    unit.save()
    actions.say_which_unit_we_are(unit)
    messages.success(request, f"The office is {unit}.")
    return redirect("activities")


def _page(request: HttpRequest, form: OurUnitForm) -> HttpResponse:
    looking, today = viewer(request), timezone.localdate()
    items = public.scope_items(looking)
    ours = public.activities(looking, ours=True)
    hand_overs = public.hand_overs(looking, today=today)
    doubled = public.same_work(looking, today=today) if looking.is_office else ()
    context = {
        "form": form,
        "unit": public.our_unit(looking),
        "units": unit_names(),
        "kinds": [
            (word, [item for item in items if item.kind == kind])
            for kind, word in (("will", "We will"), ("wont", "We won’t"), ("not_yet", "Not yet"))
        ],
        "items": items,
        "nobody": sum(item.nobody for item in items),
        "ours": ours,
        "services": public.services(looking),
        "charter": public.charter(looking),
        "untold": not_briefed(looking) if looking.is_office else (),
        "hand_overs": hand_overs,
        "gaps": [each for each in hand_overs if each.gap],
        "doubled": [
            each for each in doubled if each.certainty != "suggested" and not each.is_settled
        ],
        "minutes": public.burden_of_a_project_manager(looking, on=today),
    }
    return render(request, "scope/scope.html", context, status=422 if form.errors else 200)
