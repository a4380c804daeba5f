"""Taking other people's names out of what one person may read about themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from backing.people.held import Entry, Section, Value
from backing.people.models import Person

SOMEBODY: Final = "[somebody else]"
_SHORTEST: Final = 3  # letters of a part of a name that is looked for alone
# Given names that are words of every note; alone they are left standing.
_ALSO_WORDS: Final = frozenset(
    {"May", "June", "April", "August", "Will", "Mark", "The", "And", "Head"}
)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes names out of text; `None` where nobody else is known."""

    names: re.Pattern[str] | None

    @classmethod
    def for_reader(cls, reader: Person) -> Redactor:
        """Takes out everyone who is known here but the reader."""
        others = Person.objects.exclude(pk=reader.pk).values_list("full_name", "email")
        own = set(reader.full_name.split())
        spelt: set[str] = set()
        for name, email in others:
            spelt |= {name, *(part for part in name.split() if _is_told(part, own))}
            spelt |= {email} if email else set()
        return cls(_any_of(spelt - {reader.full_name, ""}))

    def text(self, words: str) -> str:
        return self.names.sub(SOMEBODY, words) if self.names else words

    def value(self, value: Value) -> Value:
        return self.text(value) if isinstance(value, str) else value

    def section(self, section: Section) -> Section:
        return replace(section, entries=tuple(self._entry(each) for each in section.entries))

    def _entry(self, entry: Entry) -> Entry:
        says = tuple((name, self.value(value)) for name, value in entry.says)
        return replace(entry, says=says, source=self.text(entry.source))


def _is_told(part: str, own: set[str]) -> bool:
    """Whether a part of somebody's name tells who is meant: it is no initial, nor the reader's own."""
    return (
        len(part) >= _SHORTEST and part[0].isupper() and part not in own and part not in _ALSO_WORDS
    )


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    spelt = sorted(names, key=lambda name: (-len(name), name))
    if not spelt:
        return None
    each = (r"\s+".join(map(re.escape, name.split())) for name in spelt)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")
