"""How a person may be written, so that their name can be found wherever it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backing.people.models import Person


@dataclass(frozen=True, slots=True)
class Names:
    """The ways in which a name is written.

    whole: forms that mean nobody else ("Ana Lima", "Lima, Ana", "A. Lima", the e-mail).
    stub: what stands in their place.
    """

    whole: tuple[str, ...]
    stub: str

    @classmethod
    def of(cls, person: Person) -> Names:
        name = " ".join(person.full_name.split())
        parts = name.split()
        whole = [name]
        if len(parts) > 1:
            first, last = " ".join(parts[:-1]), parts[-1]
            whole += [
                f"{last}, {first}",
                f"{last} {first}",
                f"{parts[0][0]}. {last}",
                f"{parts[0][0]} {last}",
            ]
        whole += [person.email] if person.email else []
        whole += [person.phone] if len(person.phone) > 5 else []
        return cls(tuple(dict.fromkeys(whole)), former(person))

    @property
    def pattern(self) -> re.Pattern[str]:
        each = (_spelt(form) for form in sorted(self.whole, key=lambda form: (-len(form), form)))
        return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")

    def out_of(self, text: str) -> str:
        return self.pattern.sub(lambda _: self.stub, text)


def _spelt(form: str) -> str:
    """A name of one word may be a word of the language: it is found as it is written only."""
    written = r"\s+".join(map(re.escape, form.split()))
    return f"(?i:{written})" if " " in form or "@" in form else written


def former(person: Person) -> str:
    """Who someone was, without who they are: all that stays of them (3.1)."""
    return f"Former {person.job_title}" if person.job_title else "Someone who left"
