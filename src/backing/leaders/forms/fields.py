"""Fields that several forms have: days, and choices in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms


class Choose(forms.RadioSelect):
    """Buttons to choose by, each a line in words."""

    template_name = "leaders/_choose.html"


class DayField(forms.DateField):
    """A day; up_to: the latest that makes sense, said in one sentence when it is passed."""

    def __init__(
        self, *, up_to: date | None = None, since: date | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.up_to, self.since = up_to, since
        self.widget = forms.DateInput(
            {"type": "date"}
            | ({"max": up_to.isoformat()} if up_to else {})
            | ({"min": since.isoformat()} if since else {}),
            format="%Y-%m-%d",
        )

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and self.up_to and found > self.up_to:
            raise forms.ValidationError("That day has not come yet. Give one up to today.")
        if found and self.since and found < self.since:
            raise forms.ValidationError("That day is over. Give one from today on.")
        return found


def words(
    label: str, most: int, *, required: bool = True, lines: int = 1, help_text: str = ""
) -> forms.CharField:
    """A short text, of so many characters at most."""
    widget = (
        forms.Textarea({"rows": lines, "maxlength": most})
        if lines > 1
        else forms.TextInput({"autocomplete": "off"})
    )
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )
