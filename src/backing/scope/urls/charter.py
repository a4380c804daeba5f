"""Addresses of the charter, and of what a leader is sent."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import charter, charter_answer

urlpatterns = [
    path("charter/", charter.charter, name="charter"),
    path("charter/version/", charter.create_version, name="create-charter-version"),
    path("charter/words/", charter.words, name="charter-words"),
    path("charter/proposal/", charter.create_proposal, name="create-charter-proposal"),
    path("charter/basis/", charter.create_basis, name="create-charter-basis"),
    path("charter/page/", charter.create_page, name="print-charter-page"),
    path("charter/ask/<int:person_id>/", charter.create_ask, name="ask-of-charter"),
    path(
        "charter/ask/<int:person_id>/closing/",
        charter.create_link_closing,
        name="charter-link-closing",
    ),
    path("charter/answer/<str:token>/", charter_answer.answer, name="charter-answer"),
    path(
        "charter/answer/<str:token>/word/",
        charter_answer.create_answer,
        name="create-charter-answer",
    ),
]
