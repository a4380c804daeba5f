"""What is here, as the workbook would say it: rows, keys and names of every sheet that a viewer sees."""

from __future__ import annotations

from typing import Any

from backing.people.models import Account
from backing.people.workbook.columns import columns, keep_several
from backing.people.workbook.declared import Sheet, sheets
from backing.people.workbook.keys import Keys
from backing.people.workbook.names import Names


class Here:
    """Read once, for writing a workbook or for comparing one."""

    def __init__(self, viewer: Account) -> None:
        self.viewer = viewer
        self.keys = Keys()
        self.names = Names(self.keys)
        self.sheets = tuple(sheet for sheet in sheets() if sheet.is_read_by(viewer))
        self.rows: dict[str, dict[int, Any]] = {}
        for sheet in self.sheets:
            rows = sheet.rows(viewer)
            keep_several(sheet, rows)
            self.rows[sheet.label] = {row.pk: row for row in rows}
            self.keys.learn(sheet.label, rows)
            self.names.learn(sheet, rows)

    def texts(self, sheet: Sheet, row: Any) -> dict[str, str]:
        """The cells of a row, by field."""
        return {column.name: column.text(row, self.names) for column in columns(sheet.label)}
