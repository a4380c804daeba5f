"""Drawing a line by typing, and changing one link of it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.benefits import public
from backing.benefits.actions.lines import NotALine, NotInTheBusiness, draw_line, layer_of
from backing.benefits.forms.lines import LineForm, LinkForm
from backing.benefits.models import ContributionLink
from backing.benefits.views.finding import (
    editable_or_404,
    form_page,
    known_names,
    person_names,
)
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.named import SeveralOfThatName


@open_to(*OFFICE)
def line(request: HttpRequest) -> HttpResponse:
    """One row of steps by name; what is new is made, what is known is linked."""
    form = LineForm(request.POST or None, initial={"activity": request.GET.get("activity", "")})
    if request.method == "POST" and form.is_valid():
        try:
            links = draw_line(
                form.typed, on=timezone.localdate(), source=form.cleaned_data["source"]
            )
        except (NotALine, NotInTheBusiness, SeveralOfThatName) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The line is drawn.")
            first = links[0].source
            return redirect(f"{reverse('benefits')}?node={layer_of(first).value}-{first.pk}")
    context = {
        "form": form,
        "known": known_names(public.line_of_sight(viewer(request))),
        "persons": person_names(),
    }
    return render(request, "benefits/line.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def contribution(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Why the one leads to the other, and how firmly that is known."""
    found = editable_or_404(request, ContributionLink.objects.all(), contribution_id)
    kept = {name: getattr(found, name) for name in ("rationale", "confidence", "evidence")}
    form = LinkForm(request.POST or None, initial=kept)
    back = f"{reverse('benefits')}?node={layer_of(found.source).value}-{found.source.pk}"
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(found, name, value)
        found.save()
        messages.success(request, f"{found} is kept.")
        return redirect(back)
    remove = reverse("contribution-removal", args=[contribution_id])
    return form_page(request, form, title=str(found), back=back, remove=remove)


@require_POST
@open_to(*OFFICE)
@transaction.atomic
def create_contribution_removal(request: HttpRequest, contribution_id: int) -> HttpResponse:
    found = editable_or_404(request, ContributionLink.objects.all(), contribution_id)
    words = str(found)
    found.delete()
    messages.success(request, f"{words} is taken out.")
    return redirect("benefits")
