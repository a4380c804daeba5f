"""Printing the certificate of a hand-over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents.printing import print_out
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.scope.papers.hand_over import certificate
from backing.scope.public import hand_overs


@require_POST
@open_to(*OFFICE)
def create_certificate(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """D14, as it stands today."""
    account, now = viewer(request), timezone.now()
    found = {each.pk: each for each in hand_overs(account, today=timezone.localdate(now))}
    if hand_over_id not in found:
        raise Http404
    return print_out(certificate(found[hand_over_id], now=now), "pdf", by=account, now=now)
