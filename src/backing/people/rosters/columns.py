"""The columns that a list of people may have."""

from __future__ import annotations

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
