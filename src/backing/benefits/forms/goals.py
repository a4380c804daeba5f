"""Goals: pasted from a strategy page, dropped as a list, one by one."""

from __future__ import annotations

from typing import ClassVar, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from backing.benefits.forms.owned import OwnedForm, OwnerField
from backing.benefits.models import StrategyGoal

_MOST_BYTES: Final = 20 << 20
_SOURCE: Final = "For example: Strategy 2028, page 4, adopted in March."


def _source() -> forms.CharField:
    return forms.CharField(label="Which document says so", max_length=200, help_text=_SOURCE)


class PasteForm(forms.Form):
    source = _source()
    text = forms.CharField(
        label="The page, or the part of it with the goals",
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text="Each line is proposed as a goal. You choose which are.",
    )


class ListForm(forms.Form):
    source = _source()
    file = forms.FileField(
        label="A list of goals, CSV or Excel",
        help_text="A header and a row a goal. Its name is enough; owner, how much by when, and period are read too.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError(
                "The file is larger than 20 MB. Save the list of goals alone, as CSV, and drop that."
            )
        return file


class GoalForm(OwnedForm):
    owner_name = OwnerField("Which leader owns it")

    class Meta:
        model = StrategyGoal
        fields = (
            "name",
            "wanted",
            "period",
            "source",
            "measure",
            "status",
            "no_contribution_reason",
        )
        labels: ClassVar = {"measure": "Measure that shows it"}
        help_texts: ClassVar = {
            "wanted": "For example: 9 in 10 by 2027.",
            "no_contribution_reason": "Only where nothing we do reaches it, and that is right: so you "
            "can say it if asked.",
        }

    field_order = ("name", "owner_name")
