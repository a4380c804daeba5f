"""A folder is written whole or not at all (issue "the spine": killed or on a full disk)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backing.site.whole_folder import FolderInUse, whole_folder

OURS = ("one.txt", "two.txt")
KILLED_IN_THE_MIDDLE = """
import os, signal, sys
from pathlib import Path
from backing.site.whole_folder import whole_folder

with whole_folder(Path(sys.argv[1]), ours=()) as folder:
    (folder / "one.txt").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def write(destination: Path, words: str) -> None:
    with whole_folder(destination, ours=OURS) as folder:
        for name in OURS:
            (folder / name).write_text(words)


def test_a_new_folder_appears_with_everything_in_it(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")

    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == dict.fromkeys(
        OURS, "first"
    )


def test_a_rerun_replaces_the_folder_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    write(tmp_path / "out", "second")

    assert (tmp_path / "out" / "two.txt").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_in_the_middle_leaves_the_old_result(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")

    def fail_in_the_middle() -> None:
        with whole_folder(tmp_path / "out", ours=OURS) as folder:
            (folder / "one.txt").write_text("half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fail_in_the_middle()

    assert (tmp_path / "out" / "one.txt").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_somebody_elses_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("years of work")

    with pytest.raises(FolderInUse, match=r"thesis\.docx"):
        write(tmp_path / "out", "first")

    assert (tmp_path / "out" / "thesis.docx").read_text() == "years of work"


def test_somebody_elses_file_in_a_folder_of_ours_is_never_replaced(tmp_path: Path) -> None:
    ours = ("one.txt", "rows/a.csv")
    with whole_folder(tmp_path / "out", ours=ours) as folder:
        (folder / "rows").mkdir()
        (folder / "rows" / "a.csv").write_text("first")
    with whole_folder(tmp_path / "out", ours=ours) as folder:
        (folder / "one.txt").write_text("second")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one.txt"]
    (tmp_path / "out" / "rows").mkdir()
    (tmp_path / "out" / "rows" / "mine.csv").write_text("years of work")
    with (
        pytest.raises(FolderInUse, match=r"rows/mine\.csv"),
        whole_folder(tmp_path / "out", ours=ours),
    ):
        pass


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED_IN_THE_MIDDLE,
            str(tmp_path / "out"),
        ]
    )
    assert killed.returncode == -9
    assert not (tmp_path / "out").exists()
    assert len(list(tmp_path.iterdir())) == 1

    write(tmp_path / "out", "whole")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_that_still_lives_keeps_its_folder(tmp_path: Path) -> None:
    living = tmp_path / f".out.backing-{os.getpid()}-abc"
    living.mkdir()

    write(tmp_path / "out", "whole")

    assert living.exists()
