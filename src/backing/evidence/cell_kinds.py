"""Which cells of a project can be put right one by one, and where the Record keeps each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from backing.evidence.field_words import WORDS

Form = Literal["words", "money", "day", "state"]


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of cell: where the Record keeps it, and what it is called.

    fact: its name among the mirrored facts, if it is one.  table, column: by the names of
    trackrecord.tables.  stated: which of the plans of one row, for `baselines`.
    """

    fact: str
    table: str
    column: str
    label: str
    form: Form
    stated: str = ""


# What an owner is asked about.
FIELDS: Final = (
    Field("org_unit", "projects", "org_unit", "Unit", "words"),
    Field("state", "projects", "state", "State", "state"),
    Field("original_cost", "baselines", "cost", WORDS["original_cost"], "money", "original"),
    Field("cost_actual", "projects", "cost_actual", "What it cost", "money"),
    Field("original_finish", "baselines", "finish", WORDS["original_finish"], "day", "original"),
    Field("finished", "projects", "finished", "Finished on", "day"),
)
_FORMS: Final[dict[str, Form]] = {
    "start": "day",
    "finish": "day",
    "cost": "money",
    "benefit": "money",
}
MAPPED: Final = {
    field.fact: field
    for field in (
        Field("kind", "projects", "kind", "Kind", "words"),
        Field("started", "projects", "started", "Started on", "day"),
        Field("benefit_actual", "projects", "benefit_actual", WORDS["benefit_actual"], "money"),
        Field("forecast_finish", "reports", "forecast_finish", WORDS["forecast_finish"], "day"),
        Field("forecast_cost", "reports", "forecast_cost", WORDS["forecast_cost"], "money"),
        *(
            Field(f"{plan}_{part}", "baselines", part, WORDS[f"{plan}_{part}"], form, plan)
            for plan in ("original", "current", "planned")
            for part, form in _FORMS.items()
        ),
        *FIELDS,
    )
}
"""What a column may be mapped to, by the names of trackrecord.layout, where one cell can be put right."""
