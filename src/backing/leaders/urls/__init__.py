"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.leaders.urls import papers
from backing.leaders.views import candidates, contact, leader, listing, opinions, pictures

urlpatterns = [
    path("", listing.leaders, name="leaders"),
    path("names/", listing.create_leaders, name="create-leaders"),
    path("picture/", pictures.picture, name="leaders-picture"),
    path("listening/", pictures.listening, name="leaders-listening"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/proposals/", candidates.create_proposals, name="create-candidates"),
    path(
        "candidates/<int:candidate_id>/listing/",
        candidates.create_listing,
        name="candidate-listing",
    ),
    path(
        "candidates/<int:candidate_id>/merging/",
        candidates.create_merging,
        name="candidate-merging",
    ),
    path(
        "candidates/<int:candidate_id>/dismissal/",
        candidates.create_dismissal,
        name="candidate-dismissal",
    ),
    path("contact/", contact.contact, name="contact"),
    path("promises/<int:promise_id>/outcome/", contact.promise_outcome, name="promise-outcome"),
    path("asks/<int:ask_id>/sending/", contact.create_sending, name="ask-sending"),
    path("asks/<int:ask_id>/answer/", contact.create_answer, name="ask-answer"),
    path("<int:leader_id>/", leader.leader, name="leader"),
    path("<int:leader_id>/opening/", leader.create_opening, name="leader-opening"),
    path("<int:leader_id>/contact/", contact.create_contact, name="create-contact"),
    path("<int:leader_id>/focus/", listing.create_focus, name="leader-focus"),
    path("<int:leader_id>/unfocus/", listing.create_unfocus, name="leader-unfocus"),
    path("<int:leader_id>/owner/", listing.looking_after, name="leader-owner"),
    path("<int:leader_id>/leaving/", listing.create_leaving, name="leader-leaving"),
    path("<int:leader_id>/stance/", opinions.stance, name="leader-stance"),
    path("<int:leader_id>/assessment/", opinions.assessment, name="leader-assessment"),
    path("<int:leader_id>/position/", opinions.position, name="leader-position"),
    path("<int:leader_id>/listening/", opinions.listening, name="leader-listening"),
    path("<int:leader_id>/interest/", opinions.create_interest, name="leader-interest"),
    path("<int:leader_id>/expectation/", opinions.create_expectation, name="leader-expectation"),
    path("<int:leader_id>/promise/", contact.create_promise, name="leader-promise"),
    path("<int:leader_id>/act/", contact.create_act, name="leader-act"),
    path("<int:leader_id>/ask/", contact.create_ask, name="leader-ask"),
    *papers.urlpatterns,
]
