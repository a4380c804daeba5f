"""What is done about one cause: by which activities, and how; or why nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from backing.scope.matrix import CauseRow
from backing.scope.models import Activity


class CauseForm(forms.Form):
    """A box and a line for each activity, and the reason for leaving the cause alone."""

    left = forms.CharField(
        label="Or leave it, because",
        required=False,
        max_length=200,
        help_text="For example: no office can change a law. It is said in the case, as it stands here.",
    )

    def __init__(
        self, data: QueryDict | None, *, row: CauseRow, activities: Sequence[Activity]
    ) -> None:
        super().__init__(data, initial={"left": row.left})
        self.activities = tuple(activities)
        for each in self.activities:
            self.fields[f"by_{each.pk}"] = forms.BooleanField(
                label=each.name, required=False, initial=each.pk in row.how
            )
            self.fields[f"how_{each.pk}"] = forms.CharField(
                label=f"What {each.name} does about it",
                required=False,
                max_length=200,
                initial=row.how.get(each.pk, ""),
                widget=forms.TextInput({"autocomplete": "off"}),
            )

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The box and the line of each activity, in their order."""
        for each in self.activities:
            yield self[f"by_{each.pk}"], self[f"how_{each.pk}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("left") and self.how:
            self.add_error(
                "left", "An activity is chosen above. Take it out, or leave this line empty."
            )
        return data

    @property
    def how(self) -> Mapping[Activity, str]:
        """What each chosen activity does about it; who writes how has chosen."""
        return {
            each: str(self.cleaned_data.get(f"how_{each.pk}", "")).strip()
            for each in self.activities
            if self.cleaned_data.get(f"by_{each.pk}") or self.cleaned_data.get(f"how_{each.pk}")
        }
