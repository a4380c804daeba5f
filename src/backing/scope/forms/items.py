"""What the office will do, won't do, and does not do yet."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backing.scope.forms.fields import DayField, UnitField
from backing.scope.models import Activity, ScopeItem


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """A won't says who does it instead, or that nobody does; a not yet says from when."""

    instead = UnitField(label="Who does it instead", required=False)
    from_on = DayField(label="From when", required=False)

    class Meta:
        model = ScopeItem
        fields = (
            *("kind", "statement", "reason", "instead", "nobody_instead", "from_on", "activities"),
        )
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "statement": forms.TextInput({"autocomplete": "off"}),
            "activities": forms.SelectMultiple({"size": 5}),
        }
        labels: ClassVar = {
            "kind": "We",
            "statement": "What, in one sentence",
            "reason": "Because",
            "nobody_instead": "Nobody does it",
            "activities": "Which activities that is",
        }
        help_texts: ClassVar = {
            "nobody_instead": "It stands in the charter as an open gap.",
            "activities": "Several with Ctrl or ⌘. None is an answer too.",
        }

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        activities: Any = self.fields["activities"]
        activities.queryset = Activity.objects.live().ours()
        kind: Any = self.fields["kind"]
        kind.choices = ScopeItem.Kind.choices
        self.fields["statement"].help_text = "At most 160 characters."

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind, nobody = given.get("kind"), given.get("nobody_instead")
        if kind == ScopeItem.Kind.WONT:
            if given.get("instead") and nobody:
                self.add_error("instead", "Either a unit does it or nobody does. Choose one.")
            if not given.get("instead") and not nobody:
                self.add_error("instead", "Say who does it instead, or that nobody does.")
        else:
            given["instead"], given["nobody_instead"] = None, False
        if kind == ScopeItem.Kind.NOT_YET and not given.get("from_on"):
            self.add_error("from_on", "Say from when: a quarter’s first day will do.")
        return given
