"""Words and address of a letter, and the hours in which nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from backing.outbox import ways
from backing.outbox.models import Letter, QuietHours


class LetterForm(forms.Form):
    """A letter as the office leaves it."""

    address = forms.EmailField(label="E-mail of whoever gets it", required=False)
    channel = forms.ChoiceField(
        label="Or a chat", required=False, help_text="With a chat chosen, it goes there instead."
    )
    subject = forms.CharField(max_length=120)
    text = forms.CharField(max_length=20_000, widget=forms.Textarea({"rows": 14}))

    def __init__(self, given: Mapping[str, Any] | None = None, *, letter: Letter) -> None:
        words = letter.words
        stands = {"address": letter.address, "channel": letter.channel}
        super().__init__(given, initial=stands | (words._asdict() if words is not None else {}))
        if letter.personal or letter.own or not ways.chats():
            del self.fields["channel"]
        else:
            choices = [("", "no chat"), *((name, name) for name in ways.chats())]
            self.fields["channel"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.setdefault("channel", ""):
            given["address"] = ""
        return given


class QuietHoursForm(forms.ModelForm):  # type: ignore[type-arg]  # has none at run time
    class Meta:
        model = QuietHours
        fields = ("begins", "ends", "weekends")
        labels: ClassVar = {"begins": "From", "ends": "To"}
        help_texts: ClassVar = {"ends": "The same twice: no night is quiet."}
        widgets: ClassVar = {
            "begins": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }
