"""Forms of the app."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, Self

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from backing.evidence.taxonomy import choices
from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Expected,
    Impact,
    ImpactCorrection,
    MandateDecision,
    MandateOrigin,
)
from backing.people.access import OFFICE
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.people.named import names_in

MEANS: Final = ("degree", "note", "stops", "hours_once", "hours_a_month", "begins")
_LINES = forms.Textarea({"rows": 3})
_MOST = Decimal(10) ** 13


class NamesField(forms.CharField):
    """Names with commas between; gives them each once."""

    def clean(self, value: Any) -> Any:
        names = names_in(super().clean(value))
        long = next((name for name in names if len(name) > 120), None)  # as a person's name is kept
        if long:
            raise forms.ValidationError(f"A name has at most 120 characters: {long[:30]}…")
        return names


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def hours(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=99_999, max_digits=6, decimal_places=1, required=False
    )


class OriginForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """Five answers; the rest can wait."""

    commissioned_by = NamesField(
        label="Who asked for this office?", max_length=400, help_text="Names, a comma between."
    )
    on = _day("When?")
    budget = forms.DecimalField(
        label="Budget for a year", min_value=0, max_value=_MOST, decimal_places=2, required=False
    )
    review_due = _day("When will they look at it again?", required=False)

    LATER: ClassVar = ("budget", "review_due", "source")

    class Meta:
        model = MandateOrigin
        fields = (
            *("commissioned_by", "on", "in_their_words", "problem", "expected_results"),
            *("review_due", "source"),
        )
        widgets: ClassVar = {
            "in_their_words": _LINES,
            "problem": forms.Textarea({"rows": 2}),
            "expected_results": forms.Textarea({"rows": 2}),
        }
        labels: ClassVar = {
            "in_their_words": "In what words?",
            "problem": "Which problem was it to solve?",
            "expected_results": "What did they expect to be different?",
            "source": "Where is it written down?",
        }
        help_texts: ClassVar = {
            "in_their_words": "As they said or wrote it. It is quoted to every leader, with its day."
        }

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        origin = MandateOrigin.objects.ours()
        initial: dict[str, Any] = {}
        if origin is not None:
            initial["commissioned_by"] = ", ".join(map(str, origin.commissioned_by.all()))
            if origin.budget_minor is not None:
                initial["budget"] = Decimal(origin.budget_minor) / 100
        super().__init__(data, instance=origin, initial=initial)
        self.today = today
        self.currency = (origin and origin.currency) or Organisation.ours().currency
        self.fields["budget"].label = f"Budget for a year, in {self.currency}"
        self.order_fields((*self._first(), *self.LATER))

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day has not come yet. When were they asked for it?")
        return on

    @property
    def told(self) -> dict[str, Any]:
        """As `actions.tell_origin` takes it, but for the people."""
        given = {
            name: self.cleaned_data[name] for name in self.Meta.fields if name != "commissioned_by"
        }
        budget = self.cleaned_data["budget"]
        minor = None if budget is None else int(budget * 100)
        return given | {"budget_minor": minor, "currency": "" if budget is None else self.currency}

    def _first(self) -> tuple[str, ...]:
        return tuple(name for name in self.Meta.fields if name not in self.LATER)

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self._first()]

    @property
    def later(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LATER]


class ChangeForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    start = _day("When does it begin?", required=False)
    causes = forms.MultipleChoiceField(
        label="Which causes does it address?",
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text="Several with Ctrl or ⌘. None is an answer too.",
    )

    class Meta:
        model = ChangeProposal
        fields = ("title", "what_changes", "why", "causes", "start", "status")
        widgets: ClassVar = {"what_changes": _LINES, "why": forms.Textarea({"rows": 2})}
        labels: ClassVar = {"title": "In a few words", "status": "Where it stands"}

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        causes: Any = self.fields["causes"]
        causes.choices = choices(beside=self.instance.causes)


class ImpactForm(forms.Form):
    org_unit = forms.ModelChoiceField(OrgUnit.objects.all(), label="Unit")
    degree = forms.ChoiceField(
        label="How much it touches them",
        choices=Impact.Degree.choices,
        initial=Impact.Degree.MEDIUM,
    )
    note = forms.CharField(label="In what way", max_length=200, required=False)
    stops = forms.CharField(
        label="What stops for them",
        max_length=200,
        required=False,
        help_text="What they need not do any more. Nobody minds a change that takes something away.",
    )
    hours_once = hours("Hours it takes them to begin with")
    hours_a_month = hours("Hours a month it takes them from then on")
    begins = _day("Begins there, if on another day", required=False)

    @classmethod
    def of(cls, impact: Impact) -> Self:
        """With what is kept of a unit, to be put right."""
        names = ("org_unit", *MEANS)
        return cls(initial={name: getattr(impact, name) for name in names})


class CorrectionAnswerForm(forms.Form):
    """What the office answers to the head of a unit who corrected it."""

    outcome = forms.ChoiceField(
        label="Your answer",
        choices=[
            (ImpactCorrection.Outcome.TAKEN, "Yes, corrected as they say"),
            (ImpactCorrection.Outcome.DECLINED, "No, and this is why"),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="In your words",
        max_length=300,
        widget=forms.Textarea({"rows": 2, "maxlength": 300}),
        help_text="They read it word for word.",
    )

    def __init__(self, data: QueryDict | None = None, *, correction: int) -> None:
        super().__init__(data, auto_id=f"correction-{correction}-%s")


class AgreementForm(forms.Form):
    names = NamesField(
        label="Whose agreement does it need?", max_length=400, help_text="Names, a comma between."
    )


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    options = forms.CharField(
        label="The options",
        max_length=800,
        widget=_LINES,
        help_text="Two to four, one a line. To do nothing is one.",
    )
    deciders = NamesField(label="Who decides?", max_length=600, help_text="Names, a comma between.")
    needed_by = _day("By when?")

    class Meta:
        model = MandateDecision
        fields = (
            *("kind", "question", "options", "recommendation", "if_not_decided"),
            *("deciders", "needed_by", "change"),
        )
        labels: ClassVar = {
            "kind": "About what",
            "question": "The question, as they will be asked it",
            "recommendation": "What you recommend",
            "if_not_decided": "What follows if nothing is decided",
            "change": "Which change it is about",
        }

    def __init__(
        self, data: QueryDict | None = None, *, instance: MandateDecision | None = None
    ) -> None:
        initial = {}
        if instance is not None:
            initial = {
                "options": "\n".join(instance.options),
                "deciders": ", ".join(map(str, instance.deciders.all())),
            }
        super().__init__(data, instance=instance, initial=initial)

    def clean_options(self) -> list[str]:
        given = (" ".join(line.split()) for line in self.cleaned_data["options"].splitlines())
        options = [line for line in given if line]
        if not 2 <= len(options) <= 4:
            raise forms.ValidationError(
                f"A decision has two to four options, one a line; here {'is' if len(options) == 1 else 'are'} "
                f"{len(options)}."
            )
        return options


class ExpectedForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """What was expected, and what became of it."""

    on = _day("When was it said?")

    class Meta:
        model = Expected
        fields = ("statement", "said_by", "on", "outcome", "shows")
        widgets: ClassVar = {
            "statement": forms.Textarea({"rows": 2}),
            "shows": forms.Textarea({"rows": 3}),
        }
        labels: ClassVar = {"statement": "What was expected, in their words", "said_by": "By whom"}
        help_texts: ClassVar = {
            "shows": "A figure, a decision, or who says so. It is printed beside the expectation."
        }

    def __init__(self, data: QueryDict | None = None, *, today: date, instance: Expected) -> None:
        super().__init__(data, instance=instance)
        self.today = today
        said_by: Any = self.fields["said_by"]
        said_by.queryset = Person.objects.filter(erased_at=None)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day has not come yet. When was it said?")
        return on

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("outcome") != Expected.Outcome.OPEN and not given.get("shows"):
            self.add_error("shows", "What shows it? Without that it stays “not looked at”.")
        return given

    def save(self, commit: bool = True) -> Any:
        is_open = self.cleaned_data["outcome"] == Expected.Outcome.OPEN
        self.instance.judged_on = None if is_open else self.today
        return super().save(commit)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label="What was decided, in their words", max_length=600, widget=_LINES
    )
    on = _day("When?")
    conditions = forms.CharField(label="On what conditions", max_length=300, required=False)
    review_on = _day("When is it looked at again?", required=False)

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day has not come yet. Give one up to today.")
        return on


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """What is done, by whom and by when, about someone who can stop a change."""

    owner = forms.ModelChoiceField(
        Account.objects.filter(is_active=True, role__in=OFFICE).select_related("person"),
        label="Who does it?",
    )
    due = _day("By when?")

    class Meta:
        model = BlockPlan
        fields = ("change", "person", "action", "owner", "due")
        labels: ClassVar = {"change": "Change", "person": "With whom", "action": "What we do"}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        changes: QuerySet[ChangeProposal],
        people: QuerySet[Person],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        for name, found in (("change", changes), ("person", people)):
            field: Any = self.fields[name]
            field.queryset = found
