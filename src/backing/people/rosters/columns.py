"""Which column of a list of people means what, guessed from its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# By field, what it is called on the page, and headers it goes by; the first that fits is taken.
FIELDS: Final = {
    "name": ("Name", r"(full|display|employee)? ?name|person|employee|who"),
    "first": ("First name", r"(first|given|fore) ?name"),
    "last": ("Last name", r"(last|family|sur) ?name"),
    "title": ("Job title", r"(job|position|role|post) ?(title|name)?|title|function"),
    "unit": (
        "Unit",
        r"(org(anisation(al)?)? ?)?(unit|department|dept|division|directorate|team)( name)?",
    ),
    "reports_to": (
        "Reports to",
        r"reports? ?to( ?(name|id|e-?mail|post))?|(line )?manager( ?(name|id|e-?mail))?|supervisor|parent ?(id)?|boss",
    ),
    "key": (
        "Number of the post",
        r"(post|position|employee|person|staff)? ?(id|no|number|ref(erence)?)|post unique reference",
    ),
    "email": ("E-mail", r"(work )?e-?mail( ?address)?|mail"),
    "phone": ("Telephone", r"(work )?(tele)?phone( number)?|mobile|tel"),
    "from": (
        "In post from",
        r"(in post |valid )?(from|since)|start( ?date)?|appointed( on)?|hire ?date",
    ),
    "to": ("In post until", r"(in post |valid )?(to|until)|end( ?date)?|left( on)?|leaving ?date"),
}


def label(field: str) -> str:
    return FIELDS[field][0]


def guess(header: Sequence[str]) -> dict[str, int]:
    """By field, the place of its column; a column means one thing only."""
    said = [_plain(each) for each in header]
    found: dict[str, int] = {}
    for name, (_, pattern) in FIELDS.items():
        for place, words in enumerate(said):
            if place not in found.values() and re.fullmatch(pattern, words):
                found[name] = place
                break
    return found


def _plain(header: str) -> str:
    """A header as words: "parentId" and "Parent_ID" are both "parent id"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^a-z0-9-]+", " ", apart.lower()).split())
