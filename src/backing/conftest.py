"""What the tests of the office share: a real office, in a workspace of its own, run as a user runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import psycopg
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

# A busy machine is slow at making examples, too; that is no fault of what they try.
hypothesis.settings.register_profile(
    "office", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("office")

Fill = Callable[[Callable[[], object]], None]
PATIENCE = 60.0
SETTINGS = "backing.site.tests.settings"


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark whatever uses the database, by whichever fixture: the run on PostgreSQL chooses by that mark.

    Files with a long test come first: two cores are then busy to the end.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if {"db", "transactional_db"} & set(fixtures) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction="transactional_db" in fixtures))
        if any(not each.args for each in item.iter_markers("any_database")):
            raise pytest.UsageError(f"{item.nodeid}: say why it hangs on no database")
    yield  # others put the tests in an order of their own
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


class Office:
    """A workspace and the processes on it; everything goes through the command, as a user would."""

    def __init__(self, folder: Path, *, database_url: str = "") -> None:
        self.folder = folder
        self.home = folder / "office"
        self.port = free_port()
        self.processes: list[subprocess.Popen[str]] = []
        self.environment = os.environ | {
            "BACKING_HOME": str(self.home),
            "BACKING_KEY_FILE": str(folder / "outside" / "key"),
            "BACKING_ERASURES": str(folder / "outside" / "erasures.jsonl"),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONUNBUFFERED": "1",
        }
        self.environment.pop("DATABASE_URL", None)
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        command = [sys.executable, "-m", "backing.site.command", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def python(self, code: str) -> Any:
        """Run a few lines inside the office; gives what they put into `answer`."""
        lines = f"import json, django; django.setup()\n{code}\nprint('ANSWER', json.dumps(answer))"
        done = subprocess.run(
            [sys.executable, "-c", lines],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert "ANSWER" in done.stdout, done.stdout + done.stderr
        return json.loads(done.stdout.rpartition("ANSWER ")[2])

    def serve(self, *words: str) -> str:
        """Start `backing serve`; gives the address it prints, with the one-time link where there is one."""
        command = [
            sys.executable,
            "-m",
            "backing.site.command",
            "serve",
            "--port",
            str(self.port),
            *words,
        ]
        process = self._start(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"open at (\S+)", line):
                return found[1]
        raise AssertionError(said)

    def worker(self) -> subprocess.Popen[str]:
        """Start a worker alone, as `serve` would."""
        return self._start(
            [sys.executable, "-m", "backing.site.process", "worker"], stdin=subprocess.PIPE
        )

    def make(self) -> Office:
        """Make the workspace without serving it."""
        self.python(
            "from backing.site.workspace import Workspace\n"
            "from backing.site.upgrade import open_workspace\n"
            "answer = open_workspace(Workspace.here())"
        )
        return self

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, read past the office's own code."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as server:
                return server.execute(query.replace("?", "%s"), values).fetchall()
        with closing(sqlite3.connect(self.home / "office.sqlite3", timeout=30)) as database:
            return database.execute(query, values).fetchall()

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _start(
        self, command: list[str], *, stdin: int | None = None, stdout: int | None = None
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, env=self.environment, text=True, stdin=stdin, stdout=stdout
        )
        self.processes.append(process)
        return process


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Look again and again until something is true; fail when it does not become so."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # noqa: ARG001  # the tables must be there
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Start the keys of every table at a number of its own: on a real office they are not alike either.

    A row that must have a certain key and is not given it, or is found by the key of another table, then
    fails at once, not on the day on which the tests before it happened to leave the tables so.
    """
    from django.apps import apps
    from django.db import connection

    tables = sorted(
        each._meta.db_table
        for each in apps.get_models(include_auto_created=True)
        if each._meta.auto_field is not None
    )
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for number, table in enumerate(tables, start=1):
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, 1000 * number]
                )
            else:
                sequence = "pg_get_serial_sequence(%s, 'id')"
                cursor.execute(f"SELECT setval({sequence}, %s)", [table, 1000 * number])


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh workspace, to be copied: making one takes longer than most tests."""
    return Office(tmp_path_factory.mktemp("made")).make().home


@pytest.fixture
def office(made_once: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of the test's own."""
    yield from opened(made_once, tmp_path)


@pytest.fixture(scope="module")
def shared_office(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that the tests of one file share."""
    yield from opened(made_once, tmp_path_factory.mktemp("shared"))


def opened(made: Path, folder: Path) -> Iterator[Office]:
    office = Office(folder)
    shutil.copytree(made, office.home)
    yield office
    office.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for one file: while it is open, no other test of the process can use the database."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine: install the package `chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def session(chromium: Browser, link: str) -> dict[str, Any]:
    """What a browser holds once it has used the one-time link, which is the file's own fixture `link`."""
    context = chromium.new_context()
    context.new_page().goto(link)
    held: dict[str, Any] = dict(context.storage_state())
    context.close()
    return held


@pytest.fixture(scope="module")
def filled_once(
    django_db_setup: None,  # noqa: ARG001  # the tables must be there
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Fill]:
    """Lets one file fill the office once: each of its tests goes back to that, and none finds it empty.

    The key that seals what is filled is made too; such a file does without `key_file`.
    """
    from django.db import transaction
    from django.test import override_settings

    from backing.people import key

    path = tmp_path_factory.mktemp("outside") / "key"
    key.make(path)

    def fill(with_what: Callable[[], object]) -> None:
        with django_db_blocker.unblock():
            with_what()

    with ExitStack() as undone:
        undone.enter_context(override_settings(BACKING_KEY_FILE=path))
        with django_db_blocker.unblock():
            undone.enter_context(transaction.atomic())
        yield fill
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            undone.close()


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> Path:
    """The key with which an office seals what it makes of people."""
    from backing.people import key

    path = tmp_path / "outside" / "key"
    settings.BACKING_KEY_FILE = path
    key.make(path)
    return path
