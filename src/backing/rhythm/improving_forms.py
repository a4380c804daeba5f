"""Forms of measures, targets, improvements and the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import QuerySet

from backing.evidence.measuring import PLANS
from backing.evidence.models import Edition, Measure, MeasureBaseline, StoredFigure
from backing.mandate.models import ChangeProposal
from backing.people.models import Organisation
from backing.people.named import SeveralOfThatName, person_named
from backing.rhythm.claims import Claim, compared_as
from backing.rhythm.models import Improvement, ImprovementTarget, Report
from boardpaper.wording import en
from trackrecord.compare.registration import Only, RegistrationError

_TWO_LINES: Final = forms.Textarea({"rows": 2})
_FILE_MOST: Final = 20 << 20  # bytes


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class _Named(forms.Form):
    """A form in which somebody answers for something, by name."""

    owner_name = forms.CharField(label="Who answers for it", max_length=120)

    def clean_owner_name(self) -> str:
        try:
            self.owner = person_named(self.cleaned_data["owner_name"])
        except SeveralOfThatName as error:
            raise forms.ValidationError(str(error)) from error
        return str(self.cleaned_data["owner_name"])


class MeasureForm(_Named, forms.ModelForm):  # type: ignore[type-arg]  # Django has no such type at run time
    """What is watched.  From a figure of the Record its unit and definition are taken."""

    figure_name = forms.ChoiceField(
        label="Where do its readings come from?",
        required=False,
        help_text="Figures of the Record are read by themselves whenever new registers are taken in.",
    )

    class Meta:
        model = Measure
        fields = (
            *("name", "figure_name", "unit", "direction", "range_low", "range_high", "definition"),
            *("point", "source", "quality", "valid_until", "owner_name", "refresh_days"),
            *("decision_it_feeds", "org_unit"),
        )
        widgets: ClassVar = {
            "definition": _TWO_LINES,
            "valid_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels: ClassVar = {
            "unit": "Unit",
            "range_low": "Good from",
            "range_high": "Good up to",
            "org_unit": "Of one unit only",
        }
        help_texts: ClassVar = {
            "unit": "For example days, share (0.2 is a fifth), requests, or a currency such as GBP.",
            "range_low": "Only where a range is good.",
            "quality": "What is remembered is printed as from memory.",
            "valid_until": "If there is such a day. After it nothing that rests on it goes to leaders.",
            "decision_it_feeds": "If it feeds none, it need not be kept.",
            "refresh_days": "Twice as long without a reading, and it is called out of date.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.figures = _figures()
        chosen: Any = self.fields["figure_name"]
        chosen.choices = [
            ("", "People enter them, or a file does"),
            *((key, f"The Record: {words}") for key, (_, words) in self.figures.items()),
        ]
        if self.instance.pk:
            self.initial["owner_name"] = str(self.instance.owner)
            self.initial["figure_name"] = f"{self.instance.figure}|{self.instance.plan}".strip("|")
        self.order_fields(self.Meta.fields)
        for name in ("unit", "definition", "source", "quality"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["quality"] = data.get("quality") or self.instance.quality
        figure = self.figures.get(data.get("figure_name") or "")
        if figure is not None:
            kept, words = figure
            data["unit"] = data.get("unit") or kept["unit"]
            data["definition"] = data.get("definition") or kept["definition"][:400]
            data["source"] = data.get("source") or "The Record"
            if data["unit"] != kept["unit"]:
                self.add_error("unit", f"That figure is in {kept['unit']}; leave the unit blank.")
            del words
        for name, what in (
            ("unit", "in what it is counted"),
            ("definition", "what exactly is counted"),
            ("source", "where the readings come from"),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"Say {what}.")
        self._stays_what_it_is(data)
        if data.get("direction") == Measure.Direction.RANGE:
            low, high = data.get("range_low"), data.get("range_high")
            if low is None or high is None or low >= high:
                self.add_error(
                    "range_low", "Give both ends of the good range, the lower one first."
                )
        return data

    def _stays_what_it_is(self, data: dict[str, Any]) -> None:
        """A measure whose baseline is fixed is not turned round: worse would read as better."""
        if not MeasureBaseline.objects.filter(measure=self.instance.pk).exists():
            return
        for name in ("unit", "direction", "range_low", "range_high", "figure_name"):
            if name in data and data[name] != self.initial.get(name):
                self.add_error(
                    name,
                    "Its baseline is fixed, so this stays. Retire it and keep another measure.",
                )

    def save(self, commit: bool = True) -> Measure:
        made: Measure = super().save(commit=False)
        made.owner = self.owner
        made.figure, _, made.plan = self.cleaned_data["figure_name"].partition("|")
        if commit:
            made.save()
        return made


def _figures() -> dict[str, tuple[dict[str, Any], str]]:
    """By "measure|plan" the overall figures of the current edition, and how they are called."""
    edition = Edition.objects.current()
    rows = StoredFigure.objects.filter(edition=edition, by="").order_by("place")
    found = {}
    for name, plan, figure in rows.values_list("measure", "baseline", "figure"):
        if figure.get("value") is not None:
            found[f"{name}|{plan}".rstrip("|")] = (figure, en.measure(name, PLANS[plan]))
    return found


class ReadingForm(forms.Form):
    """What it stood at on a day."""

    at = day("Of which day")
    value = forms.DecimalField(label="Value", max_digits=20, decimal_places=6)
    n = forms.IntegerField(
        label="How many stand behind it", required=False, min_value=0, help_text="If you know."
    )
    source = forms.CharField(label="Who says so", max_length=200, required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, today: date, measure: Measure, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        unit = "a share: 0.2 is a fifth" if measure.unit == "share" else measure.unit
        self.fields["value"].label = f"Value, {unit}"

    def clean_at(self) -> date:
        at: date = self.cleaned_data["at"]
        if at > self.today:
            raise forms.ValidationError("That day has not come yet.")
        return at


class ReadingsFileForm(forms.Form):
    """Readings out of a file."""

    file = forms.FileField(
        label="CSV or .xlsx",
        help_text="A header, and a row a reading: date, value; if there is one, n and note.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith((".csv", ".xlsx")):
            raise forms.ValidationError("Give a CSV file or an .xlsx file.")
        if file.size > _FILE_MOST:
            raise forms.ValidationError("That file is larger than 20 MB. Give the readings alone.")
        return file


class BaselineForm(forms.Form):
    """The period whose middle reading is fixed in writing."""

    first_day = day("From")
    last_day = day("To", help_text="Before whatever is to improve it begins.")
    because = forms.CharField(
        label="Why this period",
        max_length=300,
        help_text="Whoever doubts the baseline later reads this.",
    )


class TargetForm(_Named):
    """Where a measure is to be, by when.  Without a baseline the label must be chosen on purpose."""

    target = forms.DecimalField(label="Target", max_digits=20, decimal_places=6)
    start = day("Work on it begins")
    due = day("Reached by")
    no_baseline_yet = forms.BooleanField(
        label="No baseline yet: the target is labelled so", required=False
    )

    def __init__(
        self, *args: Any, measure: Measure, baseline: MeasureBaseline | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.measure, self.baseline = measure, baseline
        unit = "a share: 0.2 is a fifth" if measure.unit == "share" else measure.unit
        self.fields["target"].label = f"Target, {unit}"
        self.order_fields(("target", "start", "due", "owner_name", "no_baseline_yet"))

    def target_on(self, on: date) -> ImprovementTarget | None:
        """The target, checked; None where it may not be set, and then the form says why."""
        data = self.cleaned_data
        made = ImprovementTarget(
            measure=self.measure,
            baseline=None if data["no_baseline_yet"] else self.baseline,
            no_baseline_yet=data["no_baseline_yet"],
            target=data["target"],
            start=data["start"],
            due=data["due"],
            owner=self.owner,
            set_on=on,
        )
        if made.start >= made.due:
            self.add_error("due", "It is reached after the work on it begins.")
            return None
        try:
            made.full_clean()
        except forms.ValidationError as error:
            for words in error.messages:
                self.add_error(None, words)
            return None
        return made


class ImprovementForm(forms.Form):
    """What is claimed, before anybody looks."""

    what_was_done = forms.CharField(
        label="What is done differently", max_length=200, help_text="What others would see."
    )
    change = forms.ModelChoiceField(
        label="It is part of this change",
        queryset=ChangeProposal.objects.none(),
        required=False,
        empty_label="None of those proposed",
    )
    start = day("When does it begin everywhere?", required=False)
    starts_by = forms.CharField(
        label="Or unit by unit",
        required=False,
        widget=forms.Textarea({"rows": 3, "placeholder": "Retail 2026-01-15"}),
        help_text="A line a unit: its name, then the day. Units without a line are compared with them; "
        "that makes the strongest case.",
    )
    comparison = forms.CharField(
        label="Compared with",
        max_length=200,
        required=False,
        help_text="Projects it does not reach, for example org_unit=Property. Blank for nobody.",
    )
    selection = forms.ChoiceField(
        label="How were the units chosen?",
        choices=Improvement.Selection.choices,
        required=False,
        help_text="The worst come back by themselves; that is taken off.",
    )
    least_effect = forms.DecimalField(max_digits=20, decimal_places=6)
    rival_causes = forms.CharField(
        label="What else may move it?",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="A line each: other changes, the season, easier work.",
    )
    asked = forms.CharField(
        label="Nothing else, after asking",
        max_length=120,
        required=False,
        help_text="Whom you asked, where nobody knows of anything.",
    )
    contribution = forms.CharField(
        label="How would it make the difference?", max_length=400, widget=_TWO_LINES
    )
    day_worth = forms.DecimalField(
        label="What is a day worth?",
        required=False,
        min_value=0,
        max_value=Decimal(10) ** 10,
        decimal_places=2,
    )
    day_worth_said_by = forms.CharField(label="Who says so", max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        measure: Measure,
        changes: QuerySet[ChangeProposal],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.measure = measure
        self.currency = Organisation.ours().currency
        choices: Any = self.fields["change"]
        choices.queryset = changes
        if not compared_as(measure):
            for name in ("starts_by", "comparison", "selection"):
                del self.fields[name]
            self.fields["start"].required = True
            self.fields["start"].label = "When does it begin?"
        self.fields["least_effect"].label = f"The least that is worth having, {_least_in(measure)}"
        if measure.unit != "days" and compared_as(measure) not in (
            "schedule_overrun",
            "duration_days",
            "schedule_slip_days",
        ):
            del self.fields["day_worth"]
            del self.fields["day_worth_said_by"]
        elif self.currency:
            self.fields["day_worth"].label = f"What is a day worth, in {self.currency}?"

    def clean_starts_by(self) -> dict[str, date]:
        found: dict[str, date] = {}
        for line in self.cleaned_data["starts_by"].splitlines():
            if not line.strip():
                continue
            unit, _, written = line.strip().rpartition(" ")
            try:
                found[unit.strip(" ,:;\t")] = date.fromisoformat(written.strip())
            except ValueError:
                raise forms.ValidationError(
                    f"“{line.strip()}” does not end in a day. Write the unit, then the day, such as "
                    "Retail 2026-01-15."
                ) from None
        return found

    def clean_comparison(self) -> Sequence[str]:
        said = self.cleaned_data["comparison"].strip()
        if not said:
            return ()
        try:
            Only.of(said)
        except RegistrationError as error:
            raise forms.ValidationError(str(error)) from error
        return (said,)

    def claim(self) -> Claim:
        """What `claims.register` takes."""
        data = self.cleaned_data
        worth = data.get("day_worth")
        return Claim(
            measure=self.measure,
            what_was_done=data["what_was_done"],
            start=data["start"],
            starts_by=data.get("starts_by") or {},
            comparison=data.get("comparison") or (),
            selection=data.get("selection") or "",
            least_effect=data["least_effect"],
            rival_causes=[
                line.strip() for line in data["rival_causes"].splitlines() if line.strip()
            ],
            asked=data["asked"],
            contribution=data["contribution"],
            change=data["change"],
            day_worth_minor=None if worth is None else int(worth * 100),
            currency="" if worth is None else self.currency,
            day_worth_said_by=data.get("day_worth_said_by") or "",
        )


def _least_in(measure: Measure) -> str:
    compared = compared_as(measure)
    if compared == "schedule_slip_days":
        return "in days"
    if compared:
        return "as a share: 0.1 is a tenth"
    return "as a share: 0.1 is ten points" if measure.unit == "share" else f"in {measure.unit}"


class WhyForm(forms.Form):
    """A reason, for what is withdrawn, dropped or given up."""

    because = forms.CharField(label="Why", max_length=200)


class AgreementForm(_Named):
    """Who answers for the measure agrees with how the contribution is put."""


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """The period, and what only somebody can say; why each measure got worse or did not move."""

    class Meta:
        model = Report
        fields = ("kind", "first_day", "last_day", "stopped_asking", "next_steps", "ask")
        labels: ClassVar = {
            "kind": "Which report",
            "first_day": "From",
            "last_day": "To",
            "stopped_asking": "What we stopped asking for",
            "next_steps": "What comes next",
            "ask": "What we ask of the reader",
        }
        widgets: ClassVar = {
            "first_day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "last_day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "stopped_asking": _TWO_LINES,
            "next_steps": _TWO_LINES,
        }

    def __init__(self, *args: Any, to_explain: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for pk, name in to_explain:
            self.fields[f"why_{pk}"] = forms.CharField(
                label=f"{name}: why, as far as you know?",
                max_length=200,
                required=False,
                initial=self.instance.explanations.get(str(pk), ""),
                help_text="It stands in the report either way.",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and first >= last:
            self.add_error("last_day", "The period ends after it begins.")
        return data

    def save(self, commit: bool = True) -> Report:
        made: Report = super().save(commit=False)
        said = {
            name.removeprefix("why_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("why_") and words
        }
        made.explanations = said
        if commit:
            made.save()
        return made
