"""What is held about a person, as each app tells it.

An app that holds something has a `privacy.py`, found by its name, with as many of these as it needs:

    def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]
    def erase_files(person: Person, names: Names) -> Counts
    def erase(person: Person, names: Names) -> Counts
    def is_due(office: Office, today: date) -> bool
    def due(office: Office, today: date) -> Iterator[Due]
    def forget(due: Due, office: Office, today: date) -> int
    def texts_since(day: date, viewer: Account, now: datetime, known: Container[bytes]) -> Iterator[Text]
    def not_told(office: Office, today: date) -> Iterator[NotTold]

`erase_files` comes first and outside any transaction, for it may take long; both may be done twice.  A
privacy module may open what is sealed, through the door like everyone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Final

from backing.people.of_apps import of_apps

Value = str | date | None
# Kinds of record that the pages call by another name than ours.
_CALLED: Final = {
    "Heard": "Note",
    "MandateDecision": "Decision",
    "MirroredProject": "Project",
    "RaciAssignment": "Part in work",
}
Counts = Mapping[str, int]  # what was taken out, by a word for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record about a person.

    name: how it is known ("StanceAssessment 12"), so that a statement of theirs can stand beside it.
    says: names and values, in the words of the trade.  source: where the office has it from.
    """

    name: str
    on: date | None
    says: tuple[tuple[str, Value], ...]
    source: str

    @property
    def called(self) -> str:
        """How its reader calls it ("Stance assessment 12")."""
        kind, _, number = self.name.partition(" ")
        words = _CALLED.get(kind, re.sub(r"(?<!^)([A-Z])", r" \1", kind).capitalize())
        return f"{words} {number}".strip()


def name_of(called: str) -> str:
    """The name of an entry, from how its reader calls it; a name stays as it is."""
    words, _, number = called.strip().rpartition(" ")
    kinds = {words: kind for kind, words in _CALLED.items()}
    kind = kinds.get(words, "".join(word[:1].upper() + word[1:] for word in words.split()))
    return f"{kind} {number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Records of one kind.  why: what they are kept for.  seen_by: who may read them.  kept: how long."""

    title: str
    why: str
    seen_by: str
    kept: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something whose time is over.  person: its opaque id, or nothing where it is about many."""

    app: str
    code: str
    person_id: int | None
    what: str
    count: int
    since: date

    @property
    def key(self) -> str:
        return f"{self.app}/{self.code}/{self.person_id or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text that somebody wrote about people.  subject: the same every day.

    mark: of its ciphertext; whoever looked through it names it as known, and it is not opened again.
    href: gives where it stands, asked of the few texts that something is said about.
    """

    subject: str
    mark: bytes
    words: str
    href: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """Somebody about whom something is kept, and who has not been told."""

    person_id: int
    since: date


def offered(function: str) -> Iterator[ModuleType]:
    """The modules that have this function."""
    return (module for module in of_apps("privacy") if hasattr(module, function))
