"""`backing figures` in print: what each line is a figure of, and what became of the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from backing.site.command import main

HEADER = (
    "Project ID,Project name,Department,Region,Status,Approved budget (GBP),Actual cost (GBP)\n"
)
ROWS = (
    "P1,Harbour crane,Ports,North,Complete,100,120\n",
    "P2,Road bridge,Roads,South,Cancelled,200,50\n",
    "P3,Tax portal,Tax,North,Complete,300,290\n",
)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register-2022.csv"
    path.write_text(HEADER + "".join(ROWS), encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    assert main(["figures", *map(str, arguments)]) == 0
    return capsys.readouterr().out.splitlines()


def test_each_line_says_what_its_group_is_a_group_of(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, register, "--by", "Region")
    by, group = lines[1].index("by"), lines[1].index("group")
    found = {
        (line[by:group].strip(), line[group:].split("  ")[0])
        for line in lines
        if line.startswith("projects ")
    }

    assert found == {
        ("", ""),
        ("export", "register-2022.csv"),
        ("Region", "North"),
        ("Region", "South"),
    }


def test_rows_that_were_all_taken_are_not_said_to_have_problems(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, register)[0].startswith("3 rows in, all of them taken. Edition")


def test_rows_not_taken_and_notices_are_counted_apart(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register.write_text(
        HEADER
        + "".join(ROWS)
        + ",Nameless,Tax,North,Complete,1,2\nP5,Ferry,Ports,North,Complete,much,2\n"
    )

    assert printed(capsys, register)[0].startswith(
        "5 rows in, 4 taken, 1 not taken. "
        "problems.csv of `backing case` lists that row and 1 notice."
    )


def test_an_id_used_for_another_project_is_said_above_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "Project ID,Project name,Approved budget (GBP),Planned finish\n"
    old, new = tmp_path / "register-2022.csv", tmp_path / "register-2023.csv"
    old.write_text(f"{header}17,Harbour crane,1000,2022-12-31\n")
    new.write_text(f"{header}17,Tax portal,9000,2025-06-30\n")

    assert printed(capsys, old, new)[1].startswith("1 id seems to have been given to another")


def test_columns_of_dates_and_money_that_were_not_used_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "register-2022.csv"
    register.write_text(
        "Project ID,Project name,Budget,Board met,Spare\n"
        "1,Harbour crane,100,2022-12-31,£40\n2,Road bridge,200,2022-11-30,£50\n"
    )
    said = printed(capsys, register)[1]

    assert said == (
        "2 columns that look like dates or money were not used: Board met; Spare. "
        "Say what they mean in mapping.toml of `backing case`."
    )
