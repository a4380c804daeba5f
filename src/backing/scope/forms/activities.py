"""What the office and its neighbours do."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from backing.people.models import OrgUnit
from backing.scope.forms.fields import DayField, UnitField
from backing.scope.models import Activity, OurUnit, Service
from backing.scope.models.codes import grouped

LONGEST: Final = 120


class OurUnitForm(forms.Form):
    """Which unit the office is: one that is here, or a new one by name."""

    name = forms.CharField(
        label="What is the office called?",
        max_length=80,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        help_text="As the organisation chart has it. If it is not there yet, it is put there.",
    )

    def clean_name(self) -> OrgUnit:
        name = " ".join(self.cleaned_data["name"].split())
        return OrgUnit.objects.filter(name__iexact=name).first() or OrgUnit(
            name=name, kind=OrgUnit.Kind.TEAM
        )


class QuickForm(forms.Form):
    """Activities by name, one a line: the rest can wait."""

    unit = UnitField(label="Of which unit?")
    names = forms.CharField(
        label="What does it do? One activity a line",
        max_length=6000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        ours = OurUnit.objects.first()
        super().__init__(data, initial={"unit": ours.unit_id if ours else None})

    def clean_names(self) -> list[str]:
        given = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(line for line in given if line))
        long = next((name for name in names if len(name) > LONGEST), None)
        if long:
            raise forms.ValidationError(
                f"An activity has at most {LONGEST} characters: {long[:40]}…"
            )
        return names


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    begins = DayField(label="First day", required=False)
    until = DayField(label="Last day", required=False)

    class Meta:
        model = Activity
        fields = (
            *("name", "org_unit", "code", "purpose", "required_by"),
            *("hours_per_month", "status", "begins", "until"),
        )
        labels: ClassVar = {
            "name": "What it is called",
            "hours_per_month": "Hours a month",
            "purpose": "What it is for",
        }
        help_texts: ClassVar = {
            "code": "Two units with the same kind of work on the same days are shown as doubled.",
            "required_by": "Only where a rule requires it: which one.",
        }

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        code: Any = self.fields["code"]
        code.choices = [("", "not said"), *grouped()]


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Service
        fields = (
            *("activity", "name", "category", "for_whom", "pain_addressed", "benefit"),
            *("how_to_request", "inputs_needed", "service_level"),
        )
        labels: ClassVar = {
            "activity": "Which activity is behind it",
            "name": "What it is called",
            "category": "Heading it stands under",
        }

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        activity: Any = self.fields["activity"]
        activity.queryset = Activity.objects.live().ours()
