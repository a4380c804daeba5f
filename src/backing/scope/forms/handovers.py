"""Hand-overs: what goes from whom to whom, when, and what the sides say to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.scope.forms.fields import DayField, UnitField, lines
from backing.scope.models import Activity, HandOver

_DAYS = ("giving_ends", "taking_starts", "parallel_until")


class DatesForm(forms.Form):
    giving_ends = DayField(label="Last day the giver does it")
    taking_starts = DayField(label="First day the receiver does it")
    parallel_until = DayField(
        label="Last day both do it",
        required=False,
        help_text="Only where a parallel run is agreed.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        starts, both = given.get("taking_starts"), given.get("parallel_until")
        if starts and both and both < starts:
            self.add_error(
                "parallel_until", "That is before the receiver begins. Give a later day, or none."
            )
        return given


class HandOverForm(DatesForm):
    activity = forms.ModelChoiceField(Activity.objects.none(), label="Which activity")
    giver = UnitField(label="From which unit")
    receiver = UnitField(label="To which unit")

    ORDER: ClassVar = ("activity", "giver", "receiver", *_DAYS)

    def __init__(
        self, data: QueryDict | None = None, *, activities: QuerySet[Activity], **options: Any
    ) -> None:
        super().__init__(data, **options)
        activity: Any = self.fields["activity"]
        activity.queryset = activities
        self.order_fields(self.ORDER)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("giver") and given.get("giver") == given.get("receiver"):
            self.add_error("receiver", "It goes to another unit. Choose which.")
        return given

    @property
    def hand_over(self) -> HandOver:
        return HandOver(**self.cleaned_data)


class ItemForm(forms.Form):
    item = forms.CharField(label="One more line of the checklist", max_length=120)


class AnswerForm(forms.Form):
    """What one side says: yes, or what stands in the way."""

    answer = forms.ChoiceField(
        label="Do you agree with this hand-over?",
        choices=(("yes", "Yes, as it stands"), ("no", "No, or not like this")),
        widget=forms.RadioSelect,
    )
    words = lines("What stands in the way, or should be different", 300, required=False)
    items = forms.MultipleChoiceField(label="", required=False, widget=forms.CheckboxSelectMultiple)
    days = forms.CharField(required=False, widget=forms.HiddenInput)  # as they were read

    def __init__(
        self, data: QueryDict | None = None, *, items: list[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["items"]
        field.choices = [(str(pk), words) for pk, words in items]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("answer") == "no" and not given.get("words"):
            self.add_error("words", "One line helps: what stands in the way?")
        return given

    @property
    def says_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
