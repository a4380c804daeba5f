"""Forms of the duties: the grounds, requests, statements, erasure."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django import forms
from django.http import QueryDict

from backing.people.held import name_of
from backing.people.legitimate_interests import QUESTIONS
from backing.people.models import Erasure, LegitimateInterests

Day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class GroundsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """The four answers; offered in words to start from, never saved unseen."""

    class Meta:
        model = LegitimateInterests
        fields = tuple(each.field for each in QUESTIONS)
        labels: ClassVar = {each.field: each.asks for each in QUESTIONS}
        help_texts: ClassVar = {each.field: each.help for each in QUESTIONS}
        widgets: ClassVar = {each.field: forms.Textarea({"rows": 5}) for each in QUESTIONS}

    def __init__(
        self, data: QueryDict | None = None, *, instance: LegitimateInterests | None
    ) -> None:
        offered = {each.field: each.offered for each in QUESTIONS} if instance is None else None
        super().__init__(data, instance=instance, initial=offered)


class DayForm(forms.Form):
    """A day that has come."""

    on = forms.DateField(label="On", widget=Day)

    def __init__(self, data: QueryDict | None = None, *, today: date, label: str = "") -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        if label:
            self.fields["on"].label = label

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day has not come yet. Give today or an earlier day.")
        return on


class StatementForm(forms.Form):
    """What the person says themselves, and beside which entry it stands."""

    entry = forms.CharField(
        label="About which entry",
        max_length=60,
        required=False,
        help_text="As the pack names it, for example Stance assessment 12. Leave it empty for all of it.",
    )
    words = forms.CharField(
        label="In their words", max_length=600, widget=forms.Textarea({"rows": 4})
    )

    def clean_entry(self) -> str:
        return name_of(self.cleaned_data["entry"])


class ErasureForm(forms.Form):
    """Not by a slip: the name is typed."""

    why = forms.ChoiceField(label="Why", choices=Erasure.Why.choices)
    name = forms.CharField(label="Type their name, to be sure", max_length=120)

    def __init__(self, data: QueryDict | None = None, *, name: str) -> None:
        super().__init__(data)
        self.expected = name

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if name.split() != self.expected.split():
            raise forms.ValidationError(f"Type it as it stands here: {self.expected}.")
        return name
