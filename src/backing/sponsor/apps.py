"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SponsorConfig(AppConfig):
    name = "backing.sponsor"
    label = "sponsor"
    default_auto_field = "django.db.models.BigAutoField"
