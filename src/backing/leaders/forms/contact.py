"""What is written down after a conversation, and about promises, acts and asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.leaders.forms.fields import Choose, DayField, words
from backing.leaders.models import AskSent, Touchpoint
from backing.mandate.models import ChangeProposal, MandateDecision
from backing.people.legitimate_interests import is_recorded
from backing.people.named import names_in
from backing.people.sensitive import MEANT, Careful

Kind = Touchpoint.Kind
ACTED = "acted"
KINDS = [
    (Kind.ONE_TO_ONE.value, "Talk"),
    (Kind.MEETING.value, "Meeting"),
    (Kind.MESSAGE.value, "Message"),
    (ACTED, "They acted for us"),
    (Kind.BRIEFING.value, "Briefing"),
    (Kind.EVENT.value, "Event"),
    (Kind.DECLINED.value, "They declined"),
    (Kind.DELEGATED.value, "They sent someone"),
    (Kind.NO_REPLY.value, "No reply"),
]

_FIRST = ("kind", "said", "promise", "due")
_NO_GROUNDS = (
    "Leave it empty until it is recorded why words about people may be kept: Settings, Care for "
    "people’s data. What they did for us can be kept."
)


class ContactForm(Careful):
    """With whom, what it was, one line, and a promise if there was one."""

    careful_of = ("said",)

    kind = forms.ChoiceField(
        label="What was it?", choices=KINDS, initial=Kind.ONE_TO_ONE, widget=Choose
    )
    answered = forms.BooleanField(label="They answered", required=False)
    others = words("Who else was there", 200, required=False, help_text="Names, a comma between.")
    said = words(
        "What was said or done?", 200, required=False, lines=3, help_text="Their words if you can."
    )
    promise = words("A promise", 200, required=False, help_text="Leave it empty if there was none.")
    whose = forms.ChoiceField(
        label="Whose promise",
        choices=[("ours", "We promised"), ("theirs", "They promised")],
        initial="ours",
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        decisions: QuerySet[MandateDecision],
        with_whom: bool = False,
    ) -> None:
        super().__init__(data)
        self.today = today
        self.fields["due"] = DayField(label="By", since=today, required=False)
        self.fields["on"] = DayField(label="When", up_to=today, initial=today)
        if not is_recorded():
            self.fields["said"].help_text = _NO_GROUNDS
        if decisions:
            self.fields["decision"] = forms.ModelChoiceField(
                decisions,
                label="Was it about a decision to come?",
                required=False,
                empty_label="No",
            )
        if with_whom:
            self.fields["others"].label = "With whom"
            self.fields["others"].required = True
        self._first = ("others", *_FIRST) if with_whom else _FIRST
        self.order_fields(self._first)

    @property
    def first(self) -> list[forms.BoundField]:
        """What thirty seconds are for."""
        return [self[name] for name in (*self._first, MEANT) if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*self._first, MEANT)]

    @property
    def more_is_wrong(self) -> bool:
        return any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("promise") and not data.get("due"):
            self.add_error("due", "A promise needs a day. Give the day by which it is due.")
        if data.get("kind") == ACTED and not data.get("said"):
            self.add_error("said", "Say in a line what they did.")
        return data

    def clean_others(self) -> list[str]:
        return names_in(self.cleaned_data["others"])


class PromiseForm(forms.Form):
    whose = forms.ChoiceField(
        label="Whose promise",
        choices=[("ours", "We promise them"), ("theirs", "They promise us")],
        initial="ours",
        widget=Choose,
    )
    what = words("What", 200)

    change = forms.ModelChoiceField(
        ChangeProposal.objects.none(),
        label="About which change? (if about one)",
        required=False,
        empty_label="",
        help_text="Then it stands on the page that the head of a unit has of that change.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        changes: QuerySet[ChangeProposal],
    ) -> None:
        super().__init__(data)
        self.fields["due"] = DayField(label="By", since=today)
        change: Any = self.fields["change"]
        change.queryset = changes
        self.order_fields(("whose", "what", "due", "change"))


class PromiseOutcomeForm(forms.Form):
    """What came of a promise; another day where both agreed on one."""

    outcome = forms.ChoiceField(
        choices=[("kept", "Kept"), ("renegotiated", "Another day agreed"), ("broken", "Not kept")],
        widget=Choose,
    )

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["due"] = DayField(label="The other day", since=today, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "renegotiated" and not data.get("due"):
            self.add_error("due", "Give the day you agreed on.")
        return data


class ActForm(forms.Form):
    what = words("What they did", 200)

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["on"] = DayField(label="When", up_to=today, initial=today)


class AskForm(forms.Form):
    """What is asked, and what for: every request names the decision it feeds."""

    what = words("What we ask of them", 200)
    why = words("What it is for, and what they get back", 200)
    effort_minutes = forms.IntegerField(label="Minutes it takes them", min_value=1, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, today: date, changes: QuerySet[ChangeProposal]
    ) -> None:
        super().__init__(data)
        self.fields["by"] = DayField(label="By", since=today)
        if changes:
            self.fields["change"] = forms.ModelChoiceField(
                changes, label="For which change", required=False
            )


class AskAnswerForm(forms.Form):
    status = forms.ChoiceField(
        choices=[each for each in AskSent.Status.choices if each[0] != AskSent.Status.SENT]
    )
