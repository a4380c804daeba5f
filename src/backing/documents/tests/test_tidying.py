"""Files that nobody claims are swept after a day; what a row names stays (design.md 7)."""

from __future__ import annotations

import os
from datetime import timedelta

from backing.documents import actions, files, tidying
from backing.documents.tests.conftest import MAY
from backing.people.models import Account
from backing.site.workspace import Workspace

LONG_AGO = MAY - timedelta(days=2)


def test_only_what_nobody_claims_is_swept_and_only_after_a_day(
    ana: Account, workspace: Workspace
) -> None:
    claimed = actions.add_template(
        kind="pptx", name="house.pptx", content=b"house", lacking=[], by=ana, now=LONG_AGO
    )
    left = files.keep(f"{files.ISSUES}/7", b"written, and then the worker was killed", "pdf")
    fresh = files.keep(f"{files.ISSUES}/8", b"being written", "pdf")
    for stored_as in (claimed.stored_as, left.stored_as):
        os.utime(files.path_of(stored_as), times=(LONG_AGO.timestamp(), LONG_AGO.timestamp()))

    tidying.tidy(now=MAY)

    kept = {path for path in workspace.documents.rglob("*") if path.is_file()}
    assert kept == {files.path_of(claimed.stored_as), files.path_of(fresh.stored_as)}
    assert not files.path_of(f"{files.ISSUES}/7").exists()
