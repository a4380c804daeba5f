"""What somebody is sent with a link, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backing.people.models import Person
from backing.scope.models import HandOver
from boardpaper.wording import en


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    subject: str
    text: str


def about_a_hand_over(
    hand_over: HandOver, *, to: Person, address: str, office: str, until: date
) -> Message:
    """Asks the head of one side for their word.  office: the organisation's name, or nothing."""
    both = (
        f" Both do it until {en.day(hand_over.parallel_until)}." if hand_over.parallel_until else ""
    )
    of = f" of {office}" if office else ""
    what = (
        f"“{hand_over.activity}” goes from {hand_over.giver} to {hand_over.receiver}: {hand_over.giver} does "
        f"it until {en.day(hand_over.giving_ends)}, {hand_over.receiver} from {en.day(hand_over.taking_starts)}."
        f"{both} Please say whether you agree, and what is still missing. It takes a minute, on a phone too, "
        "and needs no account."
    )
    until_then = (
        f"Until {en.day(until)} you can change your answer with this link. It is meant for you: please do not "
        "pass it on."
    )
    lines = (f"Dear {to.full_name},", what, address, until_then, f"The project office{of}")
    text = "\n\n".join(lines)
    return Message(subject=f"Hand-over of “{hand_over.activity}”: do you agree?", text=text)
