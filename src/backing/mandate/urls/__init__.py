"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.mandate.urls import papers
from backing.mandate.views import blocks, changes, decisions, expectations, origin

urlpatterns = [
    path("", origin.why, name="why"),
    path("origin/", origin.edit_origin, name="origin"),
    path("changes/", changes.grid, name="changes"),
    path("changes/new/", changes.create_change, name="create-change"),
    path("changes/<int:change_id>/", changes.change, name="change"),
    path("changes/<int:change_id>/opening/", changes.create_opening, name="change-opening"),
    path("changes/<int:change_id>/words/", changes.edit_change, name="edit-change"),
    path("changes/<int:change_id>/impact/", changes.create_impact, name="change-impact"),
    path("changes/<int:change_id>/agreement/", changes.create_agreement, name="change-agreement"),
    path(
        "impacts/<int:impact_id>/confirmation/",
        changes.create_confirmation,
        name="impact-confirmation",
    ),
    path(
        "corrections/<int:correction_id>/answer/",
        changes.create_correction_answer,
        name="correction-answer",
    ),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.create_decision, name="create-decision"),
    path("decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<int:decision_id>/words/", decisions.edit_decision, name="edit-decision"),
    path("decisions/<int:decision_id>/outcome/", decisions.outcome, name="decision-outcome"),
    path("expectations/", expectations.expectations, name="expectations-at-the-start"),
    path("expectations/new/", expectations.create_expected, name="create-expected"),
    path("expectations/<int:expected_id>/", expectations.edit_expected, name="edit-expected"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/plan/", blocks.create_plan, name="create-plan"),
    path("blocks/<int:plan_id>/done/", blocks.create_done, name="plan-done"),
    *papers.urlpatterns,
]
