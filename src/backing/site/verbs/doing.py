"""Long work that a verb asks for: done by the worker of a running `backing serve`, else here, by the same steps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from backing.site.refusal import Refused
from backing.site.workspace import Workspace

if TYPE_CHECKING:
    from backing.site.work import LongWork

LOOK_SECONDS = 0.2


def do(workspace: Workspace, work: LongWork) -> bool:
    """Have a piece of work done; returns whether it was, once it has ended."""
    try:
        with workspace.held("worker"):
            _do_here(work)
    except Refused:
        while work.is_unfinished:
            time.sleep(LOOK_SECONDS)
            work.refresh_from_db()
    work.refresh_from_db()
    return work.state == work.State.DONE


def do_what_waits(workspace: Workspace) -> list[str]:
    """Do all that waits, one after the other; gives in words what did not come to its end."""
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("work")
    failed: list[str] = []
    while waiting := _waiting():
        failed += [
            f"{work.job_name}: {work.error or work.state}"
            for work in waiting
            if not do(workspace, work)
        ]
    return failed


def _waiting() -> list[LongWork]:
    from backing.site import steps
    from backing.site.work import UNFINISHED, attempts_at

    return [
        work
        for job in steps.jobs.values()
        for work in attempts_at(job.model).filter(state__in=UNFINISHED).order_by("pk")
    ]


def _do_here(work: LongWork) -> None:
    from django.utils.module_loading import autodiscover_modules

    from backing.site import steps

    autodiscover_modules("work")
    place = (work.kind, work.pk, work.attempt)
    answer = steps.begin(*place)
    for step in steps.jobs[work.kind].steps:
        if answer == steps.ON:
            answer = steps.take(step, *place)
    steps.end(*place, answer)
    work.refresh_from_db()
