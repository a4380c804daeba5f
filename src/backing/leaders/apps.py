"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "backing.leaders"
    label = "leaders"
    default_auto_field = "django.db.models.BigAutoField"
