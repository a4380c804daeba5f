"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "backing.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
