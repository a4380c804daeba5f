"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.pushback.views import (
    area_page,
    areas,
    escalations,
    managers,
    objections,
    own_page,
    said,
)

urlpatterns = [
    path("", objections.pushbacks, name="pushbacks"),
    path("new/", objections.create_pushback, name="create-pushback"),
    path("say/<str:token>/", said.say, name="say"),
    path("say/<str:token>/objection/", said.create_said, name="create-said"),
    path("said/<str:token>/", said.said, name="said"),
    path("said/<str:token>/view/", said.create_view, name="said-view"),
    path("links/", objections.links, name="pushback-links"),
    path("links/new/", objections.create_link, name="create-pushback-link"),
    path(
        "links/<int:link_id>/withdrawal/",
        objections.create_link_withdrawal,
        name="pushback-link-withdrawal",
    ),
    path("pages/", managers.pages, name="manager-pages"),
    path("pages/<int:person_id>/", managers.preview, name="manager-page-preview"),
    path("pages/<int:person_id>/letter/", managers.create_letter, name="manager-page-letter"),
    path(
        "pages/<int:person_id>/withdrawal/",
        managers.create_withdrawal,
        name="manager-page-withdrawal",
    ),
    path("mine/", own_page.own, name="my-page"),
    path("mine/word/", own_page.create_own_word, name="my-page-word"),
    path("mine/row/", own_page.create_own_row_link, name="my-page-row"),
    path("for/<str:token>/", own_page.by_link, name="manager-page"),
    path("for/<str:token>/word/", own_page.create_word_by_link, name="manager-page-word"),
    path("for/<str:token>/row/", own_page.create_row_link, name="manager-page-row"),
    path("areas/<int:impact_id>/", areas.preview, name="area-preview"),
    path("areas/<int:impact_id>/letter/", areas.create_letter, name="area-letter"),
    path("areas/<int:impact_id>/withdrawal/", areas.create_withdrawal, name="area-withdrawal"),
    path("my-areas/<int:impact_id>/", area_page.own, name="my-area"),
    path(
        "my-areas/<int:impact_id>/right/",
        area_page.create_own_confirmation,
        name="my-area-confirmation",
    ),
    path(
        "my-areas/<int:impact_id>/correction/",
        area_page.create_own_correction,
        name="my-area-correction",
    ),
    path(
        "my-areas/<int:impact_id>/objection/",
        area_page.create_own_objection,
        name="my-area-objection",
    ),
    path("area/<str:token>/", area_page.by_link, name="area"),
    path("area/<str:token>/right/", area_page.create_confirmation, name="area-confirmation"),
    path("area/<str:token>/correction/", area_page.create_correction, name="area-correction"),
    path("area/<str:token>/objection/", area_page.create_objection, name="area-objection"),
    path("<int:pushback_id>/", objections.pushback, name="pushback"),
    path("<int:pushback_id>/cause/", objections.create_cause, name="pushback-cause"),
    path("<int:pushback_id>/answer/", objections.create_answer, name="pushback-answer"),
    path("<int:pushback_id>/link/", objections.create_follow_link, name="pushback-follow-link"),
    path("<int:pushback_id>/escalation/", escalations.create_escalation, name="create-escalation"),
    path(
        "blocks/<int:plan_id>/escalation/",
        escalations.create_block_escalation,
        name="create-block-escalation",
    ),
    path("escalations/<int:escalation_id>/", escalations.escalation, name="escalation"),
    path(
        "escalations/<int:escalation_id>/outcome/",
        escalations.create_outcome,
        name="escalation-outcome",
    ),
    path("escalations/<int:escalation_id>/note/", escalations.create_note, name="escalation-note"),
]
