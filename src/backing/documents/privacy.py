"""A person in issued documents: what their name stands in is re-worded, its figures never."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from backing.documents import files
from backing.documents.models import Issue, Printed
from backing.documents.names import file_name
from backing.documents.work import RENDERERS, folder_of
from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.names import Names
from backing.site.work import State
from boardpaper.composed import document_from

TAKEN_OUT = "A person’s name was taken out after it was issued."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What was printed about them, by whom and when; what stood in it is in the other sections."""
    del viewer, now
    printed = Printed.objects.filter(about=person).exclude(code="D13")
    yield Section(
        title="Papers about you that were printed",
        why="To know who has taken what along.",
        seen_by="The project office.",
        kept="As long as the access log.",
        entries=tuple(
            Entry(
                name=f"Printed {one.pk}",
                on=one.printed_at.date(),
                says=(("paper", one.get_code_display()), ("may be used until", one.expires_on)),
                source="The project office printed it.",
            )
            for one in printed
        ),
    )


def erase_files(person: Person, names: Names) -> Counts:
    """Issues in which the name stands are written anew without it."""
    del person
    found = 0
    for issue in Issue.objects.filter(state=State.DONE).order_by("pk"):
        content = json.loads(issue.composition)
        reworded = _reworded(content, names)
        if reworded != content:
            _write_anew(issue, reworded)
            found += 1
    return {"issued documents re-worded": found}


def erase(person: Person, names: Names) -> Counts:
    """Printings are about nobody any more, and earlier drafts are as today's will be: without the name."""
    del names
    printed = Printed.objects.filter(about=person)
    found = {"printings": printed.count()}
    printed.update(about=None)
    return found


def _write_anew(issue: Issue, content: Any) -> None:
    """New files first, under names of their own content; then one transaction makes them count."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    document = document_from(text.encode())
    before = [file.stored_as for file in issue.files.all()]
    issue.composition = text
    kept = {
        kind: files.keep(folder_of(issue), RENDERERS[kind](document, issue), kind)
        for kind in issue.formats
    }
    with transaction.atomic():
        issue.composition_hash = hashlib.sha256(text.encode()).hexdigest()
        issue.redactions = [*(each for each in issue.redactions if each != TAKEN_OUT), TAKEN_OUT]
        issue.save(update_fields=["composition", "composition_hash", "redactions"])
        for file in issue.files.all():
            new = kept[file.kind]
            file.digest, file.size, file.stored_as = new.digest, new.size, new.stored_as
            file.name = file_name(document, file.kind)
            file.save()
    for stored_as in set(before) - {new.stored_as for new in kept.values()}:
        files.path_of(stored_as).unlink(missing_ok=True)


def _reworded(value: Any, names: Names) -> Any:
    """Every text of a composition without the name; figures hold none and come out as they were."""
    if isinstance(value, str):
        return names.out_of(value)
    if isinstance(value, list):
        return [_reworded(each, names) for each in value]
    if isinstance(value, dict):
        if value.get("is") == "Figure":
            return value
        return {key: _reworded(each, names) for key, each in value.items()}
    return value
