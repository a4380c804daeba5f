"""Addresses of owners: what they are sent, and the office's list of them."""

from __future__ import annotations

from django.urls import path

from backing.evidence.views import corrections, owners, row

urlpatterns = [
    path("row/<str:token>/", row.row, name="row"),
    path("row/<str:token>/confirmation/", row.create_confirmation, name="row-confirmation"),
    path("row/<str:token>/corrections/", row.create_corrections, name="row-corrections"),
    path("owners/", owners.owners, name="owners"),
    path("owners/assignment/", owners.create_assignment, name="owner-assignment"),
    path("owners/project/", owners.assign_one, name="owner-of-one"),
    path("owners/<int:person_id>/message/", owners.create_message, name="owner-message"),
    path("owners/<int:ownership_id>/alias/", owners.create_alias, name="owner-alias"),
    path("owners/<int:ownership_id>/withdrawal/", owners.create_withdrawal, name="row-withdrawal"),
    path("corrections/", corrections.corrections, name="corrections"),
    path(
        "corrections/<int:decision_id>/withdrawal/",
        corrections.create_withdrawal,
        name="correction-withdrawal",
    ),
]
