"""Opening a pulse, and answering it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms

from backing.rhythm.models.pulses import MARKS, QUESTIONS, SHOWN_FROM, PulseGroup
from boardpaper.wording import en

_MOST_ASKED, _LONGEST = 200, timedelta(days=30)
_AT_THE_ENDS: Final = {1: "1, not at all", 5: "5, fully"}


class OpenPulseForm(forms.Form):
    """How many are asked in each group, and until when."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        for who, label in PulseGroup.Who.choices:
            self.fields[who] = forms.IntegerField(
                label=f"{label} asked",
                required=False,
                min_value=0,
                max_value=_MOST_ASKED,
                help_text=f"None, or {SHOWN_FROM} or more. Each gets a link of their own.",
            )
        last = today + _LONGEST
        self.fields["closes"] = forms.DateField(
            label="Last day to answer",
            initial=today + timedelta(days=7),
            widget=forms.DateInput(
                {"type": "date", "min": today.isoformat(), "max": last.isoformat()},
                format="%Y-%m-%d",
            ),
        )

    def clean_closes(self) -> date:
        closes: date = self.cleaned_data["closes"]
        last = self.today + _LONGEST
        if not self.today <= closes <= last:
            raise forms.ValidationError(
                f"Give a day from today up to {en.day(last)}: a pulse is short."
            )
        return closes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        counts = {who: given.get(who) or 0 for who in PulseGroup.Who.values}
        for who, count in counts.items():
            if 0 < count < SHOWN_FROM:
                self.add_error(
                    who, "Of fewer than five nothing may be shown. Ask five or more, or none."
                )
        if not self.errors and not any(counts.values()):
            self.add_error(PulseGroup.Who.PROJECT_MANAGERS, "Say how many are asked.")
        return given

    @property
    def asked(self) -> dict[str, int]:
        counts = {who: self.cleaned_data[who] for who in PulseGroup.Who.values}
        return {who: count for who, count in counts.items() if count}


class AnswerPulseForm(forms.Form):
    """Two marks and, for whoever likes, two lines.  All may be left out, though not all together."""

    to_stop = forms.CharField(label="One thing we should stop", max_length=200, required=False)
    to_start = forms.CharField(label="One thing we should start", max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, words in QUESTIONS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=words,
                choices=[(mark, _AT_THE_ENDS.get(mark, str(mark))) for mark in MARKS],
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
            )
        self.order_fields((*QUESTIONS, "to_stop", "to_start"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise forms.ValidationError("Give one answer at least, then send it.")
        return given

    @property
    def marks(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in QUESTIONS if self.cleaned_data[key]}
