"""Issuing by the verb and by a worker that is killed, and what a backup keeps of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from backing.conftest import Office, wait_until
from backing.documents.tests.conftest import Computed, fill


@pytest.fixture
def filled(office: Office, computed: Computed) -> Office:
    fill(office, computed)
    return office


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_verb_issues_what_a_backup_restored_elsewhere_keeps_byte_for_byte(
    filled: Office, tmp_path: Path
) -> None:
    done = filled.run("document", "D1", "--to", str(tmp_path / "out"), "--format", "pdf,xlsx")
    saved = filled.run("backup", str(tmp_path / "saved"))
    elsewhere = Office(tmp_path / "elsewhere")
    restored = elsewhere.run("restore", str(tmp_path / "saved"))
    kept = dict(elsewhere.rows("SELECT stored_as, digest FROM documents_issuedfile"))

    assert done.returncode == saved.returncode == restored.returncode == 0, done.stderr
    assert "Issue 1 of D1 is kept." in done.stdout
    assert sorted(digests(tmp_path / "out")) == [
        "aldmoor-group-D1-issue-1.pdf",
        "aldmoor-group-D1-issue-1.xlsx",
    ]
    assert set(kept.values()) == set(digests(tmp_path / "out").values())
    for stored_as, digest in kept.items():
        content = (elsewhere.home / "documents" / stored_as).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("D12",), "D12 cannot be issued yet"),
        (("D1", "--format", "doc"), "--format names doc"),
        (("D1",), "Import a register first"),
    ],
)
def test_the_verb_says_in_one_sentence_what_is_wrong(
    office: Office, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = office.run("document", *words, "--to", str(tmp_path / "out"))

    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_issue_whose_worker_is_killed_is_written_once(filled: Office) -> None:
    filled.python(
        "from datetime import UTC, datetime\n"
        "from backing.documents import actions\n"
        "from backing.documents.desk import desk\n"
        "from backing.people.actions import first_link\n"
        "from backing.people.models import Account\n"
        "now = datetime.now(UTC)\n"
        "first_link(now=now)\n"
        "by = Account.objects.get()\n"
        "here = desk(by, 'D1')\n"
        "answer = actions.issue(here.drafted, here.draft, by=by, now=now).pk"
    )
    first = filled.worker()
    wait_until(lambda: filled.rows("SELECT 1 FROM documents_issuedfile"))
    first.kill()
    first.wait()
    before = filled.rows("SELECT kind, digest FROM documents_issuedfile ORDER BY id")
    filled.worker()
    wait_until(lambda: filled.rows("SELECT state FROM documents_issue") == [("done",)])

    after = filled.rows("SELECT kind, digest FROM documents_issuedfile ORDER BY id")
    assert [kind for kind, _ in after] == ["pdf", "pptx", "docx", "html", "xlsx"]
    assert after[: len(before)] == before
    ((folder,),) = filled.rows("SELECT id FROM documents_issue")
    kept = {path.stem for path in (filled.home / "documents" / "issues" / str(folder)).iterdir()}
    assert kept == {digest for _, digest in after}
