"""A workspace opens in later releases, refuses earlier ones, and comes back from its backup."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from backing.conftest import Office
from backing.site.refusal import Refused
from backing.site.workspace import Workspace

LATER = "99.0"


def test_the_workspace_and_its_secret_are_for_their_owner_alone(office: Office) -> None:
    assert stat.S_IMODE((office.home / "secret").stat().st_mode) == 0o600


def test_by_default_it_lies_in_the_platforms_folder_and_the_key_outside_it() -> None:
    here = Workspace.here({})

    assert here.home.name == "backing"
    assert here.home not in here.key_file.parents
    assert here.home not in here.erasure_list.parents


def test_one_process_holds_a_workspace(office: Office) -> None:
    workspace = Workspace.here(office.environment)

    with workspace.held(), pytest.raises(Refused, match="open in another"), workspace.held():
        pass
    with workspace.held():
        pass


def test_an_older_backing_refuses_and_says_which_it_needs(office: Office) -> None:
    (office.home / "workspace.json").write_text(json.dumps({"needs": LATER}), "utf-8")

    done = office.run("serve", "--port", str(office.port))

    assert done.returncode == 2
    assert f"needs Backing {LATER} or later" in done.stderr


def test_an_older_workspace_is_copied_aside_changed_and_says_where_the_copy_is(
    office: Office,
) -> None:
    with_one_unit_before_the_tests_tables(office)

    said = office.python(
        "from backing.site.workspace import Workspace\n"
        "from backing.site.upgrade import open_workspace\n"
        "answer = open_workspace(Workspace.here())"
    )

    (copy,) = office.home.glob("before-*.database")
    assert str(copy) in said
    assert office.rows("SELECT name FROM people_orgunit") == [("Logistics",)]
    assert office.rows("SELECT count(*) FROM counting_count") == [(0,)]
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT name FROM people_orgunit").fetchall() == [("Logistics",)]
        assert not database.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'counting_count'"
        ).fetchall()


def test_when_an_upgrade_fails_the_workspace_is_as_it_was(office: Office) -> None:
    with_one_unit_before_the_tests_tables(office)
    change(office, "CREATE TABLE counting_count (in_the_way int)")

    said = office.python(
        "from backing.site.refusal import Refused\n"
        "from backing.site.workspace import Workspace\n"
        "from backing.site.upgrade import open_workspace\n"
        "try: open_workspace(Workspace.here())\n"
        "except Refused as refusal: answer = str(refusal)"
    )

    assert "it is as it was" in said
    assert office.rows("SELECT name FROM people_orgunit") == [("Logistics",)]
    assert office.rows("SELECT name FROM pragma_table_info('counting_count')") == [("in_the_way",)]
    assert office.rows("SELECT 1 FROM django_migrations WHERE app = 'counting'") == []


def with_one_unit_before_the_tests_tables(office: Office) -> None:
    """Put the database back to where a release without the tests' app would have left it."""
    office.python(
        "from django.core.management import call_command\n"
        "from backing.people.models import OrgUnit\n"
        "OrgUnit(name='Logistics').save()\n"
        "call_command('migrate', 'counting', 'zero', verbosity=0)\n"
        "answer = None"
    )


def change(office: Office, statement: str) -> None:
    with closing(sqlite3.connect(office.home / "office.sqlite3")) as database, database:
        database.execute(statement)


@pytest.fixture
def used(office: Office) -> Office:
    """An office with a unit in its database, and files that an edition would leave."""
    change(office, "INSERT INTO people_orgunit (name, kind) VALUES ('Logistics', 'team')")
    (office.home / "record" / "takes").mkdir()
    (office.home / "record" / "takes" / "a1b2.parquet").write_bytes(bytes(range(256)))
    (office.home / "files" / "register.csv").write_text("Project;Budget\n", "utf-8")
    (office.home / "jobs.sqlite3").write_bytes(b"disposable")
    return office


def test_a_backup_restored_elsewhere_is_the_same_byte_for_byte(
    used: Office, tmp_path: Path
) -> None:
    backup = tmp_path / "there" / "office.backup"
    assert used.run("backup", str(backup)).returncode == 0
    elsewhere = Office(tmp_path / "elsewhere")

    done = elsewhere.run("restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert elsewhere.rows("SELECT name, kind FROM people_orgunit") == [("Logistics", "team")]
    for name in ("record/takes/a1b2.parquet", "files/register.csv"):
        assert (elsewhere.home / name).read_bytes() == (used.home / name).read_bytes()


def test_a_backup_holds_neither_key_nor_secret_nor_job_store(used: Office, tmp_path: Path) -> None:
    key = used.folder / "outside" / "key"
    key.parent.mkdir()
    key.write_text("SECRET-OF-THE-OFFICE", "utf-8")
    backup = tmp_path / "office.backup"

    assert used.run("backup", str(backup)).returncode == 0

    with zipfile.ZipFile(backup) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
        assert not any("jobs" in name or "secret" in name for name in archive.namelist())
    assert (used.home / "secret").read_bytes() not in held
    assert b"SECRET-OF-THE-OFFICE" not in held


def test_restoring_never_writes_over_a_workspace(used: Office, tmp_path: Path) -> None:
    backup = tmp_path / "office.backup"
    used.run("backup", str(backup))

    done = used.run("restore", str(backup))

    assert done.returncode == 2
    assert "a workspace in" in done.stderr


def test_a_backup_that_reaches_outside_its_folders_writes_nothing_there(
    used: Office, tmp_path: Path
) -> None:
    backup = tmp_path / "office.backup"
    used.run("backup", str(backup))
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("record/../../planted", b"x")
        archive.writestr("../planted", b"x")
        archive.writestr("secret", b"x")
    elsewhere = Office(tmp_path / "elsewhere")

    assert elsewhere.run("restore", str(backup)).returncode == 0
    assert list(tmp_path.rglob("planted")) == []
    assert (elsewhere.home / "secret").read_bytes() != b"x"


def test_what_is_no_backup_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a backup", "utf-8")

    done = Office(tmp_path).run("restore", str(tmp_path / "notes.txt"))

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is not a backup" in done.stderr


def test_a_backup_of_a_newer_release_is_refused(used: Office, tmp_path: Path) -> None:
    (used.home / "workspace.json").write_text(json.dumps({"needs": LATER}), "utf-8")
    backup = tmp_path / "office.backup"
    used.run("backup", str(backup))
    shutil.rmtree(used.home)

    done = used.run("restore", str(backup))

    assert done.returncode == 2
    assert f"needs Backing {LATER}" in done.stderr
