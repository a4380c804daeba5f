"""The demo keeps its promises: plainly invented, the same every time, untidy, and plausible."""

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from scipy.stats import kruskal

from backing.demo import SEED, write
from backing.demo.company import CAUSES
from backing.demo.world import Project, projects

LAST_REGISTER = date(2025, 12, 31)


class Book:
    """One workbook read back: the rows under the header, by heading."""

    def __init__(self, path: Path, key: str) -> None:
        self.book = CalamineWorkbook.from_path(str(path))
        self.cells = self.book.get_sheet_by_index(0).to_python()
        head = next(place for place, row in enumerate(self.cells) if row[0] == key)
        self.titles = self.cells[:head]
        self.header = [str(cell) for cell in self.cells[head]]
        self.rows: list[dict[str, Any]] = [
            dict(zip(self.header, row, strict=True))
            for row in self.cells[head + 1 :]
            if str(row[0]).startswith("ALD-")
        ]
        self.ids = [row[key] for row in self.rows]

    def column(self, header: str) -> list[Any]:
        return [row[header] for row in self.rows]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def books(paths: list[Path]) -> dict[int, Book]:
    keys = {2023: "Ref", 2024: "Project ID", 2025: "Project no."}
    return {year: Book(path, key) for (year, key), path in zip(keys.items(), paths, strict=True)}


@pytest.fixture(scope="module")
def finished() -> list[Project]:
    return [one for one in projects(SEED) if one.ended <= LAST_REGISTER and not one.cancelled]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    paths: list[Path], tmp_path: Path
) -> None:
    again = write(tmp_path / "again")
    other = write(tmp_path / "other", seed=SEED + 1)

    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in paths]
    assert not {one.read_bytes() for one in other} & {one.read_bytes() for one in paths}


def test_every_workbook_says_three_times_that_the_company_is_invented(paths: list[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        first_cell = str(book.get_sheet_by_index(0).to_python()[0][0])
        notes = str(book.get_sheet_by_name("Notes").to_python())
        with zipfile.ZipFile(path) as parts:
            properties = parts.read("docProps/core.xml").decode()

        assert f"invented company, generated with seed {SEED}" in first_cell
        assert all("invented" in text for text in (notes, properties))


def test_sixty_projects_stand_in_the_three_registers_together(books: dict[int, Book]) -> None:
    assert len({project for book in books.values() for project in book.ids}) == 60


def test_projects_join_stay_and_leave_from_one_register_to_the_next(books: dict[int, Book]) -> None:
    for before, after in ((2023, 2024), (2024, 2025)):
        old, new = set(books[before].ids), set(books[after].ids)

        assert len(new - old) == 12
        assert len(new & old) > 25
        assert len(old - new) >= 2


def test_no_two_registers_share_more_than_a_few_headings(books: dict[int, Book]) -> None:
    for one, other in ((2023, 2024), (2024, 2025), (2023, 2025)):
        assert len(set(books[one].header) & set(books[other].header)) <= 8


def test_the_2023_amounts_are_thousands_typed_as_text_with_some_left_open(
    books: dict[int, Book],
) -> None:
    typed = books[2023].column("Current budget £k")

    assert all(isinstance(cell, str) for cell in typed)
    assert any("," in cell for cell in typed)
    assert "tbc" in books[2023].column("Final cost £k")
    assert {"A", "G", "n/a"} <= set(books[2023].column("RAG")) <= {"R", "A", "G", "n/a"}


def test_the_2024_dates_are_partly_text_and_settle_as_day_first(books: dict[int, Book]) -> None:
    cells = [cell for cell in books[2024].column("Original finish") if cell]

    assert {type(cell) for cell in cells} == {str, date}
    assert any(int(cell.split("/")[0]) > 12 for cell in cells if isinstance(cell, str))
    assert not any(int(cell.split("/")[1]) > 12 for cell in cells if isinstance(cell, str))


def test_the_2024_amounts_carry_their_sign_and_unit(books: dict[int, Book]) -> None:
    budgets = books[2024].column("Original budget")

    assert all(cell.startswith("£") and cell[-1] in "mk" for cell in budgets)


def test_the_2024_register_holds_one_row_twice_one_broken_formula_and_one_finish_before_its_start(
    books: dict[int, Book], paths: list[Path]
) -> None:
    book = books[2024]
    twice = [project for project, times in Counter(book.ids).items() if times > 1]
    with zipfile.ZipFile(paths[1]) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    backwards = [
        row
        for row in book.rows
        if row["Actual finish"] and _day(row["Actual finish"]) < _day(row["Start date"])
    ]

    assert len(twice) == 1
    assert book.rows[book.ids.index(twice[0])] == book.rows[book.ids.index(twice[0]) + 1]
    assert sheet.count("<v>#REF!</v>") == 1
    assert len(backwards) == 1


def test_the_2025_ratings_are_on_the_five_point_scale(books: dict[int, Book]) -> None:
    ratings = set(books[2025].column("Delivery confidence"))

    assert ratings <= {"Green", "Amber/Green", "Amber", "Amber/Red", "Red", "n/a"}
    assert ratings & {"Amber/Green", "Amber/Red"}


def test_every_register_has_titles_a_band_totals_blank_rows_and_notes(
    books: dict[int, Book], paths: list[Path]
) -> None:
    for book, path in zip(books.values(), paths, strict=True):
        labels = [str(cell) for row in book.cells for cell in row[:2]]
        with zipfile.ZipFile(path) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()

        assert len(book.titles) >= 4  # titles, a blank row and the band
        assert "<mergeCell " in sheet
        assert any(label.lower().startswith("total") for label in labels)
        assert sheet.count("<row ") > len(book.cells) + 5  # bordered, with nothing in them
        assert book.book.sheet_names[1] == "Notes"


def test_causes_are_from_the_taxonomy_and_coded_for_about_two_thirds_of_the_troubled(
    books: dict[int, Book],
) -> None:
    world = {one.id: one for one in projects(SEED)}
    rows = [row for row in books[2025].rows if row["Status"] in {"Finished", "Cancelled"}]
    troubled = [row for row in rows if world[row["Project no."]].causes]
    coded = [row["Cause"] for row in troubled if row["Cause"]]

    assert 0.55 <= len(coded) / len(troubled) <= 0.80
    assert {cause for cell in coded for cause in cell.split("; ")} <= set(CAUSES)
    assert any(";" in cell for cell in coded)


def test_sponsors_scope_and_estimates_lead_the_causes(books: dict[int, Book]) -> None:
    coded = [cell for cell in books[2025].column("Cause") if cell]
    tags = Counter(cause for cell in coded for cause in cell.split("; "))

    assert {cause for cause, _ in tags.most_common(3)} == {
        "late or missing sponsor decision",
        "uncontrolled scope change",
        "optimistic estimate",
    }


def test_projects_cost_much_more_than_first_approved_and_little_more_than_last_approved(
    finished: list[Project],
) -> None:
    against_last = median(one.cost / one.baselines[-1].cost - 1 for one in finished)

    assert median(one.overrun for one in finished) == pytest.approx(0.18, abs=0.02)
    assert against_last == pytest.approx(0.04, abs=0.01)


def test_about_sixty_in_a_hundred_are_late_and_two_or_three_run_far_away(
    finished: list[Project],
) -> None:
    assert sum(one.days_late > 0 for one in finished) / len(finished) == pytest.approx(
        0.6, abs=0.06
    )
    assert sum(one.overrun > 0.8 for one in finished) in {2, 3}


def test_four_or_five_were_cancelled_with_money_spent() -> None:
    stopped = [one for one in projects(SEED) if one.cancelled and one.ended <= LAST_REGISTER]

    assert len(stopped) in {4, 5}
    assert all(one.cost > 0 for one in stopped)


def test_no_unit_truly_stands_out(finished: list[Project]) -> None:
    by_unit: dict[str, list[float]] = {}
    for one in finished:
        by_unit.setdefault(one.what.unit, []).append(one.overrun)

    assert len(by_unit) == 6
    assert kruskal(*by_unit.values()).pvalue > 0.1


@pytest.mark.parametrize("seed", range(5))
def test_any_seed_gives_a_world_in_order(seed: int) -> None:
    for one in projects(seed):
        approvals = [baseline.approved_on for baseline in one.baselines]

        assert approvals == sorted(set(approvals))
        assert approvals[0] <= one.started < one.ended
        assert approvals[-1] < one.ended
        assert 1 <= len(approvals) <= 4
        assert one.cost > 0


def _day(cell: date | str) -> date:
    if isinstance(cell, str):
        day, month, year = (int(part) for part in cell.split("/"))
        return date(year, month, day)
    return cell
