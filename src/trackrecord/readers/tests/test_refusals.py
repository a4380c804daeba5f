"""Bad input: one clear sentence that names the file and says what to do, at bounded cost."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from trackrecord.errors import UnreadableSource
from trackrecord.readers import read
from trackrecord.readers.tests.containers import compound_file, xls

POD = b"\xac\xed\x00\x05sr\x00\x1ecom.projity.pm.task.Project"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(500)
SPREADSHEET_XML = (
    b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableSource) as raised:
        read(path)
    text = str(raised.value)
    assert text.startswith(path.name)
    return text


@pytest.mark.parametrize(
    ("name", "content", "why", "todo"),
    [
        ("register.csv", b"", "the file is empty", "Export it again"),
        ("register.xlsx", PNG, "it is a picture", "Export the table itself"),
        ("register.pdf", b"%PDF-1.7\n%\xe2\xe3", "it is a PDF", "Export the table itself"),
        ("plan.pod", POD, "ProjectLibre .pod", "save the project as Microsoft Project XML"),
        ("plan.xml", POD, "ProjectLibre .pod", "save the project as Microsoft Project XML"),
        ("plan.csv", POD, "ProjectLibre .pod", "save the project as Microsoft Project XML"),
        ("plan.xlsx", POD, "ProjectLibre .pod", "save the project as Microsoft Project XML"),
        ("r.xls", b"<html><body><table><tr><td>ID</td>", "it is a web page", "save it as .xlsx"),
        ("r.xls", SPREADSHEET_XML, "an old XML form", "save it as .xlsx"),
        ("r.csv", b'{"projects": [{"id": 1}]}', "it is JSON", "Export the table as CSV"),
        ("r.csv", bytes(range(256)) * 40, "in no form that is read here", "Export the table"),
        ("r.csv", b"ID,Name,Cost\n", "a header but no row below it", "Export the rows as well"),
        ("r.csv", b"just a word\nand another\n", "there is no table in it", "names the columns"),
        (
            "r.xlsx",
            b"ID,Name\nP1,Alpha\n",
            "holds a table in text form",
            "rename it to end in .csv",
        ),
        ("r.xer", b"ID,Name\nP1,Alpha\n", "holds a table in text form", "rename it to end in .csv"),
        ("r.xlsx", b"PK\x03\x04" + bytes(60), "damaged", "Copy or export it again"),
        (
            "r.csv.gz",
            gzip.compress(b"ID,Name\n" * 9999, mtime=0)[:60],
            "damaged",
            "Copy or export it again",
        ),
        ("r.xlsx.gz", gzip.compress(PNG, mtime=0), "only texts are read from gzip", "Unpack it"),
        (
            "r.parquet",
            b"PAR1" + bytes(40),
            "the Parquet file is damaged",
            "Copy or export it again",
        ),
        ("r.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "damaged", "Copy or export"),
    ],
)
def test_a_file_that_is_no_register_gets_one_sentence_and_a_way_out(
    tmp_path: Path, name: str, content: bytes, why: str, todo: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    text = refusal(path)
    assert why in text
    assert todo in text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (
            "register.xlsx",
            compound_file({"EncryptionInfo": b"4", "EncryptedPackage": bytes(9000)}),
            "locked with a password",
        ),
        ("register.xls", xls([["ID", "Cost"], ["P1", 1.0]], locked=True), "locked with a password"),
        (
            "plan.mpp",
            compound_file({"\x01CompObj": b"MSProject.Project.9"}),
            "Microsoft Project file",
        ),
        ("case.doc", compound_file({"WordDocument": b"text"}), "Word document"),
    ],
)
def test_a_compound_file_that_is_no_workbook_says_what_it_is(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert why in refusal(path)


@pytest.mark.parametrize(
    ("part", "why"), [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint")]
)
def test_an_office_file_under_the_name_of_a_workbook_says_what_it_is(
    tmp_path: Path, part: str, why: str
) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "<x/>")

    assert why in refusal(path)


def test_a_file_that_is_not_there_and_a_folder_are_said(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "gone.csv")
    assert "this is a folder" in refusal(tmp_path)


def a_line_without_end(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"P1,Alpha " * 116_509)


def a_bomb_of_blanks(path: Path) -> None:
    """A worksheet of 256 MB that packs into a quarter of one."""
    _repack(path, b" " * (1 << 20), times=256)


def a_bomb_that_understates_itself(path: Path) -> None:
    """The same, but the zip declares 1,000 bytes."""
    _repack(path, b" " * (1 << 20), times=256)
    packed = path.read_bytes()
    true_size = (256 << 20) + len(_SHEET)
    path.write_bytes(packed.replace(true_size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))


def a_cell_at_the_far_corner(path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["ID", "Name"])
    sheet.write(1_048_575, 16_383, "x")
    workbook.close()


def a_text_that_all_cells_share(path: Path) -> None:
    """200,000 cells show one text of 30,000 characters: half a megabyte that would become 6 GB."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    text = "late " * 6000
    for row in range(20_000):
        sheet.write_row(row, 0, [text] * 10)
    workbook.close()


def a_gzip_of_nothing(path: Path) -> None:
    with gzip.open(path, "wb") as file:
        for _ in range(128):
            file.write(b"\n" * (1 << 20))


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
)


def _repack(path: Path, block: bytes, *, times: int) -> None:
    workbook = xlsxwriter.Workbook(str(path))
    workbook.add_worksheet().write(0, 0, "ID")
    workbook.close()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            with package.open(name, "w") as part:
                if not name.endswith("sheet1.xml"):
                    part.write(content)
                    continue
                part.write(_SHEET)
                for _ in range(times):
                    part.write(block)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
@pytest.mark.parametrize(
    ("make", "name", "why"),
    [
        (a_line_without_end, "register.csv", "line 1"),
        (a_bomb_of_blanks, "register.xlsx", "would unpack to more than"),
        (a_bomb_that_understates_itself, "register.xlsx", "damaged"),
        (a_cell_at_the_far_corner, "register.xlsx", "1,048,576 rows by 16,384 columns"),
        (a_text_that_all_cells_share, "register.xlsx", "the texts in its cells come to"),
        (a_gzip_of_nothing, "register.csv.gz", "MB of text"),
    ],
)
def test_a_file_made_to_overwhelm_is_refused_at_bounded_memory(
    tmp_path: Path, make: Callable[[Path], None], name: str, why: str
) -> None:
    path = tmp_path / name
    make(path)

    script = (
        "import sys; from pathlib import Path; from trackrecord.readers import read\n"
        "from trackrecord.errors import UnreadableSource\n"
        "try: read(Path(sys.argv[1]))\n"
        "except UnreadableSource as refusal: print(refusal)\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.split('VmHWM:')[1].split()[0])\n"
    )
    run = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    text, peak = run.stdout.splitlines()
    assert why in text
    # The interpreter and its libraries take some 80 MB of this.
    assert int(peak) < 200 * 1024


def a_workbook(path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["ID", "Name", "Cost"])
    sheet.write_row(1, 0, ["P1", "Alpha", 3])
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    workbook.close()


def an_open_document(path: Path) -> None:
    pd.DataFrame({"ID": [1, 2], "Name": ["Alpha", "Beta"]}).to_excel(path, engine="odf")


def an_old_workbook(path: Path) -> None:
    path.write_bytes(xls([["ID", "Cost"], ["P1", 3.0], ["P2", "#REF!"]]))


def a_parquet_table(path: Path) -> None:
    pd.DataFrame({"ID": [1, 2], "Name": ["Alpha", "Beta"]}).to_parquet(path)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (a_workbook, "register.xlsx"),
        (an_open_document, "register.ods"),
        (an_old_workbook, "register.xls"),
        (a_parquet_table, "register.parquet"),
    ],
)
def test_a_file_cut_off_or_spoilt_anywhere_is_read_or_refused(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    """Never another error, and never one without words: seeded, so that it fails alike for all."""
    path = tmp_path / name
    make(path)
    whole, chance, refused = path.read_bytes(), random.Random(17), 0
    for _ in range(40):
        spoilt = bytearray(
            whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole
        )
        for _ in range(min(3, len(spoilt))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        path.write_bytes(spoilt)
        try:
            read(path)
        except UnreadableSource:
            refused += 1

    assert refused > 0
