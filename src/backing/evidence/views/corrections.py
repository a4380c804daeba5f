"""What was put right: was, is, by, on, and whether it holds."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.evidence import actions, corrected
from backing.evidence.models import Decision
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer

A_PAGE = 50


@open_to(*OFFICE)
def corrections(request: HttpRequest) -> HttpResponse:
    found = Decision.objects.visible_to(viewer(request)).filter(kind=Decision.Kind.CORRECTION)
    pages = Paginator(
        found.order_by("-made_at", "-pk").select_related("by", "withdrawn_by"), A_PAGE
    )
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": corrected.lines(page.object_list),
        "standing": found.standing().count(),
    }
    return render(request, "evidence/owner_corrections.html", context)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = get_object_or_404(
        Decision.objects.editable_by(viewer(request))
        .standing()
        .filter(kind=Decision.Kind.CORRECTION),
        pk=decision_id,
    )
    actions.withdraw(decision, by=viewer(request).person, now=timezone.now())
    messages.success(request, "The correction is withdrawn. The register's own value holds again.")
    return redirect("corrections")
