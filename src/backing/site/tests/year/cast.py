"""Whose year it is: the people at their browsers, and chance, which is seeded."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse
from django.utils import timezone

from backing.leaders.models import Leader
from backing.people import actions as people
from backing.people.access import Role
from backing.people.models import Account
from backing.site.tests.year.visitor import Astray, Page, Visitor

SECRET: Final = "Quagglewort"  # a word said about people, to be read by few
_LINK: Final = re.compile(r"http://127\.0\.0\.1(/\S+)")


@dataclass
class Cast:
    """The head, a leader and finance have accounts; a stranger has the links that were sent."""

    chance: random.Random
    head: Visitor = field(default_factory=Visitor)
    leader: Visitor = field(default_factory=Visitor)
    finance: Visitor = field(default_factory=Visitor)
    stranger: Visitor = field(default_factory=Visitor)

    def come_in(self) -> None:
        """The head comes by the link of first run; a leader has an account of her own."""
        link = people.first_link(now=timezone.now())
        assert link is not None
        self.head.open(reverse("enter", args=[link]))
        someone = Leader.objects.order_by("pk")[0].person
        someone.email = "leader@aldmoor.example"
        someone.save()
        self._leader, _ = people.invite(
            full_name=str(someone), email=someone.email, role=Role.LEADER, now=timezone.now()
        )

    def sign_in(self) -> None:
        """Each day anew: a session lasts two weeks."""
        head = people.head()
        assert head is not None
        self.head.client.force_login(head)
        self.leader.client.force_login(self._leader)
        self.finance.client.force_login(Account.objects.filter(role=Role.FINANCE).earliest("pk"))


def link_in(letter: Page) -> str:
    """Where the link of a letter leads."""
    found = _LINK.search("".join(letter.tree.xpath("//pre[@class='message']//text()")))
    if found is None:
        raise Astray(f"The letter at {letter.address} carries no link.")
    return found[1].rstrip(".")


def buttons(page: Page, name: str) -> list[str]:
    """The buttons of that name, as name=value, in the order of the page."""
    found = page.tree.xpath(
        f"//button[starts-with(@name, '{name}')] | //input[starts-with(@name, '{name}')]"
    )
    return [f"{each.get('name')}={each.get('value') or ''}" for each in found]
