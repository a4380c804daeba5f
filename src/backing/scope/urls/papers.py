"""Addresses of what is printed of the scope."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import papers

urlpatterns = [
    path(
        "hand-overs/<int:hand_over_id>/certificate/",
        papers.create_certificate,
        name="print-certificate",
    ),
]
