"""A Problem: what was found in a source, what was expected, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Extent = Literal["row", "cell", "column", "file"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing in a source that is not as it should be.

    file, sheet, row, column: the place.  `row` is the number a user sees in the spreadsheet or
    text file (1 is the first line); 0 when the problem is not of one row.  `column` is the header
    as it stands in the file.
    found: the text as it stands (cut to 80 characters).  expected: what would have been read.
    todo: what to do, one sentence.
    extent: "row" when the whole row was not taken; "cell" when the row was taken without that
    cell; "column" or "file" for something noticed about all of it (nothing was lost).
    code: a short stable name to fold alike problems by, e.g. "not-a-date".
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    found: str = ""
    expected: str = ""
    todo: str = ""
    extent: Extent = "cell"
    code: str = ""
