"""Project managers, by the link to their page: their rows confirmed or put right, and what they say of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from django.urls import reverse

from backing.evidence.models import RowLink
from backing.site.tests.year.cast import SECRET, Cast, buttons, link_in
from backing.site.tests.year.visitor import Astray, Page

_SAID: Final = ("It takes twice as long as you say.", "The register holds the same dates.")


class Managers:
    """pages: by the address to which the letter is written, where the page of each opens."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.pages: dict[str, str] = {}

    def write_to_a_manager(self, today: date) -> bool:
        """A letter with a link to their page; the one that they had opens no more."""
        page = self.cast.head.open(reverse("manager-pages"))
        letters = [each for each in page.form_addresses() if each.endswith("/letter/")]
        if not letters:
            return False
        to = self.cast.chance.choice(letters)
        letter = self.cast.head.send(page, to=to)
        before, self.pages[to] = self.pages.get(to), link_in(letter)
        if before and self.cast.stranger.status(before) == 200:
            raise Astray(f"The link {before} opens still, although another took its place.")
        return True

    def confirm_a_row(self, today: date) -> bool:
        """What the register says of their project is right; now and then a sum is not."""
        for page in self._opened():
            rows = buttons(page, "row")
            if rows:
                self._answer(page, self.cast.chance.choice(rows))
                return True
        return False

    def _answer(self, page: Page, row: str) -> None:
        before = _answered()
        own = self.cast.stranger.send(page, to=f"{page.address}row/", press=row)
        wrong = self.cast.chance.random() < 0.2
        if wrong and "/corrections/" in " ".join(own.form_addresses()):
            cost = own.form(with_field="cost_actual").fields["cost_actual"]
            right = str(int(float(re.sub(r"[^0-9.]", "", cost or "") or 250_000)) + 1_000)
            own = self.cast.stranger.send(own, with_field="cost_actual", cost_actual=right)
        else:
            own = self.cast.stranger.send(own, to=f"{own.address}confirmation/")
        if "Thank you" not in own.text or _answered() < before:
            raise Astray(f"{own.address} does not say that the answer is kept.")

    def say_of_what_is_asked(self, today: date) -> bool:
        """That something asked is of no use to them, or not given any more."""
        for page in self._opened():
            words = [each for each in buttons(page, "word") if not each.endswith("other")]
            if words:
                press = self.cast.chance.choice(words)
                said = self.cast.stranger.send(
                    page, with_field="words", press=press, words=self.cast.chance.choice(_SAID)
                )
                return "/said/" in said.address
        return False

    def _opened(self) -> Iterator[Page]:
        """The pages whose links open still, in an order that changes from day to day."""
        for address in self.cast.chance.sample(list(self.pages.values()), len(self.pages)):
            if self.cast.stranger.status(address) == 200:
                page = self.cast.stranger.open(address)
                if SECRET in page.text:
                    raise Astray(f"{address} shows a project manager what was said about people.")
                yield page


def _answered() -> int:
    return RowLink.objects.exclude(answered_at=None).count()
