"""The cause x activity matrix, and what is done about one cause."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.scope import matrix
from backing.scope.forms.matrix import CauseForm


@require_safe
@open_to(*OFFICE)
def causes(request: HttpRequest) -> HttpResponse:
    """The whole, with what it finds in sentences."""
    found = matrix.cause_matrix(viewer(request))
    return render(request, "scope/matrix.html", {"matrix": found})


@open_to(*OFFICE)
def cause(request: HttpRequest) -> HttpResponse:
    """What is done about one cause.  It is named in the address as the evidence names it."""
    account = viewer(request)
    name = request.GET.get("cause", "")
    row = next((row for row in matrix.cause_matrix(account).rows if row.cause == name), None)
    if row is None:
        raise Http404
    form = CauseForm(request.POST or None, row=row, activities=matrix.will_do(account))
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        matrix.aim(name, form.how, on=today)
        if not form.how:
            matrix.leave(name, form.cleaned_data["left"], on=today)
        messages.success(request, "Kept.")
        return redirect("matrix")
    context = {"form": form, "row": row}
    return render(request, "scope/cause.html", context, status=422 if form.errors else 200)
