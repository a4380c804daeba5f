"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WorthConfig(AppConfig):
    name = "backing.worth"
    label = "worth"
    default_auto_field = "django.db.models.BigAutoField"
