"""Addresses of the pairs that may be one project."""

from __future__ import annotations

from django.urls import path

from backing.evidence.views import likenesses

urlpatterns = [
    path("same-project/", likenesses.same_project, name="same-project"),
    path("same-project/answers/", likenesses.answers, name="same-project-answers"),
    path("same-project/answers/saved/", likenesses.create_answers, name="create-same-project"),
    path(
        "same-project/answers/<int:decision_id>/withdrawal/",
        likenesses.create_withdrawal,
        name="same-project-withdrawal",
    ),
]
