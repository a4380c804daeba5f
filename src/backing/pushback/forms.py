"""Forms of the app.  What a stranger fills in asks for one answer; the rest may be left."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backing.mandate.forms import hours
from backing.mandate.models import ChangeProposal, Impact
from backing.people.models import OrgUnit, Person
from backing.pushback.actions import Said
from backing.pushback.engaged import Manager
from backing.pushback.managers import Word
from backing.pushback.models import Escalation, Pushback, PushbackResponse


def _lines(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


class SayForm(forms.Form):
    """What is wrong, and as much about who says it as they wish."""

    text = forms.CharField(
        label="What is the problem?",
        max_length=600,
        widget=_lines(4, 600),
        help_text="A sentence or two is enough.",
    )
    instead = forms.CharField(
        label="What would be better? (if you know)",
        max_length=300,
        required=False,
        widget=_lines(2, 300),
    )
    unit = forms.ModelChoiceField(
        OrgUnit.objects.all(), label="Your area (if you like)", required=False, empty_label=""
    )
    known_as = forms.CharField(
        label="Your name (if you like)",
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    in_confidence = forms.BooleanField(label="In confidence: keep no name", required=False)
    once = forms.CharField(max_length=64, min_length=12, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, initial={"once": secrets.token_urlsafe(16)}, **options)

    def said(self, **about: Any) -> Said:
        given = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        return Said(**given, **about)


class RaiseForm(SayForm):
    """The same for somebody who is signed in: their name is known, unless they keep it back."""

    change = forms.ModelChoiceField(
        ChangeProposal.objects.none(), label="About which change?", required=False
    )
    request = forms.CharField(
        label="Or about which request or rule of ours?", max_length=120, required=False
    )

    FIRST: ClassVar = ("change", "request", "text", "instead", "unit", "in_confidence")

    def __init__(self, data: QueryDict | None = None, *, changes: Any, **options: Any) -> None:
        super().__init__(data, **options)
        del self.fields["known_as"]
        self.order_fields(self.FIRST)
        change: Any = self.fields["change"]
        change.queryset = changes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("change") and not given.get("request"):
            self.add_error("request", "Say what it is about: a change, or what we ask of you.")
        return given


class AreaForm(SayForm):
    """The same for the head of a unit: on what they would agree, and what lies behind it, if they say."""

    condition = forms.CharField(
        label="You would agree if… (if there is a condition)",
        max_length=200,
        required=False,
        widget=_lines(2, 200),
    )
    cause = forms.ChoiceField(
        label="What lies behind it? (if you like)",
        choices=[
            ("", ""),
            ("lack_of_awareness", "I did not know why"),
            ("loss_of_control", "We have less of a say than before"),
            ("lack_of_time", "It takes too long"),
            ("status_quo", "What there was worked"),
            ("no_benefit_for_me", "There is nothing in it for us"),
            ("not_involved", "We were not asked"),
            ("overload", "Too much comes at once"),
            ("past_experience", "It went wrong before"),
            ("disagrees_on_merits", "I think it is wrong"),
            ("duplicate_of_existing", "We have this already"),
            ("own_pmo", "We have a project office of our own"),
            ("other", "Something else"),
        ],
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="say-%s", **options)
        for name in ("known_as", "unit"):
            del self.fields[name]
        self.fields["text"].help_text = ""
        self.order_fields(("text", "condition", "instead", "cause", "in_confidence"))


class CorrectionForm(forms.Form):
    """What is otherwise than we think: in a sentence, and in hours where they know them."""

    words = forms.CharField(label="What is otherwise?", max_length=300, widget=_lines(3, 300))
    hours_once = hours("Hours to begin with (if you know)")
    hours_a_month = hours("Hours a month (if you know)")
    degree = forms.ChoiceField(
        label="How much it touches you (if otherwise)",
        choices=[("", ""), *Impact.Degree.choices],
        required=False,
    )
    once = forms.CharField(max_length=64, min_length=12, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"once": secrets.token_urlsafe(16)}, auto_id="right-%s")


class LinkForm(forms.Form):
    change = forms.ModelChoiceField(
        ChangeProposal.objects.none(), label="About a change", required=False
    )
    about = forms.CharField(
        label="Or about something that you ask of people",
        max_length=120,
        required=False,
        help_text="Both empty: about anything that the office does or asks.",
    )

    def __init__(self, data: QueryDict | None = None, *, changes: Any) -> None:
        super().__init__(data)
        change: Any = self.fields["change"]
        change.queryset = changes


class CauseForm(forms.Form):
    cause = forms.ChoiceField(
        label="What lies behind it", choices=[("", "not coded yet"), *Pushback.Cause.choices]
    )


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(
        label="Your answer",
        choices=PushbackResponse.Kind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Why", max_length=600, widget=_lines(4, 600), help_text="They read it word for word."
    )
    what_changes = forms.CharField(
        label="What changes, and from when",
        max_length=300,
        required=False,
        widget=_lines(2, 300),
    )

    removed = forms.CharField(
        label="What falls away for them, and from when (if anything)",
        max_length=200,
        required=False,
        widget=_lines(2, 200),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") in ("accept_change", "partly") and not given.get("what_changes"):
            self.add_error("what_changes", "Say what will be different, and from when.")
        return given


class ViewForm(forms.Form):
    view = forms.ChoiceField(
        choices=[
            choice
            for choice in PushbackResponse.RaiserView.choices
            if choice[0] != PushbackResponse.RaiserView.NO_REPLY
        ]
    )
    words = forms.CharField(
        label="What is still wrong? (if you like)",
        max_length=300,
        required=False,
        widget=_lines(2, 300),
    )


class EscalationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    options = forms.CharField(
        label="Two or three options",
        max_length=600,
        widget=_lines(3, 600),
        help_text="One a line. To leave it as it is, is one.",
    )
    by = forms.DateField(
        label="Needed by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Escalation
        fields = (*("to", "level", "facts", "effect", "tried", "options", "recommendation", "by"),)
        labels: ClassVar = {
            "to": "To whom",
            "level": "Who they are to it",
            "facts": "The facts, without blame",
            "effect": "What follows from it",
            "tried": "What was tried",
            "recommendation": "What you recommend",
        }
        widgets: ClassVar = {
            "facts": _lines(4, 600),
            "effect": _lines(2, 300),
            "tried": _lines(2, 300),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        managers: Sequence[Manager],
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        to: Any = self.fields["to"]
        to.queryset = Person.objects.filter(pk__in=[each.person for each in managers])
        to.choices = [("", "")] + [
            (each.person, f"{each.name}{'' if each.is_engaged else ', not in touch lately'}")
            for each in managers
        ]

    def clean_options(self) -> list[str]:
        given = (" ".join(line.split()) for line in self.cleaned_data["options"].splitlines())
        options = [line for line in given if line]
        if not 2 <= len(options) <= 3:
            raise forms.ValidationError(
                f"Give two or three options, one a line; here {'is' if len(options) == 1 else 'are'} "
                f"{len(options)}."
            )
        return options

    def clean_by(self) -> date:
        by: date = self.cleaned_data["by"]
        if by < self.today:
            raise forms.ValidationError("That day is over. Give one from today on.")
        return by


class SettledForm(forms.Form):
    outcome = forms.CharField(
        label="What they decided, in their words", max_length=300, widget=_lines(2, 300)
    )


class AskWordForm(forms.Form):
    """What a project manager says of one thing asked of them: a tap, and words if they wish.

    about: which ask, None for all that the office does.
    """

    words = forms.CharField(
        label="In your words (if you like)", max_length=500, required=False, widget=_lines(2, 500)
    )
    in_confidence = forms.BooleanField(label="In confidence: keep no name", required=False)
    word = forms.ChoiceField(choices=Word.choices, widget=forms.HiddenInput)
    ask = forms.CharField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(max_length=64, min_length=12, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, ask: int | None = None) -> None:
        super().__init__(
            data,
            initial={"once": secrets.token_urlsafe(16), "ask": ask},
            auto_id=f"ask-{ask or 'any'}-%s",
        )
        self.about = ask
        if ask is None:
            self.fields["words"].label = "What is wrong?"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("word") == Word.OTHER and not given.get("words"):
            self.add_error("words", "Say in a sentence what is wrong.")
        return given
