"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RhythmConfig(AppConfig):
    name = "backing.rhythm"
    label = "rhythm"
    default_auto_field = "django.db.models.BigAutoField"
