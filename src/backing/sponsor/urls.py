"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.sponsor.views import sponsors, updates, wins

urlpatterns = [
    path("", sponsors.sponsor, name="sponsor"),
    path("assignment/", sponsors.create_assignment, name="create-sponsor"),
    path("candidates/", sponsors.candidates, name="sponsor-candidates"),
    path("candidates/new/", sponsors.create_candidate, name="create-sponsor-candidate"),
    path("requests/new/", sponsors.create_request, name="create-sponsor-request"),
    path("requests/<int:request_id>/paper/", sponsors.print_request, name="sponsor-request"),
    path(
        "assignments/<int:assignment_id>/agreement/",
        sponsors.create_agreement,
        name="create-sponsor-agreement",
    ),
    path("overrides/new/", sponsors.create_override, name="create-override"),
    path(
        "assignments/<int:assignment_id>/update/",
        updates.create_update,
        name="create-sponsor-update",
    ),
    path("updates/<int:update_id>/", updates.update, name="sponsor-update"),
    path("updates/<int:update_id>/link/", updates.create_link, name="sponsor-update-link"),
    path(
        "updates/<int:update_id>/withdrawal/",
        updates.create_withdrawal,
        name="sponsor-update-withdrawal",
    ),
    path("for/<str:token>/", updates.for_sponsor, name="for-sponsor"),
    path("for/<str:token>/answers/", updates.create_answers, name="for-sponsor-answers"),
    path("for/<str:token>/passed-on/", updates.create_passed_on, name="for-sponsor-passed-on"),
    path("wins/", wins.wins, name="wins"),
    path("wins/new/", wins.create_win, name="create-win"),
    path("wins/from-record/", wins.create_from_record, name="win-from-record"),
    path("wins/<int:win_id>/", wins.win, name="win"),
    path("wins/<int:win_id>/words/", wins.edit_win, name="edit-win"),
    path("wins/<int:win_id>/confirmation/", wins.create_confirmation, name="win-confirmation"),
    path("wins/<int:win_id>/share/", wins.create_share, name="win-share"),
    path("wins/<int:win_id>/pack/<slug:kind>/", wins.create_pack, name="win-pack"),
]
