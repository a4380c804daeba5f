"""Goals: pasted from a strategy page, dropped as a list, one by one."""

from __future__ import annotations

from typing import ClassVar, Final

from django import forms

from backing.benefits.forms.owned import OwnedForm, OwnerField
from backing.benefits.models import StrategyGoal
from backing.people.rosters.dropped import ListField

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
    file = ListField(
        of="goals",
        help_text="A header and a row a goal. Its name is enough; owner, how much by when, and period are read too.",
    )


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
