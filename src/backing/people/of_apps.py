"""What each app says of its own in a module that is found by its name: `advice`, `done`, `happened`, `papers`,
`privacy`, `sheets`.  So a new app is heard without anybody else being changed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@cache
def of_apps(name: str) -> tuple[ModuleType, ...]:
    """The module of this name of every app of the office that has one, in the order of the apps."""
    ours = (app.name for app in apps.get_app_configs() if app.name.startswith("backing."))
    named = (f"{app}.{name}" for app in ours)
    return tuple(import_module(each) for each in named if find_spec(each) is not None)
