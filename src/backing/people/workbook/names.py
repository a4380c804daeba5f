"""By which words a row names another: what that one is called here, with its key where two are called so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db import models

from backing.people.workbook.cells import text_of
from backing.people.workbook.declared import Sheet, sheets
from backing.people.workbook.keys import Keys

_WITH_KEY: Final = re.compile(r"(?:(?P<name>.*) )?\[(?P<key>[^\[\]]+)\]", re.DOTALL)


class NotFound(Exception):
    """Nothing of that name; the text says so, and what to do."""


class Gone(Exception):
    """It is somebody who was forgotten, or rests on them."""


class Names:
    """What each record is called, as it was before the import and as it is now."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._called: dict[str, dict[int, str]] = {}
        self._known: dict[str, dict[str, set[int]]] = {}
        self._gone: list[re.Pattern[str]] = []
        self._gone_keys: set[str] = set()
        self._titles = {sheet.label: sheet.title for sheet in sheets()}

    def learn(self, sheet: Sheet, rows: Iterable[models.Model]) -> None:
        """What the rows of a sheet are called, before anything changes."""
        said = {row.pk: " ".join(text_of(str(row)).split()) for row in rows}
        times = Counter(name.casefold() for name in said.values())
        self._called[sheet.label] = {
            pk: name if name and times[name.casefold()] == 1 else f"{name} [{self._key(sheet, pk)}]"
            for pk, name in said.items()
        }
        known = self._known.setdefault(sheet.label, {})
        for pk, name in said.items():
            known.setdefault(name.casefold(), set()).add(pk)

    def add(self, row: models.Model) -> None:
        """A row that is new, or is called otherwise now; its old name finds it too."""
        name = " ".join(text_of(str(row)).split()).casefold()
        self._known.setdefault(row._meta.label, {}).setdefault(name, set()).add(row.pk)

    def forget(self, pattern: re.Pattern[str], key: str) -> None:
        """This name is nobody's any more."""
        self._gone.append(pattern)
        self._gone_keys.add(key)

    def has_sheet(self, model: Any) -> bool:
        return model._meta.label in self._titles

    def called(self, model: Any, pk: int) -> str:
        """How a row names it; by its key alone where the viewer does not see it."""
        return self._called.get(model._meta.label, {}).get(pk, f"[{pk}]")

    def find(self, model: Any, words: str) -> int:
        """The key in the database of what these words name.  Raises NotFound, Gone."""
        label = model._meta.label
        name = " ".join(words.split())
        with_key = _WITH_KEY.fullmatch(name)
        if with_key is not None:
            if with_key["key"] in self._gone_keys:
                raise Gone
            pk = self.keys.row(label, with_key["key"])
            if pk is not None:
                return pk
        found = self._known.get(label, {}).get(name.casefold(), set())
        if len(found) == 1:
            return next(iter(found))
        if any(pattern.search(name) for pattern in self._gone):
            raise Gone
        title = self._titles.get(label, "")
        if found:
            raise NotFound(
                f"{len(found)} rows of {title} are called “{name}”. Write the key of the one that is "
                f"meant behind the name, as in “{name} [{next(iter(sorted(self._keys_of(label, found))))}]”."
            )
        raise NotFound(
            f"{title} has no row called “{name}”. Write a name that stands there, or add the row."
        )

    def _keys_of(self, label: str, found: set[int]) -> list[str]:
        return [self.keys.of(label, pk) for pk in found]

    def _key(self, sheet: Sheet, pk: int) -> str:
        return self.keys.of(sheet.label, pk)
