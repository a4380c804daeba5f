"""A line in a minute: what stands between our work and a goal, each by name."""

from __future__ import annotations

from typing import Any

from django import forms

from backing.benefits.actions.lines import Typed
from backing.benefits.forms.owned import OwnerField
from backing.benefits.models import ContributionLink
from backing.benefits.titles import what_is_wrong


def _step(label: str, layer: str, most: int = 120, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput({"list": f"known-{layer}", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=most, widget=widget, help_text=help_text
    )


class _Firm(forms.Form):
    """Why, and how firmly that is known."""

    rationale = forms.CharField(
        label="Why does the one lead to the other?",
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
    )
    confidence = forms.ChoiceField(
        label="How firmly is that known?",
        choices=ContributionLink.Confidence.choices,
        initial=ContributionLink.Confidence.ASSUMED,
    )
    evidence = forms.CharField(
        label="What shows it",
        required=False,
        max_length=300,
        help_text="Only where it is evidenced: the figure, the reading, the report.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("confidence") == "evidenced" and not given.get("evidence"):
            self.add_error("evidence", "Say what shows it, or call it plausible.")
        return given


class LineForm(_Firm):
    activity = _step("We do", "activity")
    output = _step("which produces", "output")
    capability = _step("which makes possible", "capability", help_text="May be left out.")
    change = _step("so that others", "change", help_text="What the business does differently.")
    owner = OwnerField("owned by", help_text="Somebody in the business, not in the office.")
    outcome = _step("and then", "outcome", help_text="How things are once they do.")
    benefit = _step(
        "What improves", "benefit", 100, "Begins with more, fewer, less, faster, lower, earlier …"
    )
    goal = _step("for the goal", "goal")
    source = forms.CharField(
        label="Which document says that goal",
        required=False,
        max_length=200,
        help_text="Only where the goal is new here.",
    )

    field_order = (
        *("activity", "output", "capability", "change", "owner", "outcome", "benefit", "goal"),
        *("source", "rationale", "confidence", "evidence"),
    )

    def clean_benefit(self) -> str:
        title: str = self.cleaned_data["benefit"].strip()
        wrong = what_is_wrong(title, is_measured=False) if title else ""
        if wrong:
            raise forms.ValidationError(wrong)
        return title

    @property
    def typed(self) -> Typed:
        given = {name: value for name, value in self.cleaned_data.items() if name != "source"}
        return Typed(**given)


class LinkForm(_Firm):
    """One link: why, and how firm."""
