"""What the office makes of a leader: each choice in words, each with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.leaders import levels
from backing.leaders.forms.fields import Choose, DayField, words
from backing.leaders.levels import Authority, Basis, Channel, Level, LinkBasis, Listening
from backing.leaders.models import StatedPosition
from backing.mandate.models import ChangeProposal
from backing.people.models import Person
from backing.people.sensitive import Careful

NOT_KNOWN = ("", "Not known")
_EVIDENCE = "What was said or done, as they could read it themselves."
_YES_NO = [NOT_KNOWN, ("yes", "Yes"), ("no", "No")]


class StanceForm(Careful):
    """Where they stand, and on what evidence."""

    careful_of = ("evidence",)

    level = forms.ChoiceField(
        label="Where do they stand?",
        choices=[(each.value, f"{each.label}: {levels.LEVELS_MEAN[each]}") for each in Level],
        widget=Choose,
    )
    basis = forms.ChoiceField(label="How do we know?", choices=Basis.choices, widget=Choose)
    evidence = words("Evidence", 280, required=False, lines=3, help_text=_EVIDENCE)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        has_acted_since: Callable[[date], bool],
    ) -> None:
        """has_acted_since: whether an act of theirs is recorded from a day on."""
        super().__init__(data)
        self.has_acted_since = has_acted_since
        self.fields["on"] = DayField(label="When", up_to=today, initial=today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        level, basis, on = data.get("level"), data.get("basis"), data.get("on")
        if _lacks_evidence(level == Level.UNKNOWN, data):
            self.add_error("evidence", "Say what was said or done, or choose “We assume it”.")
        if (
            level == Level.LEADING
            and on is not None
            and basis != Basis.OBSERVED_ACT
            and not self.has_acted_since(on - levels.STALE)
        ):
            self.add_error(
                "level",
                "Leading means that they act. No act of theirs is recorded in the 90 days before: "
                "record what they did first, or choose Supportive.",
            )
        return data


class AssessmentForm(Careful):
    """How much they matter and to what.  Everything may stay unknown."""

    careful_of = ("can_help", "can_block")

    influence = forms.TypedChoiceField(
        label="How much can they help or stop us?",
        choices=[NOT_KNOWN, *((number, text) for number, text in levels.INFLUENCE_MEANS.items())],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Choose,
    )
    interest = forms.TypedChoiceField(
        label="How much do they depend on projects?",
        choices=[NOT_KNOWN, *((number, text) for number, text in levels.INTEREST_MEANS.items())],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Choose,
    )
    budget_authority = forms.ChoiceField(
        label="Money", choices=[NOT_KNOWN, *Authority.choices], required=False, widget=Choose
    )
    can_help = words("What they can help with", 200, required=False)
    can_block = words(
        "What they can stop, and how",
        200,
        required=False,
        help_text="The gate, veto or people they hold.",
    )
    legitimacy = forms.TypedChoiceField(
        label="Is it theirs to decide?",
        choices=_YES_NO,
        coerce="yes".__eq__,
        empty_value=None,
        required=False,
    )
    urgency = forms.TypedChoiceField(
        label="Is it pressing for them now?",
        choices=_YES_NO,
        coerce="yes".__eq__,
        empty_value=None,
        required=False,
    )
    desired_level = forms.ChoiceField(
        label="Where do we need them?",
        choices=[
            ("", "Supportive, unless we say otherwise"),
            *(
                (each.value, f"{each.label}: {levels.LEVELS_MEAN[each]}")
                for each in (Level.NEUTRAL, Level.LEADING)
            ),
        ],
        required=False,
        widget=Choose,
    )
    cadence_days = forms.IntegerField(
        label="Days between conversations",
        min_value=3,
        max_value=180,
        required=False,
        help_text="Empty: 14 where both are high, 30 for influence alone, 45 for interest alone, otherwise 90.",
    )
    channel = forms.ChoiceField(
        label="How they like to be reached", choices=[NOT_KNOWN, *Channel.choices], required=False
    )

    def __init__(
        self, data: QueryDict | None = None, *, today: date, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["no_contact_until"] = DayField(
            label="Leave them in peace until", since=today, required=False
        )

    @classmethod
    def showing(cls, assessed: Any, *, today: date) -> AssessmentForm:
        """As it was assessed last, to be changed."""
        said = {name: getattr(assessed, name) for name in (*cls.base_fields, "no_contact_until")}
        words_of = {True: "yes", False: "no", None: ""}
        for name in ("legitimacy", "urgency"):
            said[name] = words_of[said[name]]
        return cls(today=today, initial=said)


class PositionForm(Careful):
    """Where they stand on one change; for the record where they said it so."""

    careful_of = ("evidence", "condition")

    value = forms.ChoiceField(
        label="Where do they stand on it?",
        choices=[("unknown", "Unknown"), *StatedPosition.Value.choices],
        widget=Choose,
    )
    basis = forms.ChoiceField(label="How do we know?", choices=Basis.choices, widget=Choose)
    evidence = words("Evidence", 280, required=False, lines=3, help_text=_EVIDENCE)
    condition = words(
        "On what condition", 200, required=False, help_text="For example: if month-end is spared."
    )
    on_record = forms.BooleanField(
        label="They said it for the record: management may read it",
        required=False,
        help_text="Then the evidence is quoted as their words.",
    )

    field_order = ("change", "value", "basis", "evidence", "condition", "on", "on_record")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        changes: QuerySet[ChangeProposal],
        change: str = "",
    ) -> None:
        super().__init__(data)
        self.fields["change"] = forms.ModelChoiceField(changes, label="Change", initial=change)
        self.fields["on"] = DayField(label="When", up_to=today, initial=today)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if _lacks_evidence(data.get("value") == "unknown", data):
            self.add_error("evidence", "Say what was said or done, or choose “We assume it”.")
        if data.get("on_record") and (
            data.get("value") == "unknown" or data.get("basis") != Basis.SAID_TO_ME
        ):
            self.add_error("on_record", "Only what they told us themselves is for the record.")
        return data


class ListeningForm(forms.Form):
    strength = forms.ChoiceField(
        label="How much",
        choices=Listening.choices,
        required=False,
        widget=Choose,
        initial=Listening.SOME,
    )
    basis = forms.ChoiceField(label="How do we know?", choices=LinkBasis.choices, widget=Choose)

    field_order = ("to", "strength", "basis")

    def __init__(self, data: QueryDict | None = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["to"] = forms.ModelChoiceField(people, label="Listens to")
        self.order_fields(self.field_order)


def _lacks_evidence(is_unknown: bool, data: dict[str, Any]) -> bool:
    return not (data.get("evidence") or is_unknown or data.get("basis") == Basis.ASSUMED)
