"""An import survives what befalls its worker, and a workspace its import (issue 3, design.md 7)."""

from __future__ import annotations

import random
import time
from pathlib import Path

from backing.conftest import Office, wait_until
from backing.evidence.tests.importing import (
    act,
    current,
    drop,
    finish,
    mirrored,
    register,
    state,
    take_in,
)


def test_kill_9_of_the_worker_at_random_moments_loses_and_doubles_nothing(
    office: Office, tmp_path: Path
) -> None:
    draw = random.Random(11)
    reading = drop(office, register(tmp_path, "register-2024.csv", 2000))
    _kill_once(office, draw)
    office.worker()
    finish(office, "reading", reading)
    number = take_in(office, reading)
    for process in office.processes:
        process.kill()
    _kill_once(office, draw)
    office.worker()
    finish(office, "import", number)

    assert current(office)[1:] == (2000, True)
    assert len(mirrored(office)) == 2000
    assert office.rows("SELECT rows_in, rows_taken FROM evidence_edition") == [(2000, 2000)]
    assert office.rows("SELECT attempt, done = total FROM evidence_import") == [(1, 1)]


def _kill_once(office: Office, draw: random.Random) -> None:
    worker = office.worker()
    time.sleep(draw.uniform(1.0, 5.0))
    worker.kill()
    worker.wait()


def test_the_job_store_deleted_in_mid_import_loses_nothing(office: Office, tmp_path: Path) -> None:
    worker = office.worker()
    reading = drop(office, register(tmp_path, "register-2024.csv", 1500))
    finish(office, "reading", reading)
    number = take_in(office, reading)
    wait_until(lambda: state(office, "import", number) != "waiting")
    worker.kill()
    worker.wait()
    for file in office.home.glob("jobs.sqlite3*"):
        file.unlink()

    office.worker()
    finish(office, "import", number)

    assert current(office)[1:] == (1500, True)


def test_rows_that_a_full_disk_kept_from_being_listed_are_listed_later(
    office: Office, tmp_path: Path
) -> None:
    worker = office.worker()
    reading = drop(office, register(tmp_path, "register-2024.csv", 50))
    finish(office, "reading", reading)
    finish(office, "import", take_in(office, reading))
    worker.kill()
    worker.wait()
    name, _, _ = current(office)
    act(office, "Edition.objects.update(has_rows=False)")

    office.worker()
    wait_until(lambda: current(office) == (name, 50, True))

    assert office.rows("SELECT count(*) FROM evidence_renewal") == [(1,)]


def test_an_import_that_is_stopped_leaves_the_evidence_as_it_was(
    office: Office, tmp_path: Path
) -> None:
    reading = drop(office, register(tmp_path, "register-2024.csv", 10), tell=False)
    act(office, f"Reading.objects.get(pk={reading}).stop(now=now)")

    assert state(office, "reading", reading) == "stopped"
    assert office.rows("SELECT count(*) FROM evidence_edition") == [(0,)]


def test_the_verb_imports_without_a_server_and_a_dry_run_keeps_nothing(
    office: Office, tmp_path: Path
) -> None:
    file = register(tmp_path, "register-2024.csv", 12)

    looked = office.run("import", str(file), "--dry-run")
    assert (looked.returncode, office.rows("SELECT count(*) FROM evidence_reading")) == (0, [(0,)])
    assert "12 rows in, 12 taken" in looked.stdout

    done = office.run("import", str(file))

    assert done.returncode == 0, done.stderr
    assert "12 projects in 12 rows" in done.stdout
    assert current(office)[1:] == (12, True)
