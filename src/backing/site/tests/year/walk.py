"""Following links: some of them each day, chosen by the seed, and once a week from home to a page of every kind.

The weekly walk is one person's in turn: the head's, a leader's, finance's.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from django.urls import Resolver404, resolve

from backing.site.tests.year.cast import SECRET, Cast
from backing.site.tests.year.visitor import Page, Visitor


class Walk:
    """What is met on the way: links that lead nowhere, and words that are not for whoever reads them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.wrong: list[str] = []
        self._who = (("the head", cast.head), ("a leader", cast.leader), ("finance", cast.finance))

    def some(self, steps: int) -> list[str]:
        """Everybody starts at home and follows so many links."""
        self.wrong = []
        for who, visitor in self._who:
            page = visitor.open("/")
            for _ in range(steps):
                links = page.links()
                if not links:
                    break
                address = self.cast.chance.choice(links)
                page = self._follow(who, visitor, address, page.address) or visitor.open("/")
        return self.wrong

    def all_kinds(self) -> list[str]:
        """Each kind of page to which one of them, in turn, can come by links; which of a kind is chance."""
        self.wrong = []
        who, visitor = self._who[0]
        self._who = (*self._who[1:], self._who[0])
        met, waiting = set[str](), deque([("/", "")])
        while waiting:
            address, before = waiting.popleft()
            page = self._follow(who, visitor, address, before)
            links = page.links() if page else []
            for link in self.cast.chance.sample(links, len(links)):
                kind = _kind(link)
                if kind not in met:
                    met.add(kind)
                    waiting.append((link, address))
        return self.wrong

    def _follow(self, who: str, visitor: Visitor, address: str, before: str) -> Page | None:
        """The page there, None where it is a file or nothing."""
        answer: Any = visitor.client.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            self.wrong.append(f"{address}, linked from {before}, gave {who} {answer.status_code}")
            return None
        if SECRET.encode() in content and who != "the head":
            self.wrong.append(f"{address} shows {who} what was said to others")
        return Page.of(address, answer) if "html" in answer.headers["Content-Type"] else None


def _kind(address: str) -> str:
    path = address.partition("?")[0]
    try:
        return resolve(path).view_name
    except Resolver404:
        return path
