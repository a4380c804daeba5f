"""Who comes on the list, and what was decided about those proposed."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from backing.leaders.forms.fields import DayField, words
from backing.leaders.models import Expectation, Interest, Leader
from backing.people.access import OFFICE
from backing.people.models import Account

MOST_AT_ONCE = 60


class NamesForm(forms.Form):
    """Names to add or to paste, a line each."""

    names = words(
        "Names",
        6_000,
        lines=4,
        help_text="One a line; after a comma, the post: Maria Ruiz, Chief Financial Officer",
    )

    def clean_names(self) -> list[tuple[str, str]]:
        """Name and post of each."""
        found = []
        for line in self.cleaned_data["names"].splitlines():
            name, _, post = (" ".join(part.split()) for part in _halves(line))
            if name:
                found.append((name, post))
        too_long = next((name for name, post in found if max(len(name), len(post)) > 120), None)
        if too_long:
            raise forms.ValidationError(
                f"A name or post has at most 120 characters; this one has more: {too_long[:40]}…"
            )
        if len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(
                f"At most {MOST_AT_ONCE} at once. For more, import the organisation chart."
            )
        return list(dict.fromkeys(found))


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        Account.objects.filter(is_active=True, role__in=OFFICE).select_related("person"),
        label="Who looks after them",
        help_text="They, and the head of the office, read what is thought of them.",
    )


class DismissalForm(forms.Form):
    reason = words("Why not", 200)


class MergeForm(forms.Form):
    def __init__(self, data: object = None, *, leaders: QuerySet[Leader]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the data of a request, or none
        self.fields["into"] = forms.ModelChoiceField(
            leaders.select_related("person"), label="The same as"
        )


class InterestForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    class Meta:
        model = Interest
        fields = ("statement", "source")
        labels = {"statement": "What they care about, in their words", "source": "Where from"}  # noqa: RUF012


class ExpectationForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    by_when = DayField(label="By when", required=False)

    class Meta:
        model = Expectation
        fields = ("benefit_expected", "by_when", "in_charter")
        labels = {  # noqa: RUF012
            "benefit_expected": "What they expect of the office",
            "in_charter": "Does the charter say so?",
        }


def _halves(line: str) -> tuple[str, str, str]:
    for mark in ("\t", ";", ","):
        if mark in line:
            return line.partition(mark)
    return line, "", ""
