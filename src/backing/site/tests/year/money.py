"""What benefits were worth in money: noted by the office, and validated or rejected by finance alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backing.people import actions as people
from backing.site.tests.year.cast import Cast
from backing.site.tests.year.visitor import HOST, Astray, choices
from backing.worth.models import BenefitValuation, FinanceWord
from backing.worth.standing import standing


class Money:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def note_a_valuation(self, today: date) -> bool:
        page = self.cast.head.open(reverse("create-valuation"))
        form = page.form(with_field="benefit")
        quarter = next(iter(choices(form, "first_day")))
        last = next(iter(choices(form, "last_day")))
        likely = self.cast.chance.randint(20, 120) * 1_000
        self.cast.head.send(
            page,
            with_field="benefit",
            benefit=self.cast.chance.choice(list(choices(form, "benefit"))),
            kind=self.cast.chance.choice(list(choices(form, "kind"))),
            first_day=quarter,
            last_day=last,
            low=likely // 2,
            likely=likely,
            high=likely * 2,
            basis="Hours saved, at their full cost",
            attribution_share="0.4",
            attribution_reason="The units did most of it themselves",
            error_adjust="0.1",
        )
        return True

    def finance_says(self, today: date) -> bool:
        """Nobody else can: the head who tries is refused."""
        page = self.cast.finance.open(reverse("worth-finance"))
        waiting = [each for each in page.form_addresses() if each.endswith("/word/")]
        if not waiting:
            return False
        to = self.cast.chance.choice(waiting)
        self._head_is_refused(to)
        word = self.cast.chance.choice([FinanceWord.Word.VALIDATED, FinanceWord.Word.REJECTED])
        self.cast.finance.send(page, to=to, word=word, reason="No budget was cut by it.")
        return True

    def _head_is_refused(self, to: str) -> None:
        before = FinanceWord.objects.count()
        head = Client(SERVER_NAME=HOST)
        head.force_login(people.head())
        answer = head.post(to, {"word": FinanceWord.Word.VALIDATED})
        if answer.status_code not in (403, 404) or FinanceWord.objects.count() != before:
            raise Astray(f"{to} let the head say the word of finance ({answer.status_code}).")

    def look(self) -> Iterator[str]:
        """What is agreed is what finance validated last, to the penny: nothing rejected is in a total."""
        viewer = people.head()
        assert viewer is not None
        found = standing(viewer, today=timezone.localdate())
        for hard in (True, False):
            said = found.agreed(hard=hard).minor
            own = sum(
                each.likely.minor
                for each in found.valued
                if each.hard == hard and _last_word(each.pk) == FinanceWord.Word.VALIDATED
            )
            if said != own:
                yield f"the total of {'hard' if hard else 'avoided'} money is {said}, validated is {own}"
        earned = found.earned
        if earned and any(
            _last_word(line.pk) != FinanceWord.Word.VALIDATED for line in earned.lines
        ):
            yield "the return counts money that finance has not validated"


def _last_word(valuation: int) -> str:
    """What finance said last to the figures as they stand; "" where it has not, or they were withdrawn."""
    record = BenefitValuation.objects.get(pk=valuation)
    said = FinanceWord.objects.filter(valuation=record, digest=record.digest)
    last = said.exclude(word=FinanceWord.Word.COMMENT).order_by("at", "pk").last()
    return last.word if last and not record.withdrawn_on else ""
