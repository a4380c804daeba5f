"""Addresses of the app, a module for each of its subjects."""

from __future__ import annotations

from backing.scope.urls import charter, matrix

urlpatterns = [
    *charter.urlpatterns,
    *matrix.urlpatterns,
]
