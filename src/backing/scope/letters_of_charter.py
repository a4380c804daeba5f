"""What a leader is sent with a version of the charter: the words, and the address of their own link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from backing.people.bearing import address_of
from backing.people.models import Organisation, Person
from backing.scope.models import Charter
from backing.scope.models.links import LASTS
from boardpaper.wording import en


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    subject: str
    text: str


def compose(
    request: HttpRequest, version: Charter, person: Person, token: str, *, now: datetime
) -> Letter:
    """The message to one leader about one version."""
    of = Organisation.ours().name
    until = en.day(timezone.localdate(now + LASTS))
    state = "in force" if version.basis_id else "proposed"
    asked = (
        f"the charter of the project office{f' of {of}' if of else ''} is {state}, version "
        f"{version.version}. It says what the office will do, what it won’t, and who does that instead. "
        "Please say that you know it, or what you object to. It takes two minutes, on a phone too, and "
        "needs no account."
    )
    kept = f"The link is meant for you. Until {until} you can change your answer with it."
    lines = (
        f"Dear {person},",
        "",
        asked,
        "",
        address_of(request, "charter-answer", token),
        "",
        kept,
    )
    subject = f"The project office’s charter, version {version.version}: your word on it"
    return Letter(subject=subject, text="\n".join(lines) + "\n")
