"""A project's history in words: what each row said, and what people decided, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backing.evidence.field_words import WORDS
from backing.evidence.history import Said
from backing.evidence.models import Decision
from boardpaper.wording import en
from trackrecord.values.currencies import minor_units

_MONEY: Final = (
    *("cost", "benefit", "cost_actual", "benefit_actual", "pv", "ev", "ac"),
    *("forecast_cost", "cost_change"),
)
_DAYS: Final = ("duration_days", "finish_change_days")
_HOURS: Final = ("effort", "effort_actual")
_SHARES: Final = ("percent_complete", "share_of_loss")
# Said with the value they belong to, or by the line's own name.
_SAID_ELSEWHERE: Final = ("currency", "rag_scale", "stated", "seq", "agreed")
_NAMES: Final = {
    **WORDS,
    "start": "start",
    "finish": "finish",
    "cost": "cost",
    "benefit": "benefit",
    "effort": "work",
    "approved_on": "approved on",
    "reason": "because",
    "weight": "weight",
    "share_of_loss": "share of the loss",
    "rag": "rated",
    "cause": "cause",
}
_BASELINES: Final = {
    "original": "Original plan",
    "current": "Current plan",
    "planned": "Plan of this export",
    "change": "Change of plan",
}
_ROWS: Final = {"projects": "The register’s row", "reports": "Status report", "causes": "Cause"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row of a file said, or one person decided.

    lines: (what it is about, what it says).  place: file and row, or who decided.
    """

    on: date | None
    export: str
    lines: tuple[tuple[str, str], ...]
    place: str
    is_decision: bool = False


def entries(said: Iterable[Said], decisions: Iterable[Decision]) -> list[Entry]:
    """Rows and decisions in the order of their days; what repeats the row before says so."""
    found = [*_rows(said), *(_decided(each) for each in decisions)]
    return sorted(found, key=lambda entry: (entry.on or date.min, entry.is_decision))


def _rows(said: Iterable[Said]) -> Iterator[Entry]:
    before: dict[tuple[str, ...], Mapping[str, Any]] = {}
    rows: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for each in said:
        facts = each.facts
        kind = (each.table, each.register, str(facts.get("stated")), str(facts.get("seq")))
        again = before.get(kind) == facts
        before[kind] = facts
        words = "as before" if again else "; ".join(_facts(facts)) or "nothing more"
        rows.setdefault((each.as_at, each.export, each.place), []).append((_name(each), words))
    for (on, export, place), lines in rows.items():
        unchanged = len(lines) > 1 and all(words == "as before" for _, words in lines)
        told = (("All of it", "as before"),) if unchanged else tuple(lines)
        yield Entry(on=on, export=export, lines=told, place=place)


def _name(said: Said) -> str:
    if said.table != "baselines":
        return _ROWS[said.table]
    name = _BASELINES.get(said.facts.get("stated", ""), "Plan")
    seq = said.facts.get("seq")
    return f"{name} {seq}" if seq and said.facts.get("stated") == "change" else name


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    currency = facts.get("currency") or ""
    for column, value in facts.items():
        if column not in _SAID_ELSEWHERE:
            name = _NAMES.get(column, column.replace("_", " "))
            yield f"{name.partition(':')[0].lower()} {fact_words(column, value, currency)}"


def fact_words(column: str, value: Any, currency: str) -> str:
    """A value of the Record in words; money is in minor units of the currency."""
    if value is None:
        return "blank"
    if isinstance(value, date):
        return en.day(value)
    if column in _MONEY:
        return en.money(value / minor_units(currency), currency, short=True)
    if column in _SHARES:
        return en.share(value)
    if column in _DAYS:
        return f"{en.number(value)} {en.noun('days', value)}"
    if column in _HOURS:
        return f"{en.number(value)} {en.noun('hours', value)}"
    return str(value)


def _decided(decision: Decision) -> Entry:
    return Entry(
        on=decision.made_at.date(),
        export="",
        lines=((_DECIDED[Decision.Kind(decision.kind)], _decision_words(decision)),),
        place=f"decided by {decision.by}" + (", withdrawn since" if decision.withdrawn_at else ""),
        is_decision=True,
    )


_DECIDED: Final = {
    Decision.Kind.SAME: "Joined",
    Decision.Kind.NOT_SAME: "Kept apart",
    Decision.Kind.CORRECTION: "Corrected",
    Decision.Kind.CAUSE: "Cause agreed",
    Decision.Kind.CONFIRMED: "Confirmed by its owner",
}


def _decision_words(decision: Decision) -> str:
    from trackrecord.decisions import (
        CauseAgreed,
        Correction,
        NotSameProject,
        SameProject,
        from_lines,
    )

    (made,) = from_lines(decision.line)
    match made:
        case Correction():
            name = _NAMES.get(made.column, made.column.replace("_", " ")).partition(":")[0]
            was, now = (fact_words(made.column, each, "") for each in (made.was, made.is_))
            return f"{name.lower()} was {was}, is {now}"
        case CauseAgreed():
            return made.cause if made.agreed else f"not {made.cause}"
        case SameProject() | NotSameProject():
            return f"{made.a.key} in {made.a.register}, {made.b.key} in {made.b.register}"
        case _:
            return "its figures stand"
