"""Addresses of the app, a module for each of its subjects."""

from __future__ import annotations

from backing.evidence.urls import causes, findings, imports, likenesses, owners

urlpatterns = [
    *imports.urlpatterns,
    *owners.urlpatterns,
    *causes.urlpatterns,
    *findings.urlpatterns,
    *likenesses.urlpatterns,
]
