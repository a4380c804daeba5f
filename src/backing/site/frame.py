"""What stands around every page: whose office, which part, which figures, how old this release is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from backing.evidence.models import Edition
from backing.outbox.public import to_decide
from backing.people.models import Account, Organisation
from backing.site import release
from backing.site.parts import PARTS, Part
from backing.site.so_far import step_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """A context processor.  A stranger's page names no organisation and shows no way in but one."""
    today = timezone.localdate()
    known: dict[str, Any] = {
        "release": f"Backing {release.VERSION}, {release.age(today)}",
        "today": _in_words(today),
    }
    account = getattr(request, "user", None)  # absent when a request fails before it is known
    if not isinstance(account, Account):
        return known
    here = request.path
    links = [("This week", reverse("home")), *((part.name, _address(part)) for part in PARTS)]
    return known | {
        "account": account,
        "organisation": Organisation.ours(),
        # Lazy: only the office's pages say it.
        "letters_to_decide": SimpleLazyObject(lambda: to_decide(account)),
        # Lazy: a page about figures has looked it up by itself.
        "edition": SimpleLazyObject(lambda: Edition.current_to(account)),
        # Lazy too: only the first page of a part says how far the part is, and only to the office.
        "so_far": SimpleLazyObject(lambda: _so_far(account, here, today)),
        "links": [
            (name, to, here == to or (to != "/" and here.startswith(to))) for name, to in links
        ],
    }


def _so_far(account: Account, here: str, today: date) -> str:
    """What is missing from the part whose first page this is, in one sentence; "" elsewhere."""
    part = next((part for part in PARTS if part.address and _address(part) == here), None)
    step = step_of(part, account, today) if part is not None and account.is_office else None
    return step.says if step is not None else ""


def _address(part: Part) -> str:
    return reverse(part.address) if part.address else reverse("part", args=[part.slug])


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
