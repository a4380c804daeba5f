"""Addresses of the app, a module for each of its subjects."""

from __future__ import annotations

from backing.rhythm.urls import thresholds, week

urlpatterns = [*thresholds.urlpatterns, *week.urlpatterns]
