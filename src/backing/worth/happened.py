"""What finance said to what the office claims to have saved."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backing.people.happenings import Happened
from backing.people.models import Account
from backing.worth.models import FinanceWord


def happened(viewer: Account) -> Iterator[Happened]:
    said = FinanceWord.objects.visible_to(viewer).exclude(word=FinanceWord.Word.COMMENT)
    for each in said.select_related("valuation__benefit"):
        yield Happened(
            on=timezone.localdate(each.at),
            kind="Finance",
            what=f"{each.get_word_display()}: {each.valuation}",
            words=each.reason,
            way=reverse("worth-valuation", args=[each.valuation_id]),
        )
