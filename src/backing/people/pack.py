"""D13, the subject-access pack: all that is held about one person, for them to read.

Composed anew each time and never kept; that it was made is in the access log, with the hash of what it
said.  Who else is named in it is taken out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from backing.people.held import Entry, Section, Value, offered
from backing.people.models import AccessLog, Account, OwnStatement, Person
from backing.people.redaction import Redactor
from boardpaper import blocks
from boardpaper.claim import Claim, Name
from boardpaper.wording import en

WHAT: Final = "Subject-access pack"


@dataclass(frozen=True, slots=True)
class Pack:
    """What is held about a person on a day, and what they said to it themselves, by entry."""

    person: Person
    at: datetime
    sections: tuple[Section, ...]
    statements: Mapping[str, tuple[str, ...]]

    @property
    def entries(self) -> int:
        return sum(len(section.entries) for section in self.sections)


def of(person: Person, viewer: Account, now: datetime) -> Pack:
    """Everything that this viewer may open about a person; each opening is logged."""
    hide = Redactor.for_reader(person)
    found = (
        section
        for module in offered("export_of")
        for section in module.export_of(person, viewer, now)
    )
    sections = tuple(hide.section(section) for section in found if section.entries)
    opened = OwnStatement.objects.filter(person=person).open_sealed(
        viewer=viewer, purpose="the person’s own words beside an entry", now=now
    )
    said: dict[str, tuple[str, ...]] = {}
    for statement, content in opened:
        said[statement.entry] = (*said.get(statement.entry, ()), content["words"])
    return Pack(person, now, sections, said)


def as_json(pack: Pack) -> bytes:
    """For a machine: the same as the paper."""
    content = {
        "person": pack.person.full_name,
        "as_of": pack.at.isoformat(timespec="seconds"),
        "sections": [
            {
                "title": section.title,
                "kept_for": section.why,
                "read_by": section.seen_by,
                "kept_for_how_long": section.kept,
                "entries": [_entry_as_json(entry, pack) for entry in section.entries],
            }
            for section in pack.sections
        ],
        "your_own_words": list(pack.statements.get("", ())),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def document(pack: Pack, *, organisation: str, invented: bool) -> blocks.Document:
    """For a person: a section a kind, a table each."""
    sections = [_section(section, pack) for section in pack.sections]
    general = pack.statements.get("", ())
    if general:
        sections.append(
            blocks.Section(
                kicker="Your own words",
                lead=_claim("This is what you asked us to keep beside it."),
                blocks=tuple(
                    blocks.Quotation(words=words, said_by=pack.person.full_name)
                    for words in general
                ),
            )
        )
    return blocks.Document(
        code="D13",
        title="What we keep about you",
        organisation=organisation,
        sections=(_opening(pack), *sections),
        edition="",
        issued_at=pack.at.replace(microsecond=0),
        audience=pack.person.full_name,
        invented=invented,
    )


def log(pack: Pack, viewer: Account, *, form: str, request: int | None) -> str:
    """Write down that it left the office, and give the hash of what it said."""
    digest = hashlib.sha256(as_json(pack)).hexdigest()
    for_what = f"access request {request}" if request else "asked for without a request"
    AccessLog.objects.create(
        who=viewer,
        what=WHAT,
        count=pack.entries,
        about=[pack.person.pk],
        purpose=f"{for_what}, as {form}, sha-256 {digest[:16]}",
        at=pack.at,
    )
    return digest


def _entry_as_json(entry: Entry, pack: Pack) -> dict[str, Any]:
    return {
        "entry": entry.name,
        "on": entry.on.isoformat() if entry.on else None,
        "says": {name: _plain(value) for name, value in entry.says},
        "source": entry.source,
        "your_own_words": list(pack.statements.get(entry.name, ())),
    }


def _opening(pack: Pack) -> blocks.Section:
    said = "Nothing is kept about you." if not pack.sections else "This is what we keep about you."
    told = (
        "Names of others are left out. If something is wrong, tell us, and it is put right or your own "
        "words stand beside it. You may object, and you may ask for it to be erased."
    )
    return blocks.Section(
        kicker="Your right to know",
        lead=_claim(said),
        blocks=(blocks.Statement(claims=(_claim(told),)),),
    )


def _section(section: Section, pack: Pack) -> blocks.Section:
    rows = tuple(
        (
            entry.called,
            entry.on,
            "; ".join(f"{name}: {_plain(value)}" for name, value in entry.says if value),
            entry.source,
            " ".join(pack.statements.get(entry.name, ())),
        )
        for entry in section.entries
    )
    columns = ("Entry", "On", "What it says", "Where from", "Your own words")
    table = blocks.Table(
        columns=tuple(blocks.Column(name=name) for name in columns), rows=rows, note=section.kept
    )
    why = _claim("Kept for: {why} Read by: {who}", why=Name(section.why), who=Name(section.seen_by))
    return blocks.Section(
        kicker="About you",
        lead=_claim("{title}", title=Name(section.title)),
        blocks=(blocks.Statement(claims=(why,)), table),
    )


def _claim(text: str, /, **slots: Any) -> Claim:
    """All of it is about a person, so each sentence bears that class."""
    return Claim(text, klass="RELATIONSHIP", **slots)


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return en.day(value)
    return value or ""
