"""Addresses of bringing in a neighbour's activities."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import lists

urlpatterns = [
    path("lists/", lists.activity_lists, name="activity-lists"),
    path("lists/<int:list_id>/", lists.activity_list, name="activity-list"),
    path("lists/<int:list_id>/taking/", lists.create_taking, name="activity-list-taking"),
    path("lists/<int:list_id>/undoing/", lists.create_undoing, name="activity-list-undoing"),
]
