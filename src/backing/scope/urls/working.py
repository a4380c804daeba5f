"""Addresses of who does what: parts, hand-overs, overlaps, and what is asked of others."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import asks, handovers, overlaps, parts, word

_PAIR = "overlaps/<int:one_id>/<int:other_id>/<int:unit_id>/"

urlpatterns = [
    path("who-does-what/", parts.who_does_what, name="who-does-what"),
    path("who-does-what/new/", parts.create_part, name="create-part"),
    path("who-does-what/<int:part_id>/end/", parts.create_part_end, name="part-end"),
    path("hand-overs/", handovers.list_page, name="hand-overs"),
    path("hand-overs/new/", handovers.create_hand_over, name="create-hand-over"),
    path("hand-overs/<int:hand_over_id>/", handovers.hand_over, name="hand-over"),
    path("hand-overs/<int:hand_over_id>/days/", handovers.create_dates, name="hand-over-days"),
    path("hand-overs/<int:hand_over_id>/ticks/", handovers.create_ticks, name="hand-over-ticks"),
    path("hand-overs/<int:hand_over_id>/line/", handovers.create_item, name="hand-over-line"),
    path(
        "hand-overs/<int:hand_over_id>/calling-off/",
        handovers.create_calling_off,
        name="hand-over-calling-off",
    ),
    path(
        "hand-overs/<int:hand_over_id>/message/<slug:side>/",
        handovers.create_message,
        name="hand-over-message",
    ),
    path(
        "hand-overs/<int:hand_over_id>/message/<slug:side>/closing/",
        handovers.create_link_closing,
        name="hand-over-link-closing",
    ),
    path("hand-overs/word/<str:token>/", word.word, name="hand-over-word"),
    path("hand-overs/word/<str:token>/answer/", word.create_answer, name="hand-over-answer"),
    path("asks/", asks.ledger, name="asks-of-others"),
    path("asks/new/", asks.create_request, name="create-data-request"),
    path("asks/<int:data_request_id>/", asks.edit_request, name="edit-data-request"),
    path(
        "asks/<int:data_request_id>/retirement/",
        asks.create_retirement,
        name="data-request-retirement",
    ),
    path("asks/<int:data_request_id>/use/", asks.create_use, name="data-request-use"),
    path("overlaps/", overlaps.overlaps, name="overlaps"),
    path("overlaps/mark/", overlaps.mark, name="mark-overlap"),
    path(_PAIR, overlaps.talk, name="overlap-talk"),
    path(f"{_PAIR}difference/", overlaps.create_difference, name="overlap-difference"),
]
