"""Advice as home shows it, where others may look on: nothing about a person, however it was found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from backing.people.access import Confidentiality
from backing.people.advising import Advice

ABOUT_A_PERSON: Final = "One thing about a person; open to read"
CEILING: Final = (Confidentiality.OPEN, Confidentiality.MGMT, Confidentiality.PMO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing to do.  key: names it in an address, and tells nothing.  masked: it is about a person."""

    key: str
    title: str
    because: tuple[str, ...] = ()
    do: str = ""
    href: str = ""
    due: date | None = None
    masked: bool = False

    @classmethod
    def on_home(cls, advice: Advice) -> Self:
        """Of what is about a person, only that there is something."""
        if advice.confidentiality not in CEILING:
            return cls(key=key_of(advice), title=ABOUT_A_PERSON, masked=True)
        return cls.opened(advice)

    @classmethod
    def opened(cls, advice: Advice) -> Self:
        """All of it, on a page that is opened to be read."""
        return cls(
            key=key_of(advice),
            title=advice.title,
            because=advice.because,
            do=advice.do,
            href=advice.href,
            due=advice.due,
        )


def key_of(advice: Advice) -> str:
    """The same for the same rule and subject, on every day."""
    return hashlib.sha256(f"{advice.rule} {advice.subject}".encode()).hexdigest()[:16]
