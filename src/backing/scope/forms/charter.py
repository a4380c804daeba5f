"""What a person writes of the charter, whom it is put before, and what a leader answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from backing.mandate.models import MandateDecision
from backing.people.models import Account, OrgUnit
from backing.scope.charters import WRITTEN, Response, a_year_after
from backing.scope.models import Charter
from boardpaper.wording import en

_HELP = {
    "stop_if": "One test a line, each so that a stranger could say whether it holds.",
    "decision_rights": "One sentence a line reads best.",
}


class CharterForm(forms.Form):
    """Everything that records do not give."""

    effective = forms.DateField(
        label="In force from", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    review_due = forms.DateField(
        label="To be reviewed by",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Within twelve months.",
    )
    units = forms.ModelMultipleChoiceField(
        label="For which units",
        queryset=OrgUnit.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    change_note = forms.CharField(
        label="What changed since the last version", required=False, max_length=400
    )

    def __init__(self, data: QueryDict | None, *, charter: Charter) -> None:
        super().__init__(
            data,
            initial={
                **charter.sections,
                "effective": charter.effective,
                "review_due": charter.review_due,
                "units": charter.units.all(),
                "change_note": charter.change_note,
            },
        )
        self.charter = charter
        for name, label in WRITTEN.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=1200,
                widget=forms.Textarea({"rows": 3}),
                help_text=_HELP.get(name, ""),
            )
        self.order_fields([*WRITTEN])
        if charter.version == 1:
            del self.fields["change_note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start: date = data.get("effective") or self.charter.written_on
        due = data.get("review_due")
        if due is not None and due > a_year_after(start):
            latest = a_year_after(start)
            self.add_error(
                "review_due",
                f"A charter is reviewed within a year: by {en.day(latest)} at the latest.",
            )
        if due is not None and due < start:
            self.add_error("review_due", "That is before it is in force.")
        return data

    @property
    def sections(self) -> dict[str, str]:
        return {name: self.cleaned_data[name].strip() for name in WRITTEN}


class BasisForm(forms.Form):
    """The decision that a proposed charter rests on from now on."""

    decision = forms.ModelChoiceField(
        label="Which decision", queryset=MandateDecision.objects.none(), empty_label="Choose one"
    )

    def __init__(self, data: QueryDict | None, *, viewer: Account) -> None:
        super().__init__(data)
        field = self.fields["decision"]
        assert isinstance(field, forms.ModelChoiceField)
        kinds = (MandateDecision.Kind.CHARTER, MandateDecision.Kind.MANDATE)
        found = MandateDecision.objects.visible_to(viewer).exclude(decided_on=None)
        field.queryset = found.filter(kind__in=kinds).order_by("-decided_on", "-pk")


class AnswerForm(forms.Form):
    """What a leader says to a version: that they know it, or what they object to."""

    response = forms.ChoiceField(
        choices=[(Response.ACKNOWLEDGED, "I know it"), (Response.OBJECTS, "I object")]
    )
    note = forms.CharField(label="In your words", required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("response") == Response.OBJECTS and not data.get("note"):
            self.add_error("note", "Say in a line what you object to, so that it can be answered.")
        return data
