"""Erasing, as long work: first everywhere, then out of the free pages."""

from __future__ import annotations

from datetime import UTC, datetime

from backing.people import erasing
from backing.people.key import NoKey
from backing.people.models import Erasure
from backing.site.settings import WORKSPACE
from backing.site.steps import Pulse, WorkError, register


def forget(work: Erasure, pulse: Pulse) -> None:
    """Take them out of every table and file."""
    pulse(0, 2)
    if work.person.erased_at is not None:
        return
    try:
        found = erasing.forget(
            work.person, on=datetime.now(UTC), erasure_list=WORKSPACE.erasure_list
        )
    except NoKey as error:
        raise WorkError("no_key") from error
    Erasure.objects.filter(pk=work.pk).update(found=dict(found))
    pulse(1, 2)


def clean(work: Erasure, pulse: Pulse) -> None:
    """Leave nothing in what the database has freed."""
    del work
    erasing.clean_free_pages()
    pulse(2, 2)


register(Erasure, forget, clean)
