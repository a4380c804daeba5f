"""An owner by name, who must be in the business and not in the office."""

from __future__ import annotations

from typing import Any

from django import forms

from backing.benefits.actions.lines import NotInTheBusiness, business_owner, refuse_the_office
from backing.people.models import Person


class OwnerField(forms.CharField):
    """A name; whoever is not known yet is new once the form is kept."""

    def __init__(self, label: str = "Who owns it in the business", **options: Any) -> None:
        widget = forms.TextInput({"list": "persons", "autocomplete": "off"})
        super().__init__(label=label, required=False, max_length=120, widget=widget, **options)

    def clean(self, value: Any) -> str:
        name = " ".join(super().clean(value).split())
        found = list(Person.objects.filter(full_name__iexact=name, erased_at=None)[:2])
        if len(found) > 1:
            raise forms.ValidationError(
                f"Two people here are called {name}. Tell them apart under People first."
            )
        try:
            refuse_the_office(found[0] if found else None)
        except NotInTheBusiness as reason:
            raise forms.ValidationError(str(reason)) from None
        return name


class OwnedForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """A record with an owner, typed by name."""

    owner_name = OwnerField()

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        owner = self.instance.owner
        self.fields["owner_name"].initial = owner.full_name if owner else ""

    def save(self, commit: bool = True) -> Any:
        self.instance.owner = business_owner(self.cleaned_data["owner_name"])
        return super().save(commit)
