"""The workbook as a file: a cover, then a sheet for each kind of record."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from backing.people.access import strictest
from backing.people.models import AccessLog, Account, Organisation
from backing.people.workbook.cells import harmless
from backing.people.workbook.columns import Column, Kind, columns
from backing.people.workbook.declared import Sheet
from backing.people.workbook.office import Here

COVER: Final = "Read me first"
KEY: Final = "Key"
WRITTEN: Final = "Written on"
LOGGED_AS: Final = "Workbook of everything typed"
_WIDTHS: Final = {Kind.TEXT: 30, Kind.NUMBER: 12, Kind.DAY: 12, Kind.MOMENT: 19}
_LIST_HOLDS: Final = 255  # letters of a list to choose from
_RULES: Final = (
    (
        "Change cells and add rows here, then bring the workbook back: Settings, Everything in one workbook. "
        "You see what would change before anything does."
    ),
    "Leave the column Key as it is: by it a row is known again, whatever you call it. A new row has no key.",
    "A row that you take out stays in the office: nothing is deleted by bringing a workbook back.",
    (
        "Where a cell names another row, write what that row is called. Where two are called so, add the key: "
        "Ann Field [key]."
    ),
    "Sheets and columns may be moved, hidden or taken out; their names may not change.",
    "What begins with =, +, - or @ has an apostrophe in front, so that no program runs it. Leave it there.",
    (
        "What was said or thought about a person (where they stand, what was heard) is not in here, and no "
        "password, link, issued document or figure computed from the registers."
    ),
)


@dataclass(frozen=True, slots=True)
class Made:
    """rows: how many the workbook holds."""

    content: bytes
    rows: int


def write(viewer: Account, *, now: datetime) -> Made:
    """Everything typed that this viewer may see.  That it was written out is logged."""
    import xlsxwriter

    here = Here(viewer)
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": LOGGED_AS, "author": "", "company": ""})
        pen = _Pen(book)
        _cover(book.add_worksheet(COVER), here, pen, now)
        for sheet in here.sheets:
            _sheet(book.add_worksheet(sheet.title), sheet, here, pen)
    count = sum(len(rows) for rows in here.rows.values())
    AccessLog.objects.create(
        who=viewer, what=LOGGED_AS, count=count, purpose="Written out as a workbook", at=now
    )
    return Made(out.getvalue(), count)


class _Pen:
    """The ways in which cells are set."""

    def __init__(self, book: Any) -> None:
        ground = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self.title = book.add_format({**ground, "bold": True, "font_size": 18})
        self.words = book.add_format({**ground, "text_wrap": True})
        self.strong = book.add_format({**ground, "bold": True})
        self.link = book.add_format({**ground, "font_color": "#1F4E79", "underline": 1})
        self.head = book.add_format(
            {**ground, "bold": True, "bottom": 1, "bg_color": "#F3ECDD", "text_wrap": True}
        )
        self.key = book.add_format({**ground, "font_color": "#8A8A8A"})
        self.number = book.add_format({**ground})
        self.day = book.add_format({**ground, "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format(
            {**ground, "num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}
        )


def _cover(page: Any, here: Here, pen: _Pen, now: datetime) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 8)
    page.set_column(2, 2, 92)
    page.set_column(3, 3, 32)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_row(0, 28)
    page.write_string(
        0, 0, harmless(f"{Organisation.ours().on_paper}: everything typed"), pen.title
    )
    told = (
        (WRITTEN, timezone.localtime(now).replace(tzinfo=None).isoformat(" ", "seconds")),
        ("Written by", str(here.viewer)),
        ("Who may read it", _of_the_whole(here)),
    )
    for number, (name, said) in enumerate(told, start=2):
        page.write_string(number, 0, name, pen.strong)
        page.write_string(number, 2, harmless(said), pen.words)
    number = len(told) + 3
    page.write_string(number, 0, "How to bring it back", pen.strong)
    for rule in _RULES:
        page.write_string(number, 2, rule, pen.words)
        page.set_row(number, 32)
        number += 1
    number += 1
    for place, head in enumerate(("Sheet", "Rows", "What a row is", "Who may read it")):
        page.write_string(number, place, head, pen.head)
    for line, sheet in enumerate(here.sheets, start=number + 1):
        page.write_url(line, 0, f"internal:'{sheet.title}'!A1", pen.link, sheet.title)
        page.write_number(line, 1, len(here.rows[sheet.label]), pen.number)
        said = " ".join(_told_of(sheet))
        page.write_string(line, 2, said, pen.words)
        page.write_string(line, 3, sheet.confidentiality.label, pen.words)
        page.set_row(line, 16 * (1 + len(said) // 100))


def _of_the_whole(here: Here) -> str:
    found = strictest(sheet.confidentiality for sheet in here.sheets)
    return f"{found.label}. Keep it as you keep the office itself."


def _told_of(sheet: Sheet) -> Iterator[str]:
    yield sheet.holds
    if sheet.only_here:
        yield sheet.only_here
    elif sheet.stands:
        yield f"{sheet.stands} Rows may be added."
    elif sheet.stands_once:
        heads = {column.name: column.heading for column in columns(sheet.label)}
        said = " or ".join(f"“{heads[name]}”" for name in sheet.stands_once)
        yield f"A row with {said} filled stands as it is."


def _sheet(page: Any, sheet: Sheet, here: Here, pen: _Pen) -> None:
    kept = columns(sheet.label)
    rows = here.rows[sheet.label]
    page.freeze_panes(1, 2)
    page.set_column(0, 0, 12, pen.key)
    page.set_header(f"&L{sheet.title}&R{sheet.confidentiality.label}")
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.write_string(0, 0, KEY, pen.head)
    for place, column in enumerate(kept, start=1):
        page.set_column(place, place, _WIDTHS[column.kind])
        page.write_string(0, place, column.heading, pen.head)
        _offer(page, place, column, len(rows))
    for number, row in enumerate(rows.values(), start=1):
        page.write_string(number, 0, here.keys.of(sheet.label, row.pk), pen.key)
        for place, column in enumerate(kept, start=1):
            _cell(page, number, place, column.text(row, here.names), column.kind, pen)
    page.autofilter(0, 0, max(len(rows), 1), len(kept))


def _offer(page: Any, place: int, column: Column, rows: int) -> None:
    """A list to choose from, for the rows that are there and as many new ones."""
    choices = [each for each in column.choices if "," not in each]
    if choices and len(choices) == len(column.choices) and len(",".join(choices)) <= _LIST_HOLDS:
        page.data_validation(
            1,
            place,
            2 * rows + 200,
            place,
            {"validate": "list", "source": choices, "error_type": "warning"},
        )


def _cell(page: Any, number: int, place: int, text: str, kind: Kind, pen: _Pen) -> None:
    if not text:
        return
    if kind is Kind.NUMBER and _is_exact(text):
        page.write_number(number, place, float(text), pen.number)
    elif kind in (Kind.DAY, Kind.MOMENT) and text >= "1900-03-01":
        form = pen.day if kind is Kind.DAY else pen.moment
        page.write_datetime(number, place, datetime.fromisoformat(text), form)
    else:
        page.write_string(number, place, harmless(text), pen.words)


def _is_exact(text: str) -> bool:
    """Whether a spreadsheet's number, which is a float, says the same."""
    return Decimal(repr(float(text))) == Decimal(text) and len(text.strip("-0.")) <= 15
