"""The whole database in one file, from SQLite or PostgreSQL, and back.

SQLite copies itself, page by page, while others read and write.  From PostgreSQL each table is taken as
COPY writes it, all in one view of the data, into a zip; coming back, the tables are first built by the
migrations that the snapshot says it had, so an older snapshot returns as what it was and is migrated
afterwards like any other.  Nothing but the driver is needed: no pg_dump, which must match the server.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from backing.site.refusal import Refused

CHUNK = 2**20
SQLITE_BEGINS = b"SQLite format 3\x00"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position
"""


def save(path: Path) -> None:
    """Write the database to a file that does not exist yet, synced to the disk."""
    if connection.vendor == "sqlite":
        _save_sqlite(path)
    else:
        _save_postgresql(path)
    with path.open("r+b") as file:  # to sync takes the right to write
        os.fsync(file.fileno())


def load(path: Path) -> None:
    """Make the database what the file says, whatever it holds now; raises Refused for another engine's."""
    with path.open("rb") as file:
        is_sqlite = file.read(len(SQLITE_BEGINS)) == SQLITE_BEGINS
    if is_sqlite != (connection.vendor == "sqlite"):
        one, other = ("SQLite", "PostgreSQL") if is_sqlite else ("PostgreSQL", "SQLite")
        raise Refused(
            f"This copy was made from {one}, and this workspace is on {other}. "
            + (
                "Restore it without DATABASE_URL."
                if is_sqlite
                else "Name a database: DATABASE_URL."
            )
        )
    if is_sqlite:
        _load_sqlite(path)
    else:
        _load_postgresql(path)


def _save_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    connections.close_all()


def _save_postgresql(path: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor, zipfile.ZipFile(path, "x") as archive:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        migrations = cursor.fetchall()
        columns = {table: _columns(cursor, table) for table in _tables(cursor)}
        archive.writestr("tables.json", json.dumps({"migrations": migrations, "columns": columns}))
        for table, names in columns.items():
            copy = f"COPY {_quoted(table)} ({', '.join(map(_quoted, names))}) TO STDOUT"
            with (
                archive.open(f"tables/{table}", "w", force_zip64=True) as file,
                cursor.copy(copy) as rows,
            ):
                for row in rows:
                    file.write(row)


def _load_postgresql(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        made = json.loads(archive.read("tables.json"))
        with connection.cursor() as cursor:
            for table in _tables(cursor):
                cursor.execute(f"DROP TABLE {_quoted(table)} CASCADE")
        _migrate_to([(app, name) for app, name in made["migrations"]])
        with transaction.atomic(), connection.cursor() as cursor:
            tables = _tables(cursor)
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))}")
            for table, names in made["columns"].items():
                copy = f"COPY {_quoted(table)} ({', '.join(map(_quoted, names))}) FROM STDIN"
                with archive.open(f"tables/{table}") as file, cursor.copy(copy) as rows:
                    while chunk := file.read(CHUNK):
                        rows.write(chunk)
            for table in tables:
                _count_on(cursor, table)


def _migrate_to(applied: list[tuple[str, str]]) -> None:
    """Build the tables as these migrations left them."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    missing = [f"{app}.{name}" for app, name in applied if (app, name) not in known]
    if missing:
        raise Refused(
            f"This copy was made by a newer Backing (it knows {missing[0]}). Restore it with that one."
        )
    if set(applied) >= set(executor.loader.disk_migrations):
        call_command("migrate", interactive=False, verbosity=0)  # all of them: made at once
    else:
        executor.migrate(applied)


def _tables(cursor: Any) -> list[str]:
    cursor.execute(TABLES)
    return [table for (table,) in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(COLUMNS, [table])
    return [name for (name,) in cursor.fetchall()]


def _count_on(cursor: Any, table: str) -> None:
    """Let new rows take numbers after the highest that came in."""
    for column in _columns(cursor, table):
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), column])
        (sequence,) = cursor.fetchone()
        if sequence is not None:
            cursor.execute(f"SELECT max({_quoted(column)}) FROM {_quoted(table)}")  # noqa: S608  # quoted
            (highest,) = cursor.fetchone()
            cursor.execute(
                "SELECT setval(%s, %s, %s)", [sequence, highest or 1, highest is not None]
            )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
