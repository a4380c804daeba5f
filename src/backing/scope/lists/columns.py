"""The columns that a list of activities may have."""

from __future__ import annotations

from typing import Final

# By field, what it is called on the page, and headers it goes by; the first that fits is taken.
FIELDS: Final = {
    "name": (
        "Activity",
        r"(activity|task|process|service|function|duty|work)( ?(name|title|description))?|what( we do)?|name|title",
    ),
    "unit": (
        "Unit",
        r"(org(anisation(al)?)? ?)?(unit|department|dept|division|team|owner)( name)?",
    ),
    "code": ("Kind of work", r"(kind|type|category)( of work)?|code|taxonomy"),
    "hours": ("Hours a month", r"hours?( (a|per) month)?|effort|h ?/? ?month|monthly hours"),
    "from": ("First day", r"(valid )?(from|since)|start( ?date)?|begins?|first day"),
    "to": ("Last day", r"(valid )?(to|until)|end( ?date)?|ends?|last day"),
}
