"""What the office asks of others."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backing.people.access import OFFICE, Role
from backing.people.models import OrgUnit
from backing.scope.forms.fields import DayField, PartyField
from backing.scope.models import DataRequest


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """Asked of everyone in a role, or of one person."""

    person = PartyField(
        label="Or of one person, by name",
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "persons", "autocomplete": "off"}),
    )
    begins = DayField(label="Asked since")
    last_used_on = DayField(label="Last fed a decision on", required=False)

    ORDER: ClassVar = (
        "what",
        "to_role",
        "person",
        "minutes_each",
        "frequency",
        "decision_it_feeds",
        "used_by",
    )

    class Meta:
        model = DataRequest
        fields = (
            *("what", "to_role", "minutes_each", "frequency", "decision_it_feeds", "used_by"),
            *("gives_back", "begins", "last_used_on"),
        )
        labels: ClassVar = {
            "what": "What is asked",
            "to_role": "Of everyone who is",
            "frequency": "How often",
            "decision_it_feeds": "Which decision it feeds",
            "used_by": "Who uses it",
        }
        help_texts: ClassVar = {
            "decision_it_feeds": "If it feeds none, leave this empty: it is shown as it is."
        }

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        instance = options.get("instance")
        named = instance.to_person if instance is not None and instance.pk else None
        super().__init__(
            data, initial={"person": str(named or ""), **options.pop("initial", {})}, **options
        )
        role: Any = self.fields["to_role"]
        role.choices = [("", "nobody in general"), *((r, r.label) for r in Role if r not in OFFICE)]
        self.order_fields(self.ORDER)

    def clean_person(self) -> Any:
        found = self.cleaned_data["person"]
        if isinstance(found, OrgUnit):
            raise forms.ValidationError(
                f"{found} is a unit. Name one person, or choose a role above."
            )
        return found

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("to_role")) == bool(given.get("person")) and "person" not in self.errors:
            self.add_error(
                "person", "Of everyone in a role, or of one person: choose one of the two."
            )
        self.instance.to_person = given.get("person")
        return given
