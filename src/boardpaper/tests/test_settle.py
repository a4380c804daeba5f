"""Office files are the same to the byte, whenever, wherever and by whichever process they are written."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from boardpaper.render import pptx
from boardpaper.render.settle import EPOCH, settle
from boardpaper.tests import sample

_SOURCES = Path(__file__).resolve().parents[2]
_KINDS = ("pptx", "docx", "text", "xlsx")
_DIGESTS = """
import hashlib
from boardpaper.render import docx, pptx, text
from boardpaper.tests import sample
from boardpaper.tests.test_workbook import rendered
document = sample.document()
for made in (
    pptx.render(document), docx.render(document), text.render(document).encode(), rendered()
):
    print(hashlib.sha256(made).hexdigest())
"""
# Zip archives count time in steps of two seconds.
_A_STEP_OF_TIME = 2.1


def digests(*, seed: str, zone: str) -> dict[str, str]:
    """The digest of each kind of file as another process writes it now."""
    done = subprocess.run(
        [sys.executable, "-c", _DIGESTS],
        check=True,
        capture_output=True,
        text=True,
        timeout=240,
        env=os.environ | {"PYTHONPATH": str(_SOURCES), "PYTHONHASHSEED": seed, "TZ": zone},
    )
    return dict(zip(_KINDS, done.stdout.split(), strict=True))


def test_two_processes_at_different_times_write_the_same_bytes() -> None:
    first = digests(seed="1", zone="UTC")
    time.sleep(_A_STEP_OF_TIME)

    assert digests(seed="2", zone="Pacific/Auckland") == first


def test_workbooks_inside_a_deck_are_settled_too() -> None:
    made = pptx.render(sample.document())

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            content = package.read(name)
            assert settle(content, at=sample.document().issued_at) == content


def test_entries_are_sorted_and_undated_and_the_file_states_the_time_of_the_issue() -> None:
    document = sample.document()

    with zipfile.ZipFile(io.BytesIO(pptx.render(document))) as package:
        names = [entry.filename for entry in package.infolist()]
        assert names == sorted(names)
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert document.issued_at == datetime(2026, 5, 11, 9, 30, tzinfo=UTC)
    assert core.count("2026-05-11T09:30:00Z") == 2


def test_settling_twice_changes_nothing() -> None:
    once = settle(_package({"b.txt": b"b", "a.txt": b"a"}))

    assert settle(once) == once


def test_settling_keeps_every_part_as_it_was() -> None:
    parts = {"a.txt": b"a", "inner.docx": b"not a zip archive", "b/c.bin": bytes(range(256))}

    with zipfile.ZipFile(io.BytesIO(settle(_package(parts)))) as package:
        assert {name: package.read(name) for name in package.namelist()} == parts


def test_a_time_in_another_zone_is_stated_in_utc() -> None:
    core = b"<cp><dcterms:created>then</dcterms:created></cp>"
    auckland = datetime.fromisoformat("2026-05-11T21:30:00+12:00")

    with zipfile.ZipFile(
        io.BytesIO(settle(_package({"docProps/core.xml": core}), at=auckland))
    ) as package:
        assert b">2026-05-11T09:30:00Z<" in package.read("docProps/core.xml")


def test_a_document_without_a_time_states_none_of_its_own() -> None:
    core = b"<cp><dcterms:modified>now</dcterms:modified></cp>"

    with zipfile.ZipFile(io.BytesIO(settle(_package({"docProps/core.xml": core})))) as package:
        assert EPOCH.strftime("%Y-%m-%d").encode() in package.read("docProps/core.xml")


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_different_documents_have_different_bytes() -> None:
    document = sample.document()

    digests = {
        hashlib.sha256(pptx.render(each)).hexdigest()
        for each in (document, replace(document, organisation="Another Group"))
    }

    assert len(digests) == 2
