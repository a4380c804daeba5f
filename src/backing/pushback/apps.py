"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PushbackConfig(AppConfig):
    name = "backing.pushback"
    label = "pushback"
    default_auto_field = "django.db.models.BigAutoField"
