"""Fields that several forms have: days, parties by name."""

from __future__ import annotations

from typing import Any

from django import forms

from backing.people.models import OrgUnit, Person


class DayField(forms.DateField):
    """A day, chosen from a calendar where the browser has one."""

    widget = forms.DateInput

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no such type at run time
    """A unit of the organisation."""

    def __init__(self, **options: Any) -> None:
        super().__init__(OrgUnit.objects.all(), **options)


class PartyField(forms.CharField):
    """A unit or a person, by name; gives the one or the other."""

    def clean(self, value: Any) -> Any:
        name = " ".join(super().clean(value).split())
        if not name:
            return None
        unit = OrgUnit.objects.filter(name__iexact=name).first()
        if unit is not None:
            return unit
        people = list(Person.objects.filter(full_name__iexact=name, erased_at=None)[:2])
        if len(people) == 1:
            return people[0]
        raise forms.ValidationError(
            f"Two people here are called {name}. Name their unit instead."
            if people
            else f"No unit and no person here is called {name}. Choose one of the list."
        )


def lines(
    label: str, most: int, *, rows: int = 2, required: bool = True, help_text: str = ""
) -> forms.CharField:
    """A text of a few lines."""
    widget = forms.Textarea({"rows": rows, "maxlength": most})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )
