"""Three who say the same are one fault of ours, not three complaints (RULE-13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backing.pushback.models import Pushback

ENOUGH: Final = 3
WITHIN: Final = 60  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What several say alike.  key: by what they are alike, the same every day."""

    key: str
    about: str  # the subject, or the cause in words
    by_cause: bool
    said: tuple[Pushback, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(sorted({str(each.unit) for each in self.said if each.unit is not None}))

    @property
    def is_mended(self) -> bool:
        """Whether everybody was told what changes, and nobody says that it did not help."""
        return all(
            (answer := each.answer) is not None
            and answer.accepts
            and each.status != Pushback.Status.DISPUTED
            for each in self.said
        )


def faults(
    found: Iterable[Pushback], *, today: date, enough: int = ENOUGH, within: int = WITHIN
) -> list[Fault]:
    """The same subject first; the same cause where the subjects differ.  Most often said first."""
    since = today - timedelta(days=within)
    recent = [each for each in found if since <= each.received <= today]
    groups: dict[tuple[bool, str, str], list[Pushback]] = defaultdict(list)
    for each in recent:
        groups[False, f"subject-{each.change_id or each.request.casefold()}", each.subject].append(
            each
        )
        if each.cause and each.cause != Pushback.Cause.OTHER:
            groups[True, f"cause-{each.cause}", each.get_cause_display()].append(each)
    by_subject = [
        frozenset(one.pk for one in said)
        for (by_cause, _, _), said in groups.items()
        if not by_cause and len(said) >= enough
    ]
    kept = [
        Fault(key=key, about=about, by_cause=by_cause, said=tuple(said))
        for (by_cause, key, about), said in groups.items()
        if len(said) >= enough
        and not (by_cause and any({one.pk for one in said} <= whole for whole in by_subject))
    ]
    return sorted(kept, key=lambda fault: (-len(fault.said), fault.by_cause, fault.key))
