"""What starts without the web: the case needs no Django (design.md 5), and so starts quickly."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "imported",
    [
        "backing.site.command",
        "backing.site.verbs.case",
        "backing.site.verbs.figures",
        "trackrecord",
    ],
)
def test_the_case_is_made_without_django_or_the_job_store(imported: str) -> None:
    code = f"import sys, {imported}; print(sorted({{'django', 'dbos', 'sqlalchemy'}} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
