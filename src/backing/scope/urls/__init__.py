"""Addresses of the app, a module for each of its subjects."""

from __future__ import annotations

from backing.scope.urls import activities, charter, lists, matrix, papers, working

urlpatterns = [
    *activities.urlpatterns,
    *working.urlpatterns,
    *lists.urlpatterns,
    *charter.urlpatterns,
    *matrix.urlpatterns,
    *papers.urlpatterns,
]
