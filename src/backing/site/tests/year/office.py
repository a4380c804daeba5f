"""The office whose year it is: made on its first day, its long work done by the worker's own steps."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.module_loading import autodiscover_modules

from backing.people import key
from backing.site import sample, steps, upgrade
from backing.site.verbs import doing
from backing.site.workspace import Workspace


def make() -> None:
    """The invented company with its two years behind it, as `backing serve --demo` makes it."""
    workspace = Workspace.here()
    upgrade.open_workspace(workspace)
    now = datetime.now(UTC)
    sample.fill_company(now=now)
    if not workspace.key_file.exists():
        key.make(workspace.key_file)
    do_what_waits()
    sample.fill_office(now=now)
    do_what_waits()


def do_what_waits() -> list[str]:
    """Ask for what is due and do all that waits, as the worker does; gives what did not come to its end."""
    autodiscover_modules("work")
    steps.ask_for_what_is_due(datetime.now(UTC))
    return doing.do_what_waits(Workspace.here())
