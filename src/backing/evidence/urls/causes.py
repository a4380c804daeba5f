"""Addresses of the coding of causes."""

from __future__ import annotations

from django.urls import path

from backing.evidence.views import causes

urlpatterns = [
    path("coding/", causes.coding, name="coding"),
    path("coding/saved/", causes.create_coding, name="create-coding"),
    path("coding/settlement/", causes.create_settlement, name="create-settlement"),
    path("coding/agreement/", causes.create_agreement, name="create-agreement"),
    path("coding/own-cause/", causes.create_own_cause, name="create-own-cause"),
    path("coding/comparison/", causes.comparison, name="coding-comparison"),
]
