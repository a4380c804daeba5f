"""What is held about somebody in what the office costs and returns: words of theirs, and their name in others'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.worth.models import (
    BenefitValuation,
    CostItem,
    FinanceWord,
    HourlyRate,
    KeptApart,
)

_OURS: Final = "The project office’s own papers."
_WORDS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (CostItem, ("what", "basis")),
    (HourlyRate, ("source",)),
    (BenefitValuation, ("attribution_reason", "basis")),
    (FinanceWord, ("reason",)),
    (KeptApart, ("why",)),
)


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """Their word on money: as finance, or as the second who claims the whole of a benefit."""
    del viewer, now
    words = FinanceWord.objects.filter(by__person=person).select_related("valuation__benefit")
    seconded = BenefitValuation.objects.filter(second_person=person)
    noted = BenefitValuation.objects.filter(noted_by__person=person)
    apart = KeptApart.objects.filter(by__person=person)
    yield Section(
        title="Your word on what the project office returns",
        why="So that no return is told that somebody does not answer for.",
        seen_by="Management.",
        kept="As long as the figure stands; then under your former post.",
        entries=(
            *(
                _entry(
                    one,
                    one.at.date(),
                    f"you said of “{one.valuation}”",
                    f"{one.get_word_display()}. {one.reason}".strip(),
                )
                for one in words
            ),
            *(
                _entry(one, one.noted_on, "you say that all of it is the office’s", str(one))
                for one in seconded
            ),
            *(_entry(one, one.noted_on, "you put it into money", str(one)) for one in noted),
            *(_entry(one, one.on, "you keep two figures apart", one.why) for one in apart),
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """What was said of money stays, by the holder of a post; their name goes out of the words of others."""
    del person
    changed = 0
    for model, fields in _WORDS:
        changed += _take_out(model, fields, names)
        if hasattr(model, "history"):
            _take_out(model.history.model, fields, names)
    return {"words on money": changed}


def _take_out(model: Any, fields: tuple[str, ...], names: Names) -> int:
    """How many rows had the name in them."""
    rows, found = past_the_guard(model), 0
    for row in rows.iterator():
        said = {name: getattr(row, name) for name in fields}
        clean = {name: names.out_of(words) for name, words in said.items()}
        if clean != said:
            found += 1
            width = {name: row._meta.get_field(name).max_length for name in fields}
            rows.filter(pk=row.pk).update(
                **{name: words[: width[name]] for name, words in clean.items()}
            )
    return found


def _entry(record: Any, on: Any, what: str, words: str) -> Entry:
    name = f"{type(record).__name__} {record.pk}"
    return Entry(name=name, on=on, says=((what, words),), source=_OURS)
