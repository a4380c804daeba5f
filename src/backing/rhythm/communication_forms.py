"""One line of the communication plan."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from backing.people.named import SeveralOfThatName, person_named
from backing.rhythm.models import CommunicationPlanItem


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class CommunicationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """Who is told what, how, how often, by whom, from when."""

    owner_name = forms.CharField(label="Who tells them", max_length=120)

    class Meta:
        model = CommunicationPlanItem
        fields = (
            *("audience", "message", "channel", "every_days", "owner_name"),
            *("begins_on", "last_sent"),
        )
        widgets: ClassVar = {
            "message": forms.Textarea({"rows": 2}),
            "begins_on": _day(),
            "last_sent": _day(),
        }
        labels: ClassVar = {"every_days": "Every how many days"}
        help_texts: ClassVar = {
            "audience": "For example the management board, or all project managers.",
            "message": "What they get from it, in a sentence; not the name of a report.",
            "channel": "Where they already are: ten minutes in the board, a letter, the town hall.",
            "every_days": "7 is weekly, 30 about monthly, 91 about quarterly.",
            "last_sent": "Blank, if it never was.",
        }

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        if self.instance.pk:
            self.initial["owner_name"] = str(self.instance.owner)
        else:
            self.initial.setdefault("begins_on", today)

    def clean_owner_name(self) -> str:
        try:
            self.instance.owner = person_named(self.cleaned_data["owner_name"])
        except SeveralOfThatName as error:
            raise forms.ValidationError(str(error)) from error
        return str(self.cleaned_data["owner_name"])

    def clean_last_sent(self) -> date | None:
        told: date | None = self.cleaned_data["last_sent"]
        if told is not None and told > self.today:
            raise forms.ValidationError("That day is still to come. Put down what has been told.")
        return told
