"""A leader logs in and greps everything (requirements.md 3.11, design.md 8)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backing.conftest import Office, opened
from backing.evidence.tests.importing import drop, finish, register, take_in
from backing.site.tests.opened import files_with, held
from backing.site.tests.postgresql import running


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def emptied(
    request: pytest.FixtureRequest, made_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office with nothing in it, on each database."""
    folder = tmp_path_factory.mktemp("grepped")
    if request.param == "sqlite":
        yield from opened(made_once, folder)
        return
    with running() as server:
        office = Office(folder, database_url=server.get_uri()).make()
        yield office
        office.close()


@pytest.fixture(scope="module")
def gone_through(emptied: Office) -> dict[str, Any]:
    """An office with evidence, an issued case and a job store; what everyone could read of what was planted."""
    worker = emptied.worker()
    reading = drop(emptied, register(emptied.folder / "registers", "register-2024.csv", 40))
    finish(emptied, "reading", reading)
    finish(emptied, "import", take_in(emptied, reading))
    worker.terminate()
    worker.wait()
    issued = emptied.run("document", "D1", "--to", str(emptied.folder / "out"))
    assert issued.returncode == 0, issued.stderr
    return _go_through(emptied)


def _write_out(office: Office) -> None:
    """Every table of the server, beside the office's own files: the server's own are packed its own way."""
    (office.folder / "tables").mkdir()
    for (table,) in office.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        cells = (cell for row in office.rows(f'SELECT * FROM "{table}"') for cell in row)
        written = (cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
        (office.folder / "tables" / table).write_bytes(b"\n".join(written))


def _go_through(office: Office) -> dict[str, Any]:
    lines = (
        "import django; django.setup(); from backing.site.tests import grepping; grepping.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", lines],
        env=office.environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert "ANSWER" in done.stdout, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.rpartition("ANSWER ")[2])
    return found | {"log": done.stderr, "office": office}


@pytest.mark.long
def test_every_address_has_a_rule_by_which_it_is_tried(gone_through: dict[str, Any]) -> None:
    from backing.site.tests import grepping

    assert grepping.without_a_rule() == []


def test_a_leader_greps_everything_and_finds_nothing_that_was_said_to_others(
    gone_through: dict[str, Any],
) -> None:
    from backing.site.tests.grepping import OPENS, READERS

    hits = gone_through["hits"]
    astray = [
        f"{hit['viewer']} read {hit['word']} at {hit['method']} {hit['address']}"
        for hit in hits
        if hit["viewer"] not in READERS[hit["word"]] or hit["address"] not in OPENS
    ]

    assert gone_through["missing"] == []
    assert gone_through["faults"] == []
    assert sorted(set(astray)) == []


def test_s09_b_with_costs_and_no_validated_saving_nobody_reads_a_return_at_any_address(
    gone_through: dict[str, Any],
) -> None:
    """RULE-15: every page, export and file, opened, with each thing that its address may name.

    That a return which is earned is found so is tried in worth's own tests.
    """
    assert gone_through["returns"] == []


def test_what_is_about_a_person_opens_by_a_click_and_no_cache_keeps_it(
    gone_through: dict[str, Any],
) -> None:
    from backing.site.tests.grepping import BY_A_LINK

    hits = gone_through["hits"]

    assert {hit["address"] for hit in hits if hit["method"] != "POST"} <= BY_A_LINK
    assert [hit["address"] for hit in hits if hit["is_stored"]] == []


def test_whoever_may_read_it_does_so_that_the_search_is_known_to_find(
    gone_through: dict[str, Any],
) -> None:
    from backing.site.tests.grepping import HEADS, MEMBERS

    opened_by = {
        (hit["viewer"], hit["word"])
        for hit in gone_through["hits"]
        if hit["address"] == "leader-opening"
    }
    packs = {hit["viewer"] for hit in gone_through["hits"] if hit["address"] == "person-pack"}

    assert opened_by == {("pmo_head", HEADS), ("pmo_head", MEMBERS), ("pmo_member", MEMBERS)}
    assert packs == {"pmo_head"}


def test_database_record_job_store_sessions_and_logs_hold_none_of_it(
    gone_through: dict[str, Any],
) -> None:
    from backing.site.tests.grepping import READERS

    office: Office = gone_through["office"]
    if "DATABASE_URL" in office.environment:
        _write_out(office)

    assert (office.home / "jobs.sqlite3").exists()
    assert files_with(office.folder, *READERS) == []
    assert held(gone_through["log"].encode(), READERS) == set()


def test_a_fault_in_the_middle_of_it_says_nothing(gone_through: dict[str, Any]) -> None:
    status, was_found = gone_through["fault"]

    assert (status, was_found) == (500, False)
    assert "InvalidToken" in gone_through["log"]
