"""What tests of importing share: files dropped into a real office whose worker runs."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from backing.conftest import Office, wait_until

HEADER = (
    "Project ID,Project name,Department,Project manager,Status,Planned finish,Actual finish,"
    "Approved budget (GBP),Actual cost (GBP),Main cause"
)
BUSY = 180.0  # seconds; other work may run on the machine
UNITS = ("Retail", "Estates", "Group IT")


def register(folder: Path, name: str, rows: int, *, first: int = 1, late: int = 10) -> Path:
    """A register of finished projects; each cost a tenth more than planned, and is `late` days late."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [HEADER]
    for number in range(first, first + rows):
        day = 1 + number % 18
        lines.append(
            f"P{number:05},Project {number},{UNITS[number % 3]},Ana Lima,Completed,2024-03-{day:02},"
            f"2024-03-{min(28, day + late):02},{number * 1000},{number * 1100},"
        )
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def drop(office: Office, *files: Path, tell: bool = True) -> int:
    """Drop files as a page would; gives the number of the reading."""
    answer: int = office.python(
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from backing.evidence import actions\n"
        "from backing.people.models import Account\n"
        "from backing.people.actions import first_link\n"
        "from django.core.files.uploadedfile import SimpleUploadedFile\n"
        "now = datetime.now(UTC)\n"
        "Account.objects.exists() or first_link(now=now)\n"
        f"{'' if tell else 'actions.jobs.start = lambda work: None'}\n"
        f"paths = [Path(each) for each in {[str(file) for file in files]!r}]\n"
        "files = [SimpleUploadedFile(p.name, p.read_bytes()) for p in paths]\n"
        "answer = actions.drop(files, by=Account.objects.get(), now=now).pk"
    )
    return answer


def act(office: Office, code: str) -> Any:
    """Run an action inside the office, with `actions`, `by`, `now` and the models at hand."""
    return office.python(
        "from datetime import UTC, date, datetime\n"
        "from backing.evidence import actions\n"
        "from backing.evidence.models import *\n"
        "from backing.people.models import Account\n"
        "by, now = Account.objects.get(), datetime.now(UTC)\n"
        f"answer = None\n{code}"
    )


def take_in(office: Office, reading: int) -> int:
    """Take a reading in; gives the number of the import."""
    answer: int = act(
        office,
        f"answer = actions.take_in(Reading.objects.get(pk={reading}), by=by, now=now).pk",
    )
    return answer


def state(office: Office, kind: str, pk: int) -> str:
    """How a piece of work stands; kind: reading, import or renewal."""
    ((found,),) = office.rows(f"SELECT state FROM evidence_{kind} WHERE id = ?", pk)
    return str(found)


def is_done(office: Office, kind: str, pk: int) -> bool:
    found = state(office, kind, pk)
    assert found not in {"failed", "stopped"}, office.rows(
        f"SELECT state, error FROM evidence_{kind} WHERE id = ?", pk
    )
    return found == "done"


def finish(office: Office, kind: str, *numbers: int) -> None:
    """Wait until these pieces of work are done."""
    for number in numbers:
        wait_until(functools.partial(is_done, office, kind, number), patience=BUSY)


def imported(office: Office, *files: Path) -> int:
    """Drop files and take them in; waits for it to be over."""
    reading = drop(office, *files)
    finish(office, "reading", reading)
    number = take_in(office, reading)
    finish(office, "import", number)
    return number


def renewed(office: Office) -> None:
    """Wait until nothing is left to renew."""
    left = "SELECT 1 FROM evidence_renewal WHERE state IN ('waiting', 'running')"
    wait_until(lambda: not office.rows(left), patience=BUSY)
    assert not office.rows("SELECT 1 FROM evidence_renewal WHERE state != 'done'")


def current(office: Office) -> tuple[str, int, bool]:
    """Name of the current edition, its projects, and whether its rows are listed."""
    query = "SELECT name, projects, has_rows FROM evidence_edition WHERE is_current"
    ((name, projects, has_rows),) = office.rows(query)
    return name, projects, bool(has_rows)


def mirrored(office: Office) -> list[str]:
    """The keys of the projects that pages show."""
    return [key for (key,) in office.rows("SELECT key FROM evidence_mirroredproject ORDER BY key")]
