"""Forms of the app: money as it is typed, in the organisation's currency, and stretches of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from backing.benefits.models import BenefitProfile
from backing.people.access import OFFICE, Role
from backing.people.models import Account, Organisation, Person
from backing.worth.amounts import Amount, to_minor
from backing.worth.models import BenefitValuation, CostItem, FinanceWord, HourlyRate
from backing.worth.quarters import Quarter, closed

BACK: Final = 12  # quarters that can be chosen
_MOST: Final = Decimal(10**12)


def _lines(most: int, rows: int = 2) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


class AmountField(forms.DecimalField):
    """Money in the organisation's currency; gives minor units."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label=label, min_value=Decimal("0.01"), max_value=_MOST, decimal_places=3, **options
        )

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else to_minor(found, Organisation.ours().currency)


class _InOurCurrency(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """A record with amounts, `<name>_minor` of each; it gets the organisation's currency."""

    AMOUNTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.currency = self.instance.currency or Organisation.ours().currency
        for name in self.AMOUNTS:
            field = self.fields[name]
            field.label = f"{field.label}, in {self.currency}"
            minor = getattr(self.instance, f"{name}_minor")
            if minor is not None:
                field.initial = Amount(minor, self.currency).major

    def save(self, commit: bool = True) -> Any:
        for name in self.AMOUNTS:
            setattr(self.instance, f"{name}_minor", self.cleaned_data[name])
        self.instance.currency = Organisation.ours().currency
        return super().save(commit)


class CostForm(_InOurCurrency):
    AMOUNTS = ("amount",)

    amount = AmountField("How much, for all of that time")

    class Meta:
        model = CostItem
        fields = ("what", "kind", "first_day", "last_day", "basis")
        labels: ClassVar = {"what": "What costs it", "kind": "Kind"}
        widgets: ClassVar = {
            "first_day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "last_day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "basis": _lines(200),
        }
        help_texts: ClassVar = {
            "basis": "For example: ledger, cost centre 4711. Finance will ask.",
        }

    field_order = ("what", "kind", "first_day", "last_day", "amount", "basis")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "That is before it begins.")
        return given


class RateForm(_InOurCurrency):
    AMOUNTS = ("rate",)

    role = forms.ChoiceField(
        label="Of whom",
        required=False,
        choices=[
            *((value, label) for value, label in Role.choices if value not in OFFICE),
            ("", "Whoever is asked by name, without a role"),
        ],
    )
    rate = AmountField("What an hour of theirs costs")

    class Meta:
        model = HourlyRate
        fields = ("role", "people", "source")
        labels: ClassVar = {"people": "How many of them are asked"}
        widgets: ClassVar = {"source": _lines(200)}
        help_texts: ClassVar = {
            "source": "For example: Finance, full cost of an hour, 2026. Without a source it is a guess.",
        }

    field_order = ("role", "people", "rate", "source")

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if people < 1:
            raise forms.ValidationError("At least one.")
        return people


class ValuationForm(_InOurCurrency):
    """A benefit in money, for whole quarters that are over."""

    AMOUNTS = ("low", "likely", "high")

    first_day = forms.TypedChoiceField(label="From the quarter", coerce=date.fromisoformat)
    last_day = forms.TypedChoiceField(label="To the end of the quarter", coerce=date.fromisoformat)
    low = AmountField("At the least")
    likely = AmountField("Most likely")
    high = AmountField("At the most")

    class Meta:
        model = BenefitValuation
        fields = (
            *("benefit", "kind", "first_day", "last_day", "basis", "attribution_share"),
            *("attribution_reason", "second_person", "error_adjust"),
        )
        labels: ClassVar = {
            "benefit": "Which benefit",
            "attribution_share": "Our share of it, from 0 to 1",
            "second_person": "Who else says that all of it is ours",
            "error_adjust": "Taken off for doubt in the numbers, from 0 to 1",
        }
        widgets: ClassVar = {"basis": _lines(300, 3), "attribution_reason": _lines(200)}
        help_texts: ClassVar = {
            "basis": "Which readings of which measure, and how they became money.",
            "attribution_reason": "Who else had a part in it, and how you know.",
            "second_person": "Only where the share is 1. Somebody who is not in the office.",
        }

    field_order = (
        *("benefit", "kind", "first_day", "last_day", "low", "likely", "high", "basis"),
        *("attribution_share", "attribution_reason", "second_person", "error_adjust"),
    )

    def __init__(self, data: QueryDict | None = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        ours = Organisation.ours()
        quarters = list(closed(today, starts=ours.fiscal_year_starts, back=BACK))
        standing = self.instance.first_day, self.instance.last_day
        for day in standing:
            if day is not None and Quarter.of(day, starts=ours.fiscal_year_starts) not in quarters:
                quarters.append(Quarter.of(day, starts=ours.fiscal_year_starts))
        self.fields["first_day"].choices = _choices(quarters, "first")  # type: ignore[attr-defined]
        self.fields["last_day"].choices = _choices(quarters, "last")  # type: ignore[attr-defined]
        self.fields["benefit"].queryset = BenefitProfile.objects.filter(  # type: ignore[attr-defined]
            kind=BenefitProfile.Kind.BENEFIT
        )
        office = Account.objects.filter(role__in=OFFICE).values("person")
        self.fields["second_person"].queryset = Person.objects.filter(erased_at=None).exclude(  # type: ignore[attr-defined]
            pk__in=office
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "That is before the first quarter begins.")
        low, likely, high = (given.get(name) for name in self.AMOUNTS)
        if (
            low is not None
            and likely is not None
            and high is not None
            and not low <= likely <= high
        ):
            self.add_error("likely", "Most likely lies between the least and the most.")
        self._clean_shares(given)
        return given

    def _clean_shares(self, given: dict[str, Any]) -> None:
        share, error = given.get("attribution_share"), given.get("error_adjust")
        if share is not None and not 0 <= share <= 1:
            self.add_error("attribution_share", "A share lies between 0 and 1: 0.4 is two fifths.")
        elif share == 1 and not given.get("second_person"):
            self.add_error(
                "second_person",
                "All of it is a large claim: name somebody outside the office who says so too, or "
                "claim less.",
            )
        if error is not None and not 0 <= error < 1:
            self.add_error("error_adjust", "From 0 for none to less than 1: 0.1 is a tenth.")


class WordForm(forms.Form):
    """What finance says to a valuation."""

    word = forms.ChoiceField(
        label="Your word",
        choices=[
            (FinanceWord.Word.VALIDATED, "Validated: these figures hold"),
            (FinanceWord.Word.REJECTED, "Rejected: they do not"),
            (FinanceWord.Word.COMMENT, "A comment; I have not decided"),
        ],
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        widget=_lines(300),
        help_text="Needed unless you validate.",
    )


class ApartForm(forms.Form):
    """Why two valuations do not count the same money."""

    one = forms.ModelChoiceField(BenefitValuation.objects.all(), widget=forms.HiddenInput)
    other = forms.ModelChoiceField(BenefitValuation.objects.all(), widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why they do not count the same money", max_length=200, widget=_lines(200)
    )


def _choices(quarters: Sequence[Quarter], end: str) -> list[tuple[str, str]]:
    found = sorted(quarters, reverse=True)
    return [(getattr(each, end).isoformat(), f"{each}, {_months(each)}") for each in found]


def _months(each: Quarter) -> str:
    return f"{each.first:%B} to {each.last:%B %Y}"
