"""Forgetting a person wherever they stand, and what stays: a stub with their former post.

Each app takes out what it holds (`privacy.erase`); then their name is looked for in every text of the
database, of our own making or imported, plain, sealed or in a history, and the stub put in its place.
What rests on them stands: no edition of the Record changes, since its facts hold no names, and no figure
of an issued document.

The erasure list lies outside the workspace, so that restoring an older backup forgets again.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from backing.people import tables
from backing.people.held import offered
from backing.people.models import Account, Authenticator, EntryLink, Person
from backing.people.names import Names, former


def forget(person: Person, *, on: datetime, erasure_list: Path) -> Counter[str]:
    """Forget who someone was; gives what was taken out, by a word for it.  Safe to do again.

    Raises backing.people.key.NoKey where sealed records cannot be looked through.
    """
    erasure_list.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with erasure_list.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"person": str(person.opaque_id), "on": on.isoformat()}) + "\n")
    return _forget(person, on=on)


def replay(erasure_list: Path, *, on: datetime) -> int:
    """Forget again whoever was forgotten before; gives how many had come back."""
    back = Person.objects.filter(opaque_id__in=listed(erasure_list), erased_at=None)
    people = list(back.order_by("pk"))
    for person in people:
        _forget(person, on=on)
    return len(people)


def clean_free_pages() -> None:
    """Rewrite the database, so that what was deleted is in no free page and no write-ahead log.

    Takes seconds, and no transaction may be open.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL")


def listed(erasure_list: Path) -> set[str]:
    """The opaque ids of all who were ever forgotten on this machine."""
    if not erasure_list.exists():
        return set()
    lines = erasure_list.read_text("utf-8").splitlines()
    return {json.loads(line)["person"] for line in lines if line.strip()}


def _forget(person: Person, *, on: datetime) -> Counter[str]:
    names = Names.of(person)
    found: Counter[str] = Counter()
    for module in offered("erase_files"):
        found.update(module.erase_files(person, names))
    with transaction.atomic():
        for module in offered("erase"):
            found.update(module.erase(person, names))
        found.update(tables.take_out(names))
        _make_stub(person, on=on)
    return found


def _make_stub(person: Person, *, on: datetime) -> None:
    for account in Account.objects.filter(person=person):
        account.close()
        account.email, account.last_login = None, None
        account.save()
        EntryLink.objects.filter(account=account).delete()
        Authenticator.objects.filter(account=account).delete()
    person.full_name = former(person)
    person.email, person.phone = None, ""
    person.reports_to = person.successor = None
    person.objection_at, person.erased_at = None, on
    person.save()
    person.history.all().delete()
