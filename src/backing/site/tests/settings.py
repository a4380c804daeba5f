"""The settings, with one app more: a kind of long work that counts, for the tests of the machinery."""

from __future__ import annotations

from backing.site.settings import *  # noqa: F403  # a settings module is read name by name
from backing.site.settings import INSTALLED_APPS as OFFICE_APPS

INSTALLED_APPS = [*OFFICE_APPS, "backing.site.tests.counting"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # quick, and guards nothing here
