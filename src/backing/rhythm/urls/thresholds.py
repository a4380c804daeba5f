"""Addresses of the numbers that rules rest on."""

from __future__ import annotations

from django.urls import path

from backing.rhythm.views import thresholds

urlpatterns = [
    path("thresholds/", thresholds.thresholds, name="thresholds"),
    path("thresholds/<path:key>/", thresholds.threshold, name="threshold"),
]
