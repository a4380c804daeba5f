"""Not now, with a reason; another threshold; the day of a digest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from backing.people.advising import Threshold
from backing.rhythm.models import PutOff, WeeklyDigest
from backing.rhythm.models.week import LONGEST
from boardpaper.wording import en

LATER, NEVER = "later", "never"


class PutOffForm(forms.Form):
    """until: a day, or None for never."""

    reason = forms.ChoiceField(label="Why not now", choices=PutOff.Reason.choices)
    how_long = forms.ChoiceField(
        label="How long",
        choices=[(LATER, "Until the day below"), (NEVER, "Do not show it again")],
        initial=LATER,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.last = today, today + LONGEST
        self.fields["until"] = forms.DateField(
            label="Until",
            required=False,
            widget=forms.DateInput(
                {"type": "date", "max": self.last.isoformat()}, format="%Y-%m-%d"
            ),
            help_text=f"{LONGEST.days} days from today at most.",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("how_long") == NEVER:
            data["until"] = None
            return data
        until = data.get("until")
        if "until" not in self.errors and until is None:
            self.add_error("until", "Give the day on which it should come back.")
        elif until and not self.today < until <= self.last:
            self.add_error("until", f"Give a day after today, up to {en.day(self.last)}.")
        return data


class ThresholdForm(forms.Form):
    why = forms.CharField(
        label="Why another",
        max_length=200,
        required=False,
        help_text="For whoever reads the rule later.",
    )

    def __init__(self, *args: Any, threshold: Threshold, **options: Any) -> None:
        super().__init__(*args, **options)
        least, most = threshold.least, threshold.most
        self.fields["value"] = forms.FloatField(
            label=f"{threshold.name.capitalize()}{f', {threshold.unit}' if threshold.unit else ''}",
            min_value=least,
            max_value=most,
            help_text=f"From {least:g} to {most:g}. {threshold.default:g} unless somebody sets another.",
        )
        self.order_fields(("value", "why"))


class DigestForm(forms.Form):
    """The day on which somebody wants their digest."""

    weekday = forms.TypedChoiceField(label="On", choices=WeeklyDigest.Weekday.choices, coerce=int)
