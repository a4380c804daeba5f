"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "backing.scope"
    label = "scope"
    default_auto_field = "django.db.models.BigAutoField"
