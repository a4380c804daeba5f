"""Addresses of this week."""

from __future__ import annotations

from django.urls import path

from backing.rhythm.views import week

urlpatterns = [
    path("", week.week, name="week"),
    path("<str:key>/", week.thing, name="thing"),
    path("<str:key>/putting-off/", week.create_putting_off, name="put-off"),
]
