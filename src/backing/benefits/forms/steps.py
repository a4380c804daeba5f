"""One step of the line, or one benefit with its full profile."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backing.benefits.forms.owned import OwnedForm
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    Outcome,
    Output,
)
from backing.benefits.titles import what_is_wrong


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class OutputForm(OwnedForm):
    class Meta:
        model = Output
        fields = ("name",)


class CapabilityForm(OwnedForm):
    class Meta:
        model = Capability
        fields = ("name",)


class OutcomeForm(OwnedForm):
    class Meta:
        model = Outcome
        fields = ("name",)


class ChangeForm(OwnedForm):
    class Meta:
        model = BusinessChange
        fields = ("name", "agreed", "by")
        widgets: ClassVar = {"by": _day()}

    field_order = ("name", "owner_name", "agreed", "by")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("agreed") and not given.get("owner_name"):
            self.add_error("owner_name", "Name the owner who has agreed.")
        return given


class BenefitForm(OwnedForm):
    """The profile.  A share that we claim needs a reason, a target a day."""

    class Meta:
        model = BenefitProfile
        fields = (
            *("title", "description", "kind", "value_type", "for_units", "for_people"),
            *("interests", "measure", "measured_by", "observable_test", "baseline"),
            *("target", "target_date", "first_visible"),
            *("attribution_share", "attribution_reason", "assumptions", "risks"),
            *("is_described", "is_observed", "is_attributed", "is_measured", "status"),
        )
        labels: ClassVar = {
            "title": "What improves",
            "for_units": "Units that gain",
            "for_people": "People who gain",
            "interests": "What leaders said they care about, and this answers",
            "baseline": "Where it stood, as it was fixed in writing",
            "attribution_share": "Our part in it, 0 to 1",
        }
        help_texts: ClassVar = {
            "title": "Begins with more, fewer, less, faster, lower, earlier …",
            "attribution_share": "Only where we claim a part; 0.4 is two fifths.",
        }
        widgets: ClassVar = {
            "target_date": _day(),
            "first_visible": _day(),
            "description": forms.Textarea({"rows": 3}),
            "assumptions": forms.Textarea({"rows": 2}),
            "risks": forms.Textarea({"rows": 2}),
        }

    field_order = ("title", "description", "owner_name")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        measured = bool(given.get("measure") or given.get("measured_by"))
        wrong = what_is_wrong(given.get("title", ""), is_measured=measured)
        if wrong and given.get("title"):
            self.add_error("title", wrong)
        share = given.get("attribution_share")
        if share is not None and not 0 <= share <= 1:
            self.add_error("attribution_share", "A share lies between 0 and 1: 0.4 is two fifths.")
        if share is not None and not given.get("attribution_reason"):
            self.add_error("attribution_reason", "Say why that share: finance will ask.")
        if given.get("target") is not None and given.get("target_date") is None:
            self.add_error("target_date", "By when? A target without a day is a wish.")
        baseline, measure = given.get("baseline"), given.get("measure")
        if baseline is not None and baseline.measure_id != getattr(measure, "pk", None):
            self.add_error("baseline", "That baseline is of another measure.")
        return given
