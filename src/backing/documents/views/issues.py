"""Issues: how one comes about, its files, and what changed since."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from backing.documents import files
from backing.documents.desk import changed, composed_codes, desk
from backing.documents.models import Issue, IssuedFile
from backing.documents.traced import traced
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.site.work import State
from boardpaper.composed import document_from

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WHY_NOT = {
    "disk_full": "The disk is full. Make room, then issue it again.",
    "no_memory": "The machine ran out of memory. Close other programs, then issue it again.",
    "template": "The template cannot be opened any more. Choose another in the studio.",
    "gave_up": "It was tried three times and never came to its end. Please report it.",
}


@open_to_all_accounts
@require_GET
def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    """One issue: under way, done with its files, or why it did not come about."""
    account = viewer(request)
    found = get_object_or_404(
        Issue.objects.visible_to(account).select_related("issued_by__person"), pk=issue_id
    )
    if found.state != State.DONE and not account.is_office:
        raise Http404
    context = {"issue": found, "why": WHY_NOT.get(found.error, "Please report it.")}
    if request.htmx:  # type: ignore[attr-defined]  # its middleware adds it
        if not found.is_unfinished:
            return HttpResponseClientRefresh()
        return render(request, "documents/_progress.html", context)
    if found.state == State.DONE:
        context["files"] = found.files.all()
        if account.is_office:
            context["figures"] = traced(document_from(found.composition.encode()), account)
        if account.is_office and found.code in composed_codes():
            context["since"] = changed(found, desk(account, found.code))
    return render(request, "documents/issue.html", context)


@require_POST
@open_to(*OFFICE)
def create_stop(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Ask for an issue that is being written to stop; nothing of it stays."""
    found = get_object_or_404(Issue.objects.editable_by(viewer(request)), pk=issue_id)
    found.stop(now=timezone.now())
    return redirect("issue", found.pk)


@open_to_all_accounts
@require_GET
def file(request: HttpRequest, issue_id: int, kind: str) -> HttpResponse:
    """A file as it was issued, to be saved; never shown by the browser itself."""
    found = get_object_or_404(
        IssuedFile.objects.visible_to(viewer(request)),
        issue=issue_id,
        issue__state=State.DONE,
        kind=kind,
    )
    try:
        content = files.kept(found.stored_as, found.digest)
    except files.Lost:
        return render(request, "documents/lost.html", {"file": found}, status=410)
    response = HttpResponse(content, content_type=TYPES[found.kind])
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
