"""A person by their name, as somebody types it."""

from __future__ import annotations

from collections.abc import Iterable

from backing.people.models import Person


class SeveralOfThatName(Exception):
    """More than one person goes by this name; the text says so."""


def person_named(full_name: str, *, job_title: str = "") -> Person:
    """The one person of that name, or a new one.  Raises SeveralOfThatName."""
    name = " ".join(full_name.split())
    found = list(Person.objects.filter(full_name__iexact=name)[:2])
    if len(found) > 1:
        raise SeveralOfThatName(
            f"More than one person is called {name}. Open the one you mean from the list."
        )
    return found[0] if found else Person.objects.create(full_name=name, job_title=job_title)


def people_named(names: Iterable[str]) -> list[Person]:
    """One person for each name.  Raises SeveralOfThatName."""
    return [person_named(name) for name in names]


def names_in(text: str) -> list[str]:
    """Names with commas or line ends between them, each once."""
    parts = (" ".join(part.split()) for part in text.replace("\n", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))
