"""Addresses of what is printed about and for a leader."""

from __future__ import annotations

from django.urls import path

from backing.leaders.views import papers

urlpatterns = [
    path("welcome/<int:person_id>/", papers.welcome, name="welcome"),
    path("welcome/<int:person_id>/printing/", papers.create_welcome, name="print-welcome"),
    path("<int:leader_id>/brief/", papers.brief, name="leader-brief"),
    path("<int:leader_id>/brief/printing/", papers.create_brief, name="print-brief"),
    path(
        "<int:leader_id>/brief/printing-to-share/",
        papers.create_share_safe_brief,
        name="print-brief-to-share",
    ),
    path(
        "<int:leader_id>/new-leader-pack/",
        papers.create_new_leader_pack,
        name="print-new-leader-pack",
    ),
]
