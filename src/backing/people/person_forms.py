"""Forms of persons and units."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backing.people.models import OrgUnit, Person
from boardpaper.wording import en

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class NamedPersonField(forms.CharField):
    """Somebody by name: a list of thousands would be no help.  Cleans to a Person or None."""

    def clean(self, value: Any) -> Any:
        said = " ".join(str(super().clean(value)).split())
        if not said:
            return None
        name, _, number = said.partition(" #")
        found = Person.objects.filter(full_name__iexact=name, erased_at=None)
        if number.isdigit():
            found = found.filter(pk=int(number))
        people = list(found[:3])
        if not people:
            raise forms.ValidationError(f"Nobody here is called {name}. Add them first.")
        if len(people) > 1:
            which = ", ".join(
                f"{one.full_name} #{one.pk} ({one.job_title or 'no title'})" for one in people
            )
            raise forms.ValidationError(f"More than one is called so. Write which: {which}.")
        return people[0]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    reports_to = NamedPersonField(label="Reports to", required=False, help_text="Their full name.")

    class Meta:
        model = Person
        fields = (
            "full_name",
            "job_title",
            "org_unit",
            "reports_to",
            "email",
            "phone",
            "in_post_from",
            "in_post_to",
        )
        labels: ClassVar = {
            "org_unit": "Unit",
            "in_post_from": "In post from",
            "in_post_to": "In post until",
        }
        widgets: ClassVar = {"in_post_from": _DAY, "in_post_to": _DAY}

    def __init__(self, data: QueryDict | None = None, *, instance: Person | None = None) -> None:
        above = instance.reports_to if instance else None
        shown = f"{above.full_name} #{above.pk}" if above else ""
        super().__init__(data, instance=instance, initial={"reports_to": shown})

    def clean_email(self) -> str | None:
        return str(self.cleaned_data["email"]).lower() if self.cleaned_data["email"] else None

    def clean_reports_to(self) -> Person | None:
        above: Person | None = self.cleaned_data["reports_to"]
        seen: set[int] = set()
        one = above
        while one is not None and one.pk not in seen:
            if one.pk == self.instance.pk:
                raise forms.ValidationError(
                    "Nobody reports to themselves, or to who reports to them."
                )
            seen.add(one.pk)
            one = one.reports_to
        return above


class HandOverForm(forms.Form):
    """Who follows in a post, and from when."""

    to = NamedPersonField(label="Who follows", help_text="Their full name.")
    on = forms.DateField(label="From", widget=_DAY)

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") == self.person:
            raise forms.ValidationError("Somebody else must follow. Give another name.")
        began, on = self.person.in_post_from, data.get("on")
        if began and on and on < began:
            self.add_error("on", f"They came into post on {en.day(began)}. Give a later day.")
        return data


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    head = NamedPersonField(label="Headed by", required=False, help_text="Their full name.")

    class Meta:
        model = OrgUnit
        fields = ("name", "parent", "head", "kind")
        labels: ClassVar = {"parent": "Part of"}

    def __init__(self, data: QueryDict | None = None, *, instance: OrgUnit | None = None) -> None:
        head = instance.head if instance else None
        shown = f"{head.full_name} #{head.pk}" if head else ""
        super().__init__(data, instance=instance, initial={"head": shown})
