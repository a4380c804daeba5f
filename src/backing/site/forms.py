"""Forms of the site, and how a field is told apart when it is wrong."""

from __future__ import annotations

import calendar
from typing import ClassVar

from django import forms

from backing.people.models import Organisation

MONTHS = [(number, calendar.month_name[number]) for number in range(1, 13)]


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    fiscal_year_starts = forms.TypedChoiceField(
        label="Fiscal year starts in", choices=MONTHS, coerce=int
    )

    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        help_text="The code of three letters, for example EUR, GBP or USD. It is assumed where a "
        "register names none.",
        error_messages={"invalid": "Give the three letters of the currency, for example EUR."},
    )

    class Meta:
        model = Organisation
        fields = ("name", "currency", "fiscal_year_starts", "language")
        help_texts: ClassVar = {
            "name": "As it should stand on the title page of what management reads.",
            "language": "Others will follow.",
        }

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()
