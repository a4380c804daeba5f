"""What the verbs that open a workspace have in common: Django set up, the workspace held and ready."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from backing.site.workspace import Workspace


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backing.site.settings")
    import django

    django.setup()


@contextlib.contextmanager
def held_workspace() -> Iterator[Workspace]:
    """The workspace of this environment, made where there is none and held while the verb runs."""
    workspace = Workspace.here()
    workspace.make()
    with workspace.held():
        set_up_django()
        yield workspace
