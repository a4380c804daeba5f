"""Files as they are dropped, and columns as a person corrects them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from backing.evidence.column_choices import LEVELS, MARKS, ORDERS, SCALES, UNITS
from backing.evidence.field_words import WORDS
from backing.evidence.understood import CHOSEN, UnderstoodColumn, UnderstoodSheet, read_as
from backing.evidence.uploads import refusal
from trackrecord.layout import SHARED, ColumnMapping, DateOrder, Level, SheetMapping


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; within the bounds of uploads."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        del initial
        files = cast("Sequence[UploadedFile]", data or ())
        if why := refusal(files):
            raise forms.ValidationError(why)
        return list(files)


class DropForm(forms.Form):
    file = FilesField(label="Registers, schedules or status reports")


class ColumnsForm:
    """The columns of one sheet as a person wants them read.

    Only columns that the page showed are in the data; the others stay as they are.
    """

    def __init__(self, sheet: UnderstoodSheet, data: QueryDict, *, by: str) -> None:
        """by: the name of whoever corrects."""
        self._sheet, self._data, self._by = sheet, data, by
        self.errors: list[str] = []
        self._columns = tuple(self._column(column) for column in sheet.columns)
        self._as_at = self._day()
        self._refuse_rivals()

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def mapping(self) -> SheetMapping:
        """The sheet's mapping with what was corrected."""
        before = self._sheet.mapping
        level = self._data.get("level", "")
        return replace(
            before,
            columns=self._columns,
            register=self._data.get("register", "").strip()[:120] or before.register,
            level=cast("Level", level) if level in LEVELS else before.level,
            as_at=self._as_at,
        )

    @property
    def as_said(self) -> UnderstoodSheet:
        """The sheet as the person has it now, to be shown again beside what is wrong."""
        return read_as(self._sheet, self.mapping)

    def _column(self, column: UnderstoodColumn) -> ColumnMapping:
        before = column.mapping
        field = self._said("field", column, {"": "", **WORDS}, before.field or "")
        after = replace(
            before,
            field=field or None,
            date_order=cast(
                "DateOrder | None",
                self._said("order", column, ORDERS, before.date_order or "") or None,
            ),
            decimal=cast("Any", self._said("decimal", column, MARKS, before.decimal or "") or None),
            scale=float(self._said("scale", column, SCALES, "0")) or before.scale,
            unit=self._said("unit", column, UNITS, before.unit or "") or None,
            currency=self._currency(column),
        )
        if after == before:
            return before
        return replace(after, confidence=1.0, because=f"{CHOSEN}{self._by}")

    def _said(self, what: str, column: UnderstoodColumn, known: Any, before: str) -> str:
        """What the form says of a column; what was there where it says nothing that we know."""
        said = self._data.get(f"{what}-{column.place}")
        return said if said is not None and said in known else before

    def _currency(self, column: UnderstoodColumn) -> str | None:
        said = self._data.get(f"currency-{column.place}")
        if said is None:
            return column.mapping.currency
        code = said.strip().upper()
        if code == (column.mapping.currency or "").upper():
            return column.mapping.currency
        if code and not re.fullmatch("[A-Z]{3}", code):
            self.errors.append(
                f"The currency of “{column.header}” is {said.strip()[:20]!r}. Give its three letters, "
                "for example EUR, or leave it empty."
            )
            return column.mapping.currency
        return code or None

    def _day(self) -> date | None:
        said = self._data.get("as_at")
        if said is None:
            return self._sheet.mapping.as_at
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.errors.append(
                f"{said[:20]!r} is no day. Write the day these rows speak of as 2024-03-31."
            )
            return self._sheet.mapping.as_at

    def _refuse_rivals(self) -> None:
        """A field belongs to one column, but for ratings and texts."""
        by_field: dict[str, list[str]] = {}
        for column, mapping in zip(self._sheet.columns, self._columns, strict=True):
            if mapping.field and mapping.field not in SHARED:
                by_field.setdefault(mapping.field, []).append(f"“{column.header}”")
        for field, headers in by_field.items():
            if len(headers) > 1:
                all_ = "both" if len(headers) == 2 else "all"
                named = f"{', '.join(headers[:-1])} and {headers[-1]}"
                self.errors.append(
                    f"{named} cannot {all_} be “{WORDS[field]}”: one column gives it. Choose which, and set "
                    "the others to something else."
                )
