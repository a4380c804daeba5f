"""Forms of the app."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from backing.documents import trial
from backing.documents.models import Draft, Template

MIB = 1 << 20
LARGEST_TEMPLATE = 40 * MIB


class SectionForm(forms.Form):
    """What somebody writes into a section themselves; blank takes it out again."""

    heading = forms.CharField(
        label="Your own heading",
        required=False,
        max_length=240,
        help_text="Blank keeps the one above, which follows the figures.",
    )
    words = forms.CharField(
        label="In your own words",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="It stands first in the section and prints as our judgement where it compares. For a "
        "number, name a figure in braces.",
    )

    def __init__(self, *args: Any, may_head: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_head:
            self.fields["heading"].disabled = True
            self.fields[
                "heading"
            ].help_text = "This one follows the figures, and no other may stand here."


class SetUpForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """For whom the document is, and in whose templates it is set."""

    class Meta:
        model = Draft
        fields = ("audience", "slides_template", "text_template")
        labels: ClassVar = {"slides_template": "Slides on", "text_template": "Word text on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (
            ("slides_template", Template.Kind.SLIDES),
            ("text_template", Template.Kind.TEXT),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Template.objects.in_use().filter(kind=kind)
            field.empty_label = "Backing’s own look"


class TemplateForm(forms.Form):
    """A PowerPoint or Word file, tried before it is kept."""

    file = forms.FileField(
        label="PowerPoint or Word file",
        widget=forms.FileInput({"accept": ".pptx,.docx"}),
        error_messages={
            "required": "Choose a .pptx or .docx file.",
            "empty": "This file is empty. Save the template again and choose that.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_TEMPLATE:
            raise forms.ValidationError(
                f"{file.name} is larger than {LARGEST_TEMPLATE // MIB} MB. Take the pictures out of its "
                "slides and save it again."
            )
        kind = PurePath(file.name or "").suffix.lower().removeprefix(".")
        if kind not in Template.Kind.values:
            raise forms.ValidationError(
                f"{file.name} is neither .pptx nor .docx. Save the template as one of these."
            )
        self.kind, self.content = kind, file.read()
        self.tried = trial.tried(kind, self.content, file.name or f"template.{kind}")
        if self.tried.refused:
            raise forms.ValidationError(self.tried.refused)
        return file
