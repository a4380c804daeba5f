"""Who carries a change: what each influential person was asked to do for it by when, and did (S32-a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from backing.leaders.models import Ask, AskSent, Leader, SupportAct
from backing.people.models import Account, Person

_STATES: Final = {
    AskSent.Status.SENT: "asked, by",
    AskSent.Status.ACCEPTED: "said yes, by",
    AskSent.Status.DONE: "done",
    AskSent.Status.DECLINED: "declined",
}
_OVER: Final = (AskSent.Status.DONE, AskSent.Status.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing a person does for a change.  state: in words that the day follows.  done: they did it."""

    what: str
    state: str
    on: date
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Somebody who carries a change.  leader: None for who is not on the list."""

    name: str
    leader: int | None
    deeds: tuple[Deed, ...]

    @property
    def acted(self) -> bool:
        return any(deed.done for deed in self.deeds)


def carriers(viewer: Account, change: int) -> tuple[Carrier, ...]:
    """By name; of each what the viewer may see, by day: sent asks, asks to be sent, and acts."""
    deeds: dict[Person, list[Deed]] = {}
    sent = AskSent.objects.visible_to(viewer).filter(ask__change=change).select_related("of")
    for ask in sent:
        day = ask.answered_on if ask.answered_on and ask.status in _OVER else ask.by
        state = _STATES[AskSent.Status(ask.status)]
        done = ask.status == AskSent.Status.DONE
        deeds.setdefault(ask.of, []).append(Deed(what=ask.what, state=state, on=day, done=done))
    drafts = Ask.objects.visible_to(viewer).filter(change=change, sent=None).select_related("of")
    for draft in drafts:
        deeds.setdefault(draft.of, []).append(
            Deed(what=draft.what, state="to be asked, by", on=draft.by, done=False)
        )
    acts = SupportAct.objects.visible_to(viewer).filter(change=change)
    for act in acts.select_related("leader__person"):
        theirs = deeds.setdefault(act.leader.person, [])
        if not any(deed.done and deed.what == act.what for deed in theirs):
            theirs.append(Deed(what=act.what, state="done", on=act.on, done=True))
    listed = dict(Leader.objects.visible_to(viewer).on_the_list().values_list("person", "pk"))
    return tuple(
        Carrier(
            name=str(person),
            leader=listed.get(person.pk),
            deeds=tuple(sorted(theirs, key=lambda deed: deed.on)),
        )
        for person, theirs in sorted(deeds.items(), key=lambda each: str(each[0]))
    )
