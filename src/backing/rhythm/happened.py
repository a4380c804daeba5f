"""What was claimed and how the verdicts on it changed, and when people were asked without their names."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backing.people.happenings import Happened
from backing.people.models import Account
from backing.rhythm.models import Improvement, LoggedVerdict, Pulse


def happened(viewer: Account) -> Iterator[Happened]:
    claims = Improvement.objects.visible_to(viewer).select_related("measure")
    for each in claims:
        yield Happened(
            on=timezone.localdate(each.registered_at),
            kind="Claim written down",
            what=each.what_was_done,
            words=f"To be judged by: {each.measure}.",
            way=reverse("improvement", args=[each.pk]),
        )
    yield from _verdicts(viewer)
    for pulse in (
        Pulse.objects.visible_to(viewer).filter(stopped_on=None).prefetch_related("groups")
    ):
        yield Happened(
            on=pulse.opens,
            kind="Pulse",
            what=f"{sum(each.asked for each in pulse.groups.all())} people asked without their names",
            way=reverse("pulses") if viewer.is_office else "",
        )


def _verdicts(viewer: Account) -> Iterator[Happened]:
    said: dict[int, str] = {}
    logged = LoggedVerdict.objects.visible_to(viewer).standing().order_by("judged_at", "pk")
    for of, what, word, at in logged.values_list(
        "improvement", "improvement__what_was_done", "word", "judged_at"
    ):
        before = said.get(of)
        if word == before:
            continue
        said[of] = word
        yield Happened(
            on=timezone.localdate(at),
            kind="Verdict",
            what=f"{word}: {what}",
            words=f"Before: {before}." if before else "",
            way=reverse("improvement", args=[of]),
        )
