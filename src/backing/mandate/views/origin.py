"""Why the office exists: the page, and the five answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from backing.mandate import actions
from backing.mandate.forms import OriginForm
from backing.mandate.public import changes, open_decisions, origin
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.named import SeveralOfThatName, people_named


@open_to_all_accounts
def why(request: HttpRequest) -> HttpResponse:
    """Who asked for it, when and in what words; what it proposes, and what waits for a decision."""
    looking = viewer(request)
    found = origin(looking)
    context = {
        "origin": found,
        "budget": found.budget_minor / 100 if found and found.budget_minor is not None else None,
        "changes": changes(looking),
        "decisions": open_decisions(looking),
    }
    return render(request, "mandate/why.html", context)


@open_to(*OFFICE)
def edit_origin(request: HttpRequest) -> HttpResponse:
    form = OriginForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            people = people_named(form.cleaned_data["commissioned_by"])
        except SeveralOfThatName as error:
            form.add_error("commissioned_by", str(error))
        else:
            actions.tell_origin(commissioned_by=people, **form.told)
            messages.success(request, "Kept. It stands at the head of what management reads.")
            return redirect("why")
    status = 422 if form.errors else 200
    return render(request, "mandate/origin.html", {"form": form}, status=status)
