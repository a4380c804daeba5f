"""How causes are picked, and who agreed them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from backing.evidence.agreed import Coded
from backing.evidence.models import OwnCause
from backing.evidence.taxonomy import in_use
from trackrecord.causes.taxonomy import UNKNOWN, TaxonomyError


class CausesForm(forms.Form):
    """The main cause and what contributed to it."""

    main = forms.ChoiceField(error_messages={"required": "Choose the main cause, or unknown."})
    also = forms.MultipleChoiceField(required=False)
    words = forms.CharField(required=False, max_length=400)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        names = [(name, name) for name in (*in_use().names, UNKNOWN)]
        for field in ("main", "also"):
            self.fields[field].choices = names  # type: ignore[attr-defined]

    @property
    def causes(self) -> list[Coded]:
        main = self.cleaned_data["main"]
        also = [cause for cause in self.cleaned_data["also"] if cause not in (main, UNKNOWN)]
        return [Coded(main, "primary"), *(Coded(cause, "contributing") for cause in also)]


class AgreementForm(CausesForm):
    """The causes, and who of the project says so."""

    agreed_by = forms.CharField(
        label="Agreed by",
        max_length=120,
        error_messages={"required": "Name who of the project agrees."},
    )


class OwnCauseForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """A cause of the office's own."""

    class Meta:
        model = OwnCause
        fields = ("label", "meaning")
        labels = {"label": "Cause", "meaning": "What it means"}  # noqa: RUF012  # Django's own form

    def clean_label(self) -> str:
        label = " ".join(str(self.cleaned_data["label"]).split()).casefold()
        try:
            richer = in_use().with_cause(label)
        except TaxonomyError as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if len(richer.causes) == len(in_use().causes):
            raise forms.ValidationError("There is such a cause already. Use that one.")
        return label

    def save(self, commit: bool = True) -> Any:
        from django.utils.text import slugify

        self.instance.name = slugify(self.instance.label) or f"own-{OwnCause.objects.count() + 1}"
        return super().save(commit)
