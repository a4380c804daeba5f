"""What an owner types over, and how the office names an owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from backing.evidence.agreed import Coded
from backing.evidence.cells import LONGEST, STATES, CannotRead, Cell, read
from backing.evidence.owners import OwnersRow
from backing.evidence.taxonomy import choices
from trackrecord.decisions import Value

_INPUTS = {
    "money": {"inputmode": "decimal", "autocomplete": "off"},
    "day": {"type": "date", "max": "2199-12-31"},
    "words": {"maxlength": str(LONGEST), "autocomplete": "off"},
}


class RowForm(forms.Form):
    """The cells of one row as they stand, to be typed over, and its main cause."""

    def __init__(self, data: QueryDict | None = None, *, row: OwnersRow) -> None:
        super().__init__(data)
        self.row = row
        for cell in row.cells:
            self.fields[cell.field.fact] = _field(cell)
        self.fields["cause"] = forms.ChoiceField(
            label="Main cause, if it went wrong",
            choices=[
                ("", "none, or not known"),
                *choices(beside=[each.cause for each in row.causes]),
            ],
            required=False,
            initial=row.causes[0].cause if row.causes else "",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for cell in self.row.cells:
            self._read(cell, data)
        began, ended = data.get("state"), data.get("finished")
        if began == "open" and ended is not None and not self.errors:
            self.add_error(
                "state", "It has a day on which it finished. Choose finished, or clear the day."
            )
        return data

    @property
    def values(self) -> dict[str, Value]:
        """What the cells shall hold, by the fact's name."""
        return {cell.field.fact: self.cleaned_data[cell.field.fact] for cell in self.row.cells}

    @property
    def causes(self) -> list[Coded]:
        """The causes with the chosen one as the main one; those shown, where it is one of them."""
        chosen = self.cleaned_data["cause"]
        if not chosen:
            return []
        shown = [each.cause for each in self.row.causes]
        if shown and chosen == shown[0]:
            return list(self.row.causes)
        rest = [cause for cause in shown if cause != chosen] if chosen in shown else []
        return [Coded(chosen, "primary"), *(Coded(cause, "contributing") for cause in rest)]

    def _read(self, cell: Cell, data: dict[str, Any]) -> None:
        name = cell.field.fact
        typed = data.get(name, "")
        if typed == cell.to_type:
            data[name] = cell.holds
            return
        try:
            data[name] = read(typed, cell.field, cell.currency)
        except CannotRead as wrong:
            self.add_error(name, str(wrong))


class OwnerForm(forms.Form):
    """Somebody who owns projects."""

    full_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail", required=False)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ProposedForm(OwnerForm):
    """The owner of all projects of one manager, as the register writes the name."""

    manager = forms.CharField(max_length=200, widget=forms.HiddenInput)


class OneProjectForm(OwnerForm):
    """The owner of one project, named by its number."""

    number = forms.CharField(label="Project number", max_length=200)

    field_order = ("number", "full_name", "email")


def _field(cell: Cell) -> forms.Field:
    label = cell.label
    if cell.field.form == "money" and cell.currency:
        label = f"{label} ({cell.currency})"
    if cell.field.form == "state":
        return forms.ChoiceField(
            label=label,
            choices=[("", "not stated"), *STATES.items()],
            required=False,
            initial=cell.holds or "",
        )
    return forms.CharField(
        label=label,
        required=False,
        initial=cell.to_type,
        widget=forms.TextInput(_INPUTS[cell.field.form]),
    )
