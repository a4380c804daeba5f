"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MandateConfig(AppConfig):
    name = "backing.mandate"
    label = "mandate"
    default_auto_field = "django.db.models.BigAutoField"
