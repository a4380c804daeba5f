"""The rehearsal: what the office will be asked about its case, before it is asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backing.documents import rehearsal
from backing.documents.desk import desk
from backing.documents.models.codes import Code
from backing.documents.office_case import recorded
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@open_to(*OFFICE)
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Questions, who has heard of the decision, and what was said on each change."""
    account = viewer(request)
    at = desk(account, Code.CASE)
    figures = tuple(at.drafted.document.figures()) if at is not None else ()
    context = {
        "questions": rehearsal.questions(account, figures, recorded(account), timezone.localdate()),
        "waiting": rehearsal.waiting(account),
        "changes": rehearsal.on_changes(account),
    }
    return render(request, "documents/rehearsal.html", context)
