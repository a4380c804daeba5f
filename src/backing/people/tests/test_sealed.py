"""What is said about a person is opened through one door, or not at all (design.md 4)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core import serializers
from django.db import connection
from django.template import Context, Template

from backing.people import key
from backing.people.access import Role
from backing.people.models import AccessLog, Account
from backing.people.models.sealed import Hidden, NoGrounds
from backing.people.tests.conftest import MAY
from backing.site.tests.counting.models import Whisper

WORDS = "doubts the dates"


@pytest.fixture
def key_file(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "outside" / "key"
    settings.BACKING_KEY_FILE = path  # type: ignore[attr-defined]
    key.make(path)
    return path


@pytest.fixture
def whisper(key_file: Path, ana: Account) -> Whisper:
    return Whisper.objects.create(about="Eve", content=Hidden.sealing({"heard": WORDS}))


def test_the_key_is_a_file_for_its_owner_alone(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_a_key_is_never_written_over(key_file: Path) -> None:
    with pytest.raises(FileExistsError):
        key.make(key_file)


def test_the_phrase_opens_what_the_lost_key_sealed(tmp_path: Path) -> None:
    phrase = key.make(tmp_path / "key")
    token = key.read(tmp_path / "key").encrypt(b"words")

    key.recover(tmp_path / "again", f" {phrase.lower().replace('-', ' ').replace('0', 'o')} ")

    assert key.read(tmp_path / "again").decrypt(token) == b"words"


def test_a_slip_of_the_pen_in_the_phrase_is_caught(tmp_path: Path) -> None:
    phrase = key.make(tmp_path / "key")
    slip = ("A" if phrase[0] != "A" else "B") + phrase[1:]

    with pytest.raises(key.NoKey, match="slip of the pen"):
        key.recover(tmp_path / "again", slip)
    assert not (tmp_path / "again").exists()


def test_a_newer_key_opens_what_the_older_one_sealed(tmp_path: Path) -> None:
    old, new = key.make(tmp_path / "old"), key.make(tmp_path / "new")
    token = key.read(tmp_path / "old").encrypt(b"words")
    (tmp_path / "both").write_text(f"{new}\n{old}\n", "utf-8")

    assert key.read(tmp_path / "both").decrypt(token) == b"words"


@pytest.mark.django_db
def test_the_head_opens_it_and_the_log_says_who_and_what_for(
    whisper: Whisper, ana: Account
) -> None:
    opened = Whisper.objects.open_sealed(viewer=ana, purpose="before the meeting", now=MAY)

    assert opened == [(whisper, {"heard": WORDS})]
    logged = AccessLog.objects.get()
    assert (logged.who, logged.what, logged.count, logged.at) == (ana, "Whisper", 1, MAY)


@pytest.mark.django_db
def test_a_row_of_it_passes_the_same_door(whisper: Whisper, ana: Account) -> None:
    ((row, said),) = Whisper.objects.open_sealed_rows(
        "about", viewer=ana, purpose="before the meeting", now=MAY
    )

    assert (row.about, str(row.content), said) == ("Eve", "hidden", {"heard": WORDS})
    logged = AccessLog.objects.get()
    assert (logged.who, logged.what, logged.count, logged.at) == (ana, "Whisper", 1, MAY)
    ana.role = Role.FINANCE
    assert not Whisper.objects.open_sealed_rows("about", viewer=ana, purpose="x", now=MAY)


@pytest.mark.django_db
def test_a_leader_opens_nothing(whisper: Whisper, eve: Account) -> None:
    assert Whisper.objects.open_sealed(viewer=eve, purpose="curious", now=MAY) == []


@pytest.mark.django_db
def test_it_prints_hidden_wherever_it_is_put(whisper: Whisper) -> None:
    page = Template("{{ one.content }} {{ one }}").render(Context({"one": whisper}))
    printed = (page, repr(whisper.content), serializers.serialize("json", [whisper]))

    assert all("hidden" in text and WORDS not in text for text in printed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM counting_whisper")
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_without_the_key_it_stays_closed_and_nothing_is_logged(
    whisper: Whisper, ana: Account, key_file: Path
) -> None:
    key_file.unlink()

    with pytest.raises(key.NoKey, match="recovery phrase"):
        Whisper.objects.open_sealed(viewer=ana, purpose="before the meeting", now=MAY)
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_nothing_is_kept_about_a_person_before_it_is_recorded_why_that_may_be_done() -> None:
    words = Hidden.sealing({"heard": WORDS})

    with pytest.raises(NoGrounds, match="Four short answers"):
        Whisper.objects.create(about="Eve", content=words)
    with pytest.raises(NoGrounds):
        Whisper.objects.bulk_create([Whisper(about="Eve", content=words)])
    assert not Whisper.objects.exists()


@pytest.mark.django_db
def test_it_is_only_ever_added_to(whisper: Whisper) -> None:
    with pytest.raises(TypeError, match="add a new record"):
        whisper.save()
    with pytest.raises(TypeError, match="add a new record"):
        Whisper.objects.update(about="Ana")
