"""Forms of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backing.people.models import Person
from backing.sponsor.actions import MOST_ASKS, Asked
from backing.sponsor.criteria import CRITERIA, SCORES
from backing.sponsor.models import (
    Override,
    SponsorAgreement,
    SponsorAssignment,
    SponsorRequest,
    SponsorUpdate,
    UpdateAsk,
    Win,
    WinShare,
)


def _lines(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


def _day(label: str, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class LinesField(forms.CharField):
    """Sentences, one a line."""

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(label=label, max_length=600, widget=_lines(3, 600), help_text=help_text)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class AssignmentForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    since = _day("Sponsor since")

    class Meta:
        model = SponsorAssignment
        fields = ("person", "origin", "since", "span", "deputy", "personal_success")
        labels: ClassVar = {
            "person": "Who",
            "origin": "How they came to it",
            "span": "Units in which they have the say, with all below",
            "deputy": "Who stands in for them",
            "personal_success": "What success looks like for them",
        }


class CandidateForm(forms.Form):
    """A score of each criterion, with its reason."""

    person = forms.ModelChoiceField(Person.objects.all(), label="Who might be the sponsor?")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        for name, label in CRITERIA.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=SCORES.items(), coerce=int, initial=1
            )
            self.fields[f"{name}_why"] = forms.CharField(label="Because", max_length=160)

    @property
    def scores(self) -> dict[str, tuple[int, str]]:
        given = self.cleaned_data
        return {name: (given[name], given[f"{name}_why"]) for name in CRITERIA}


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    behaviours = LinesField("Three things you ask them to do", "One a line.")

    class Meta:
        model = SponsorRequest
        fields = ("to", "why_you", "hours_a_month", "behaviours", "what_you_get", "we_promise")
        labels: ClassVar = {"to": "To whom", "why_you": "Why them"}
        widgets: ClassVar = {
            "why_you": _lines(2, 300),
            "what_you_get": _lines(2, 300),
            "we_promise": _lines(2, 300),
        }

    OFFERED: ClassVar = {
        "hours_a_month": 2,
        "behaviours": [
            "Be seen to stand for it, in meetings that count",
            "Bring your peers along",
            "Say yourself why it is needed",
        ],
        "what_you_get": "Projects in your area with dates that hold, and results that you can tell.",
        "we_promise": "Bad news from us first. Never more than one page, never more than three asks.",
    }

    def clean_behaviours(self) -> list[str]:
        given: list[str] = self.cleaned_data["behaviours"]
        if len(given) != 3:
            raise forms.ValidationError(f"Three, one a line; here are {len(given)}.")
        return given


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    sponsor_will = LinesField("What the sponsor will do", "One a line.")
    pmo_will = LinesField("What we will do", "One a line.")

    class Meta:
        model = SponsorAgreement
        fields = (
            *("cadence_days", "channel", "sponsor_will", "pmo_will"),
            *("no_surprises", "override_rule"),
        )
        labels: ClassVar = {
            "cadence_days": "Days between two talks",
            "channel": "Where",
            "no_surprises": "No surprises",
            "override_rule": "If someone asks to have a request of ours waived",
        }

    OFFERED: ClassVar = {
        "cadence_days": 14,
        "channel": "In person, twenty minutes",
        "sponsor_will": RequestForm.OFFERED["behaviours"],
        "pmo_will": ["Send an update of one page", "Bring wins with the credit to others"],
        "no_surprises": "Bad news reaches the sponsor from us, on the day we know it.",
        "override_rule": "If someone asks you to waive a request of ours, we talk first.",
    }


class OverrideForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    on = _day("When")

    class Meta:
        model = Override
        fields = ("request", "waived_by", "on", "reason")
        labels: ClassVar = {"request": "Which request of ours", "waived_by": "Who waived it"}


class WinForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    happened_on = _day("When it happened")
    quote_consent_on = _day("They consented to be quoted on", required=False)
    approved_by_owner_on = _day("Its owner approved it on", required=False)

    class Meta:
        model = Win
        fields = (
            *("headline", "what_changed", "before", "after", "for_whom", "happened_on"),
            *("credit_units", "credit_people", "evidence", "caveat", "owner"),
            *("approved_by_owner_on", "quote", "quote_by", "quote_consent_on"),
            *("message", "what_next"),
        )
        labels: ClassVar = {
            "before": "Before, with its n and date",
            "after": "After, with its n and date",
            "for_whom": "For whom it is better",
            "evidence": "What stands behind it",
            "caveat": "What to be fair about",
            "owner": "Whose result it is",
            "quote": "In somebody’s words",
            "quote_by": "Whose words",
            "message": "What the sponsor may say, in eighty words at most",
        }
        widgets: ClassVar = {
            "what_changed": _lines(2, 300),
            "evidence": _lines(2, 300),
            "message": _lines(4, 700),
        }


class ShareForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    at = _day("When")

    class Meta:
        model = WinShare
        fields = ("by", "to", "channel", "at", "reaction")
        labels: ClassVar = {
            "by": "Who passed it on",
            "to": "To whom",
            "channel": "How",
            "reaction": "What came back",
        }


class UpdateForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """The update, with room for three asks."""

    class Meta:
        model = SponsorUpdate
        fields = ("headline", "number", "win", "bad", "next")
        labels: ClassVar = {
            "headline": "The headline",
            "number": "One number, with where it stood before",
            "win": "One win to pass on",
            "bad": "One thing that goes badly, and what you do about it",
            "next": "What comes next",
        }
        widgets: ClassVar = {"number": _lines(2, 240), "bad": _lines(3, 300)}

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        win: Any = self.fields["win"]
        told = (Win.Status.CONFIRMED, Win.Status.SHARED)
        win.queryset = Win.objects.filter(status__in=told)
        for place in range(1, MOST_ASKS + 1):
            self.fields[f"question_{place}"] = forms.CharField(
                label=f"Ask {place}", max_length=140, required=False
            )
            self.fields[f"suggested_{place}"] = forms.CharField(
                label="What you suggest", max_length=140, required=False
            )
            self.fields[f"by_{place}"] = _day("By", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in range(1, MOST_ASKS + 1):
            if given.get(f"question_{place}") and not (
                given.get(f"suggested_{place}") and given.get(f"by_{place}")
            ):
                self.add_error(f"question_{place}", "Say what you suggest, and by when.")
        return given

    @property
    def asks(self) -> list[Asked]:
        given = self.cleaned_data
        return [
            Asked(
                question=given[f"question_{place}"],
                suggested=given[f"suggested_{place}"],
                by=given[f"by_{place}"],
            )
            for place in range(1, MOST_ASKS + 1)
            if given[f"question_{place}"]
        ]


def answers_in(data: QueryDict, asks: Sequence[UpdateAsk]) -> dict[int, str]:
    """What was chosen for each ask; what is no answer counts as none."""
    chosen = {ask.pk: data.get(f"ask-{ask.pk}", "") for ask in asks}
    return {pk: word for pk, word in chosen.items() if word in UpdateAsk.Answer.values}
