"""What the evidence holds about a person: words beside the Record, kept files, ownership, codings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from backing.evidence import keeping
from backing.evidence.editions.truth import store
from backing.evidence.models import Coding, Decision, DroppedFile, MirroredProject, Ownership
from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.names import Names

_REGISTER: Final = "A register that the project office was given."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """The projects they own, manage or sponsor, and what they answered about them."""
    del now
    owned = Ownership.objects.filter(person=person)
    managed = MirroredProject.objects.visible_to(viewer).filter(manager__iexact=person.full_name)
    sponsored = MirroredProject.objects.visible_to(viewer).filter(sponsor__iexact=person.full_name)
    decided = Decision.objects.filter(by=person)
    coded = Coding.objects.filter(coder=person)
    yield Section(
        title="Your projects",
        why="To ask whoever knows a project about it, and nobody else.",
        seen_by="Management, and for their own projects those who own them.",
        kept="As long as the register is part of the evidence.",
        entries=(
            *(_entry("Ownership", one.pk, "you own", one.key, _REGISTER) for one in owned),
            *(
                _entry("MirroredProject", one.pk, "you manage", one.name or one.key, _REGISTER)
                for one in managed
            ),
            *(
                _entry("MirroredProject", one.pk, "you sponsor", one.name or one.key, _REGISTER)
                for one in sponsored
            ),
        ),
    )
    yield Section(
        title="What you answered about projects",
        why="The figures rest on it.",
        seen_by="The project office.",
        kept="As long as the figures rest on it, under an id that says nothing about you.",
        entries=(
            *(
                _entry("Decision", one.pk, one.get_kind_display(), one.key, "You answered.")
                for one in decided
            ),
            *(
                _entry("Coding", one.pk, "you coded", f"{one.key}: {one.cause}", "You coded it.")
                for one in coded
            ),
        ),
    )


def erase_files(person: Person, names: Names) -> Counts:
    """Words beside the Record lose the name, and files that held it are deleted; their digests stay."""
    del person
    erased = store().erase(*names.whole)
    held = [
        file
        for file in DroppedFile.objects.only("take", "stored_as")
        if file.take in erased.takes or (not file.take and _may_hold(file, names))
    ]
    for file in held:
        (keeping.uploads() / file.stored_as).unlink(missing_ok=True)
    return {"words re-worded": len(erased.takes), "files deleted": len(held)}


def _may_hold(file: DroppedFile, names: Names) -> bool:
    """Whether a file of which nothing was taken may hold the name: a packed one might."""
    path: Path = keeping.uploads() / file.stored_as
    try:
        content = path.read_bytes()
    except OSError:
        return False
    is_packed = content[:2] in (b"PK", b"\x1f\x8b") or content[:4] == b"\xd0\xcf\x11\xe0"
    written = content.decode("utf-8", "ignore") + content.decode("utf-16-le", "ignore")
    return is_packed or names.pattern.search(written) is not None


def _entry(model: str, pk: int, what: str, words: str, source: str) -> Entry:
    return Entry(name=f"{model} {pk}", on=None, says=((what, words),), source=source)
