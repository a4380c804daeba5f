"""The organisation's own PowerPoint and Word files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents import actions
from backing.documents.forms import TemplateForm
from backing.documents.models import Template
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@open_to(*OFFICE)
def templates(request: HttpRequest) -> HttpResponse:
    """Those in use, and another."""
    account = viewer(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_template(
            kind=form.kind,
            name=form.cleaned_data["file"].name,
            content=form.content,
            lacking=form.tried.lacking,
            by=account,
            now=timezone.now(),
        )
        messages.success(request, f"{added} can serve. Choose it in the studio.")
        return redirect("document-templates")
    found = Template.objects.visible_to(account).in_use().select_related("by__person")
    status = 422 if form.errors else 200
    context = {"form": form, "templates": found}
    return render(request, "documents/templates.html", context, status=status)


@require_POST
@open_to(*OFFICE)
def create_retirement(request: HttpRequest, template_id: int) -> HttpResponse:
    """Take one out of use."""
    found = get_object_or_404(
        Template.objects.editable_by(viewer(request)).in_use(), pk=template_id
    )
    actions.retire_template(found, now=timezone.now())
    messages.success(request, f"{found} is no longer offered.")
    return redirect("document-templates")
