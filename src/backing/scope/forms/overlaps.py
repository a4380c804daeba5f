"""What came of speaking with another unit about work that both may do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.people.models import Person
from backing.scope.forms.fields import DayField
from backing.scope.models import Activity, OverlapTalk


class TalkForm(forms.Form):
    spoken_on = DayField(label="Spoken on")
    with_whom = forms.CharField(
        label="With whom",
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "persons", "autocomplete": "off"}),
    )
    outcome = forms.ChoiceField(label="What came of it", choices=OverlapTalk.Outcome.choices)
    agreed = forms.CharField(label="What was agreed", max_length=200, required=False)

    def __init__(self, data: QueryDict | None = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today
        self.fields["spoken_on"].initial = today

    def clean_spoken_on(self) -> date:
        on: date = self.cleaned_data["spoken_on"]
        if on > self.today:
            raise forms.ValidationError("That day has not come yet. Give one up to today.")
        return on

    def clean_with_whom(self) -> Person | None:
        name = " ".join(self.cleaned_data["with_whom"].split())
        found = list(Person.objects.filter(full_name__iexact=name, erased_at=None)[:2])
        if name and len(found) != 1:
            raise forms.ValidationError(
                f"{'Two people are' if found else 'Nobody here is'} called {name}. Choose one of the list."
            )
        return found[0] if found else None


class MarkForm(forms.Form):
    """Two activities that a person says may be the same."""

    ours = forms.ModelChoiceField(Activity.objects.none(), label="Ours")
    theirs = forms.ModelChoiceField(Activity.objects.none(), label="Theirs")

    def __init__(self, data: QueryDict | None = None, *, activities: QuerySet[Activity]) -> None:
        super().__init__(data)
        ours: Any = self.fields["ours"]
        theirs: Any = self.fields["theirs"]
        ours.queryset = Activity.objects.filter(pk__in=activities).ours()
        theirs.queryset = Activity.objects.filter(pk__in=activities).of_neighbours()
        theirs.label_from_instance = lambda each: f"{each.org_unit}: {each.name}"
