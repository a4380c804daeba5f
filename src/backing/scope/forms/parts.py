"""Who does what, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.people.models import OrgUnit
from backing.scope.forms.fields import DayField, PartyField
from backing.scope.models import Activity, RaciAssignment


class PartForm(forms.Form):
    activity = forms.ModelChoiceField(Activity.objects.none(), label="In which activity")
    party = PartyField(
        label="Who",
        max_length=120,
        widget=forms.TextInput({"list": "parties", "autocomplete": "off"}),
        help_text="A unit or a person, by name.",
    )
    role = forms.ChoiceField(label="Does what", choices=RaciAssignment.Part.choices)
    begins = DayField(label="From")
    until = DayField(label="To, the last day", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, activities: QuerySet[Activity], today: date
    ) -> None:
        super().__init__(data, initial={"begins": today})
        activity: Any = self.fields["activity"]
        activity.queryset = activities

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, until = given.get("begins"), given.get("until")
        if begins and until and until < begins:
            self.add_error("until", "That is before the first day. Give one from then on.")
        return given

    @property
    def part(self) -> RaciAssignment:
        given = dict(self.cleaned_data)
        party = given.pop("party")
        name = "unit" if isinstance(party, OrgUnit) else "person"
        return RaciAssignment(**given, **{name: party})
