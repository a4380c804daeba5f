"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.benefits.views import goal_lists, goals, lines, papers, sight, steps, wanted

urlpatterns = [
    path("", sight.sight, name="benefits"),
    path("goals/", goals.goals, name="goals"),
    path("goals/proposed/", goals.propose_goals, name="propose-goals"),
    path("goals/new/", goals.create_goals, name="create-goals"),
    path("goals/<int:goal_id>/", goals.goal, name="goal"),
    path("goals/<int:goal_id>/removal/", goals.create_goal_removal, name="goal-removal"),
    path("goal-lists/", goal_lists.goal_lists, name="goal-lists"),
    path("goal-lists/<int:goal_list_id>/", goal_lists.goal_list, name="goal-list"),
    path(
        "goal-lists/<int:goal_list_id>/taking/", goal_lists.create_taking, name="goal-list-taking"
    ),
    path(
        "goal-lists/<int:goal_list_id>/undoing/",
        goal_lists.create_undoing,
        name="goal-list-undoing",
    ),
    path("line/", lines.line, name="line"),
    path("links/<int:contribution_id>/", lines.contribution, name="contribution"),
    path(
        "links/<int:contribution_id>/removal/",
        lines.create_contribution_removal,
        name="contribution-removal",
    ),
    path("wanted/", wanted.wanted, name="wanted"),
    path("profiles/", steps.benefits, name="benefit-profiles"),
    path("profiles/new/", steps.create_benefit, name="create-benefit"),
    path("profiles/<int:benefit_id>/", steps.benefit, name="benefit"),
    path("steps/<slug:layer>/<int:step_id>/", steps.step, name="step"),
    path(
        "steps/<slug:layer>/<int:step_id>/removal/", steps.create_step_removal, name="step-removal"
    ),
    path("line-of-sight/", papers.create_line_of_sight, name="line-of-sight"),
    path("why-you/<int:leader_id>/", papers.create_why_you, name="print-why-you"),
]
