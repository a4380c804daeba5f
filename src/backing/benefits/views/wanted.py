"""What leaders want, and what improves for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backing.benefits.wanted import wanting
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_safe
@open_to(*OFFICE)
def wanted(request: HttpRequest) -> HttpResponse:
    """Those in focus; while nobody is, everyone on the list."""
    everyone = wanting(viewer(request))
    rows = [each for each in everyone if each.focus] or everyone
    context = {
        "rows": rows,
        "others": len(everyone) - len(rows),
        "silent": sum(not each.wants for each in rows),
        "unserved": sum(bool(each.wants) and not each.served for each in rows),
    }
    return render(request, "benefits/wanted.html", context)
