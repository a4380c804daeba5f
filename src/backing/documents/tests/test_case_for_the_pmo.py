"""The case says what the register says: its plans, its currencies, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import trackrecord as tr
from backing.documents.papers import HOW_TO_READ, Evidence, case_for_the_pmo
from boardpaper.blocks import ChartBlock, Document, Section, Statement, Table
from boardpaper.gate import may_be_issued
from boardpaper.render.as_text import cell_words
from boardpaper.wording import plain

HEADER = "Project ID,Project name,{budget},Actual cost,{finish},Actual finish,Status,Cause"
CAUSES = ("scope change", "skills", "")


def register(
    path: Path,
    *,
    budget: str = "Budget",
    finish: str = "Planned finish",
    currencies: Sequence[str] = ("EUR",),
    causes: Sequence[str] = CAUSES,
    raised: int = 0,
) -> Path:
    """Thirty finished projects, each a tenth over its budget, before that was raised, and a month late."""
    lines = [HEADER.format(budget=budget, finish=finish)]
    for number in range(30):
        cost, currency = 100_000 + 1_000 * number, currencies[number % len(currencies)]
        lines.append(
            f"P-{number:02d},Project {number},{currency} {cost + raised},"
            f"{currency} {cost * 11 // 10},"
            f"2023-03-{number % 27 + 1:02d},2023-04-{number % 27 + 1:02d},Closed,"
            f"{causes[number % len(causes)]}"
        )
    path.write_text("\n".join(lines) + "\n")
    return path


def composed(*files: Path, by: str | None = None) -> Document:
    record = tr.read(*files)
    basis = tr.basis_of(record, by=by)
    evidence = Evidence(record, basis, tr.figures(basis))
    return case_for_the_pmo(evidence, organisation="Ours", by=by)


def words(document: Document) -> str:
    """Every sentence, margin and table of it as a reader meets them, one a line."""
    lines = [plain(claim) for claim in document.claims()]
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Statement):
                lines += [note for note in block.margin if isinstance(note, str)]
            if isinstance(block, Table):
                lines += [
                    " | ".join(
                        cell_words(cell, column.style, "en")
                        for cell, column in zip(row, block.columns, strict=True)
                    )
                    for row in (tuple(column.name for column in block.columns), *block.rows)
                ]
    return "\n".join(lines)


def part(document: Document, kicker: str) -> Section:
    return next(section for section in document.sections if section.kicker == kicker)


def test_a_budget_that_no_column_calls_original_is_never_called_an_approval(tmp_path: Path) -> None:
    document = composed(register(tmp_path / "2023.csv"))

    said = words(document)
    assert "more than its budget" in plain(part(document, "What went wrong · cost").lead)
    assert "No column says what was first approved" in said
    assert "first approval" not in said
    assert "management was first told" not in said


def test_of_several_exports_it_is_the_first_budget_and_the_first_planned_date(
    tmp_path: Path,
) -> None:
    document = composed(
        register(tmp_path / "2023.csv"), register(tmp_path / "2024.csv", raised=5_000)
    )

    said = words(document)
    assert "more than its first budget" in said
    assert "Against its latest budget it shows 5%" in said
    assert "after the date first planned" in said
    assert "first approval" not in said


def test_a_column_that_names_an_original_is_the_first_approval(tmp_path: Path) -> None:
    document = composed(
        register(tmp_path / "2023.csv", budget="Original budget", finish="Original finish")
    )

    said = words(document)
    assert "later than management was first told" in said
    assert "above first approval or written off" in said
    assert "No column" not in said


def test_cost_and_finish_are_each_called_what_their_own_column_says(tmp_path: Path) -> None:
    document = composed(register(tmp_path / "2023.csv", budget="Original budget"))

    assert "more than management first approved" in words(document)
    assert "after the planned date" in words(document)


def test_sums_in_several_currencies_are_listed_by_themselves_and_never_added(
    tmp_path: Path,
) -> None:
    document = composed(register(tmp_path / "2023.csv", currencies=("EUR", "USD")))

    said = words(document)
    lost = part(document, "What it costs and how you will know").blocks[0]
    assert isinstance(lost, Table)
    assert [[cell_words(row[at], "full", "en") for at in (0, 1)] for row in lost.rows] == [
        ["EUR", "€171,000"],
        ["USD", "$172,500"],
    ]
    assert "The files hold amounts in EUR and USD; sums are never added across them." in said
    assert "2023.csv | EUR | €1.7m | 15" in said
    assert "EUR /" not in said


def test_causes_of_money_in_several_currencies_are_counted_by_project(tmp_path: Path) -> None:
    document = composed(register(tmp_path / "2023.csv", currencies=("EUR", "USD")))

    why = part(document, "What went wrong · why")
    assert plain(why.lead) == (
        "The cause named most often is skills: 10 of 20 projects with a coded cause."
    )
    assert "skills | EUR | 34% | 15" in words(document)


@pytest.mark.parametrize(("currency", "times"), [("", 1), ("EUR", 0)])
def test_that_no_currency_is_named_is_said_once(tmp_path: Path, currency: str, times: int) -> None:
    document = composed(register(tmp_path / "2023.csv", currencies=(currency,)))

    assert words(document).count("The files name no currency") == times


@pytest.mark.parametrize(
    ("causes", "words_behind"),
    [
        (CAUSES, "; for 34% no cause is known."),
        (("scope change",) * 14 + ("",), "(93%)."),
        (("scope change",), "(100%)."),
    ],
)
def test_the_causes_headline_says_what_share_has_none_where_that_is_material(
    tmp_path: Path, causes: Sequence[str], words_behind: str
) -> None:
    document = composed(register(tmp_path / "2023.csv", causes=causes))

    assert plain(part(document, "What went wrong · why").lead).endswith(words_behind)


def test_n_and_range_are_explained_once_where_the_reader_first_meets_them(tmp_path: Path) -> None:
    document = composed(register(tmp_path / "2023.csv"))

    first = next(
        block
        for section in document.body
        for block in section.blocks
        if isinstance(block, Statement) and block.margin
    )
    assert first.margin[-1] == HOW_TO_READ
    assert words(document).count(HOW_TO_READ) == 1


@pytest.mark.parametrize("currencies", [("EUR",), ("EUR", "USD"), ("",)])
def test_the_case_passes_the_gate_of_claims(tmp_path: Path, currencies: Sequence[str]) -> None:
    assert may_be_issued(composed(register(tmp_path / "2023.csv", currencies=currencies)))


def test_the_slide_shows_the_leading_causes_and_the_unknown_the_appendix_all(
    tmp_path: Path,
) -> None:
    many = ("scope change", "skills", "supplier performance", "optimistic estimate", "", "")
    document = composed(
        register(tmp_path / "2023.csv", causes=(*many, "resource shortage", "external", "quality"))
    )

    beside = causes_drawn(part(document, "What went wrong"))
    whole = causes_drawn(part(document, "What went wrong · why"))
    assert len(beside) == 6
    assert beside[-1] == whole[-1] == "unknown"
    assert beside[:5] == whole[:5]
    assert len(whole) == 8


def causes_drawn(section: Section) -> list[str]:
    charts = [block.chart for block in section.blocks if isinstance(block, ChartBlock)]
    return [mark.label for mark in charts[-1].series[0].marks]


@pytest.mark.parametrize(
    ("late", "lead"),
    [
        ({"North": 10, "South": 9, "East": 10}, "Share late: no unit stands out from 48% overall"),
        ({"North": 20, "South": 6, "East": 5}, "North stands out: 20 of 20 against 52% overall."),
        (
            {"North": 20, "South": 10, "East": 0},
            "East (0 of 20) and North (20 of 20) stand out from 50%",
        ),
    ],
)
def test_a_unit_stands_out_only_by_more_than_chance_and_is_named(
    tmp_path: Path, late: dict[str, int], lead: str
) -> None:
    lines = ["Project ID,Department,Planned finish,Actual finish,Status"]
    for unit, count in late.items():
        lines += [
            f"{unit}-{n:02d},{unit},2023-03-10,2023-{'04' if n < count else '02'}-10,Closed"
            for n in range(20)
        ]
    (tmp_path / "2023.csv").write_text("\n".join(lines) + "\n")

    document = composed(tmp_path / "2023.csv", by="org_unit")

    assert plain(part(document, "Appendix · units").lead).startswith(lead)


def rated(path: Path, month: int) -> Path:
    """What a status report of that month says of twelve projects."""
    lines = ["Project ID,Project name,Status date,RAG status"]
    for number in range(12):
        rating = ("Green", "Amber", "Red")[(number + month) % 3]
        lines.append(f"P-{number:02d},Project {number},2025-{month:02d}-28,{rating}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_of_many_status_reports_the_last_six_are_shown_and_the_case_can_be_issued(
    tmp_path: Path,
) -> None:
    reports = [rated(tmp_path / f"2025-{month:02d}.csv", month) for month in range(1, 9)]
    document = composed(register(tmp_path / "2023.csv"), *reports)

    told = part(document, "What the status reports say")
    [table] = [block for block in told.blocks if isinstance(block, Table)]
    assert len(table.rows) == 6
    assert table.note.startswith("Only the last six exports are shown.")
    assert may_be_issued(document)
