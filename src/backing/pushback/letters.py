"""What goes out with a link to object by, or to follow what became of an objection, in words."""

from __future__ import annotations

from datetime import date

from backing.mandate.models import Impact
from backing.people.models import Person
from backing.pushback.models import Pushback, SayLink
from boardpaper.wording import en


def to_all_whom_it_affects(link: SayLink, *, address: str, until: date) -> str:
    """Goes under the announcement of a change, or out by itself."""
    lines = (
        f"About: {link}.",
        (
            "If something about it is wrong for you or your projects, tell the project office here. It "
            "takes two minutes, on a phone too, needs no account, and nobody learns that it was you if "
            "you say so. You are told by when there is an answer, and see what became of it."
        ),
        address,
        f"The link opens until {en.day(until)}. It is the same for everyone: pass it on to whomever it affects.",
    )
    return "\n\n".join(lines) + "\n"


def about_what_became_of_it(pushback: Pushback, *, address: str, until: date) -> str:
    lines = (
        f"Dear {pushback.raised_by},",
        (
            f"this shows what became of what you raised about “{pushback.subject}”, and lets you say "
            "whether it was dealt with."
        ),
        address,
        f"The link opens until {en.day(until)} and is meant for you.",
    )
    return "\n\n".join(lines) + "\n"


def to_the_head_of_a_unit(person: Person, impact: Impact, *, address: str, until: date) -> str:
    lines = (
        f"Dear {person.full_name},",
        (
            f"“{impact.change}” touches {impact.org_unit}. This page says what changes, for which of your "
            "projects and when, what stops, and how many hours we think it takes. If we are wrong, correct "
            "us there; if it is wrong for you, object, or say on what you would agree. You are told by when "
            "there is an answer, and see what changed because of it."
        ),
        address,
        (
            f"It takes two minutes, on a phone too, needs no account, and works until {en.day(until)}. It is "
            "meant for you: please do not pass it on. Nothing tells us whether you opened it."
        ),
    )
    return "\n\n".join(lines) + "\n"


def to_a_project_manager(person: Person, *, address: str, office: str, until: date) -> str:
    """office: the organisation's name, or nothing."""
    lines = (
        f"Dear {person.full_name},",
        (
            f"the project office{f' of {office}' if office else ''} has put on one page what it asks of "
            "you: how many minutes, who uses it and what you get for it; which of your projects’ rows want "
            "your word; and what projects like yours ran into. If something is of no use to you, or you "
            "do not give it any more, say so there with a tap."
        ),
        address,
        (
            f"It opens on a phone too, needs no account, and works until {en.day(until)}. It is meant for "
            "you: please do not pass it on. Nothing tells us whether you opened it."
        ),
    )
    return "\n\n".join(lines) + "\n"
