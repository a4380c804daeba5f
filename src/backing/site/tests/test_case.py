"""`backing case`: whole or not at all, the same bytes, one sentence for bad input (issue "the spine")."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from backing.site.command import main
from backing.site.verbs.case import OURS, REGISTERS, WRITTEN
from trackrecord.measures import MEASURES

COMMAND = [sys.executable, "-m", "backing.site.command", "case"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's case, written once for this module."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    assert main(["case", "--demo", "--to", str(folder)]) == 0
    return folder


def held(folder: Path) -> set[str]:
    """The files of a result, as "name" or "folder/name"."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_demo_is_written_whole(demo: Path) -> None:
    assert held(demo) == set(OURS)


def test_the_demos_registers_are_there_for_whoever_looks_a_row_up(demo: Path) -> None:
    page = (demo / "case.html").read_text()

    assert [name for name in REGISTERS if Path(name).name not in page] == []


def test_a_case_of_ones_own_files_keeps_no_copy_of_them(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(
        "Project ID,Budget,Actual cost,Status\nP-1,100,120,Closed\nP-2,100,90,Closed\n"
    )

    assert main(["case", str(tmp_path / "register.csv"), "--to", str(tmp_path / "out")]) == 0
    assert held(tmp_path / "out") == set(WRITTEN)


def test_the_demo_is_marked_as_invented_wherever_it_is_read(demo: Path) -> None:
    assert "invented" in (demo / "case.html").read_text()
    with zipfile.ZipFile(demo / "case.pptx") as deck:
        slides = [name for name in deck.namelist() if name.startswith("ppt/slides/slide")]
        assert all("invented" in deck.read(name).decode() for name in slides)


def test_the_same_input_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    """In a second process, a second apart, with another hash seed."""
    time.sleep(1.1)
    subprocess.run(
        [*COMMAND, "--demo", "--to", str(tmp_path / "again")],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )

    different = [
        name
        for name in OURS
        if (demo / name).read_bytes() != (tmp_path / "again" / name).read_bytes()
    ]
    assert different == []


def test_x4_every_figure_in_the_contract_has_its_keys_and_definition(demo: Path) -> None:
    content = json.loads((demo / "figures.json").read_text())

    assert set(content) == {"edition", "as_at", "problems", "figures"}
    for figure in content["figures"]:
        assert {
            "measure",
            "version",
            "group",
            "baseline",
            "value",
            "low",
            "high",
            "level",
            "n",
            "missing",
            "unit",
            "direction",
            "definition",
        } <= set(figure)
        assert figure["definition"]
        assert figure["value"] is not None or figure["reason"]


def test_the_overall_figure_comes_first_and_original_before_current(demo: Path) -> None:
    figures = json.loads((demo / "figures.json").read_text())["figures"]

    for measure in MEASURES:
        of_it = [figure for figure in figures if figure["measure"] == measure]
        overall = [figure["group"] is None for figure in of_it]
        assert overall == sorted(overall, reverse=True), measure
        baselines = [figure["baseline"] for figure in of_it if figure["group"] is None]
        assert baselines in ([], [None], ["original"], ["original", "current"]), measure


def test_a_killed_run_leaves_nothing_or_a_whole_result(tmp_path: Path) -> None:
    """Three of the hundred moments of `benchmarks/killed_case.py`."""
    draw = random.Random(3)
    out = tmp_path / "out"
    for _ in range(3):
        process = subprocess.Popen(
            [*COMMAND, "--demo", "--to", str(out)], stderr=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.3, 3.0))
        process.kill()
        process.wait()
        assert not out.exists() or held(out) == set(OURS)

    assert main(["case", "--demo", "--to", str(out)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)])
    if mounted.returncode:
        pytest.skip("this machine mounts no small disk")
    try:
        done = subprocess.run(
            [*COMMAND, "--demo", "--to", str(tmp_path / "out")], capture_output=True, text=True
        )
        assert done.returncode == 1
        assert "The disk is full" in done.stderr
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_neither_files_nor_demo_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["case", "--to", str(tmp_path / "out")]) == 2
    assert "--demo" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", str(tmp_path / "lost.csv"), "--to", str(tmp_path / "out")]) == 2
    assert "lost.csv" in capsys.readouterr().err


def test_a_header_without_rows_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.csv").write_text("Project ID,Name,Budget,Planned finish\n")

    assert main(["case", str(tmp_path / "empty.csv"), "--to", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "empty.csv" in said
    assert not (tmp_path / "out").exists()


def test_s21_a_a_file_of_thirty_rows_with_four_bad_ones_loads_twenty_six(tmp_path: Path) -> None:
    lines = [
        "Project ID,Project name,Department,Baseline cost,Actual cost,Baseline finish,Actual finish,Status"
    ]
    for number in range(1, 31):
        key = "" if number in (4, 9, 17, 28) else f"P-{number:02d}"
        lines.append(
            f"{key},Project {number},Retail,{100_000 + number},{120_000 + number},"
            f"2023-03-{number % 27 + 1:02d},2023-05-{number % 27 + 1:02d},Closed"
        )
    (tmp_path / "register.csv").write_text("\n".join(lines) + "\n")

    assert main(["case", str(tmp_path / "register.csv"), "--to", str(tmp_path / "out")]) == 0

    problems = json.loads((tmp_path / "out" / "figures.json").read_text())["problems"]
    assert problems == {"rows_in": 30, "rows_taken": 26, "rows_with_problems": 4}
    told = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    assert all(f",{line}," in told for line in (5, 10, 18, 29))


def test_the_command_knows_no_web_framework(tmp_path: Path) -> None:
    """`case` needs no server, no account, no database, and imports none."""
    code = (
        "import sys\n"
        "from backing.site.command import main\n"
        f"code = main(['case', '--demo', '--to', {str(tmp_path / 'out')!r}])\n"
        "sys.exit(code or 'django' in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_units_that_are_nearly_all_different_are_not_compared(tmp_path: Path) -> None:
    """Nobody asked for the comparison, so nobody is refused the case."""
    rows = "".join(f"P{n},Project {n},Unit {n},{n + 100},{n + 120}\n" for n in range(70))
    register = tmp_path / "register-2022.csv"
    register.write_text(f"Project ID,Project name,Department,Budget,Actual cost\n{rows}")

    assert main(["case", str(register), "--to", str(tmp_path / "out")]) == 0
    figures = json.loads((tmp_path / "out" / "figures.json").read_text())["figures"]
    assert "org_unit" not in {figure["by"] for figure in figures}
