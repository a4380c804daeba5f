"""Wins that lie in the records already, to be looked at and told or left (S24-c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backing.leaders.models import Commitment
from backing.people.access import OFFICE
from backing.people.models import Account
from backing.pushback.public import dealt_with
from backing.rhythm.public import UPHELD, claimed, progress, targets
from backing.scope.models import DataRequest
from backing.sponsor.models import Win
from boardpaper.wording import en

LATELY: Final = 120  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that may be a win.  source: the record it lies in, the same every day."""

    source: str
    headline: str
    what_changed: str
    evidence: str
    happened_on: date
    before: str = ""
    after: str = ""


def candidates(viewer: Account, *, today: date) -> list[Found]:
    """Those of the last months that nobody has taken up, the latest first."""
    since = today - timedelta(days=LATELY)
    known = set(Win.objects.exclude(source="").values_list("source", flat=True))
    everything = [
        *_pushback(viewer),
        *_requests(viewer),
        *_promises(viewer),
        *_measures(viewer),
        *_targets(viewer),
    ]
    fresh = [
        each
        for each in everything
        if since <= each.happened_on <= today and each.source not in known
    ]
    return sorted(fresh, key=lambda each: (-each.happened_on.toordinal(), each.source))


def _pushback(viewer: Account) -> list[Found]:
    return [
        Found(
            source=f"pushback-{each.pk}",
            headline=each.changed[:140],
            what_changed=f"They said: “{each.text[:200]}” Now: {each.changed}"[:300],
            evidence="Whoever raised it says that it was dealt with.",
            happened_on=each.settled_on,
        )
        for each in dealt_with(viewer)
        if each.settled_on is not None
    ]


def _requests(viewer: Account) -> list[Found]:
    """What is asked of others no more: their time, given back."""
    retired = DataRequest.objects.visible_to(viewer).exclude(retire_on=None)
    return [
        Found(
            source=f"request-{each.pk}",
            headline=f"Nobody is asked any more for: {each.what}"[:140],
            what_changed=f"“{each.what}” took {each.minutes_each} minutes each time, "
            f"{each.get_frequency_display().lower()}.",
            evidence=f"The list of what we ask: begun {_day(each.begins)}, ended {_day(ended)}.",
            happened_on=ended,
            before=f"{each.minutes_each} minutes, {each.get_frequency_display().lower()}",
            after="nothing",
        )
        for each in retired
        if (ended := each.retire_on) is not None
    ]


def _promises(viewer: Account) -> list[Found]:
    """Kept by somebody outside the office: the credit is theirs."""
    ours = set(Account.objects.filter(role__in=OFFICE).values_list("person", flat=True))
    kept = Commitment.objects.visible_to(viewer).filter(status=Commitment.Status.KEPT)
    return [
        Found(
            source=f"promise-{each.pk}",
            headline=f"{each.promised_by} kept a promise: {each.what}"[:140],
            what_changed=each.what,
            evidence=f"Promised for {_day(each.due)}, kept on {_day(each.kept_on)}.",
            happened_on=each.kept_on,
        )
        for each in kept.select_related("promised_by")
        if each.kept_on is not None and each.promised_by_id not in ours
    ]


def _measures(viewer: Account) -> list[Found]:
    """Verdicts that say better: never a number alone."""
    return [
        Found(
            source=f"claim-{each.pk}",
            headline=f"{each.measure}: {each.word.lower()}"[:140],
            what_changed=each.what_was_done[:300],
            evidence=f"Verdict “{each.word}” of {_day(each.verdict.judged_at.date())}.",
            happened_on=each.verdict.judged_at.date(),
        )
        for each in claimed(viewer)
        if each.verdict is not None and each.word in UPHELD
    ]


def _targets(viewer: Account) -> list[Found]:
    """Targets that their measure has reached since."""
    standing = {each.measure.pk: each for each in progress(viewer)}
    found = []
    for each in targets(viewer):
        now = standing.get(each.measure_pk)
        goal, way = each.target.value, each.target.direction
        if now is None or now.now is None or now.now_on is None or goal is None or way is None:
            continue
        value = float(now.now)
        if (value <= goal) if way == "down_good" else (value >= goal):
            found.append(
                Found(
                    source=f"target-{each.pk}",
                    headline=f"{each.measure}: the target is reached"[:140],
                    what_changed=f"{each.measure} stands where {each.owner} said it would."[:300],
                    evidence=f"{now.now_n} readings up to {_day(now.now_on)}.",
                    happened_on=now.now_on,
                    before=now.stood_at[:120],
                    after=now.stands_at[:120],
                )
            )
    return found


def _day(of: date | None) -> str:
    return en.day(of) if of else "an unknown day"
