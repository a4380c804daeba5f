"""D14, the certificate of a hand-over: both sides, the days, the checklist, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from backing.documents.printing import to_print
from backing.scope.changing_hands import ChangingHands, Line, SideOf
from boardpaper.blocks import Block, Checklist, Column, Document, Section, Statement, Table
from boardpaper.claim import Claim, Name


def certificate(found: ChangingHands, *, now: datetime) -> Document:
    """For both sides; it certifies only what both have said yes to, and says what is open."""
    return to_print(
        code="D14",
        title="Certificate of hand-over",
        now=now,
        audience=f"{found.giver.name} and {found.receiver.name}",
        sections=(
            Section(lead=_finding(found, now.date()), blocks=tuple(_days(found, now.date()))),
            Section(lead=_both(found), blocks=(_sides(found),)),
            Section(lead=_open(found), blocks=tuple(_list(found))),
        ),
    )


def _finding(found: ChangingHands, today: date) -> Claim:
    slots: dict[str, Any] = {
        "activity": Name(found.name),
        "giver": Name(found.giver.name),
        "receiver": Name(found.receiver.name),
    }
    if found.is_accepted and not found.open_lines and not found.gap:
        if found.taking_starts > today:
            return Claim(
                "“{activity}” goes from {giver} to {receiver} on {day}; nothing is open.",
                klass="MGMT",
                day=found.taking_starts,
                **slots,
            )
        return Claim(
            "“{activity}” has gone from {giver} to {receiver}; nothing is open.",
            klass="MGMT",
            **slots,
        )
    if found.gap:
        does = "did" if found.gap[1] < today else "does"
        return Claim(
            "“{activity}” goes from {giver} to {receiver}; from {first} to {last} "
            f"nobody {does} it.",
            klass="MGMT",
            first=found.gap[0],
            last=found.gap[1],
            **slots,
        )
    return Claim("“{activity}” goes from {giver} to {receiver}.", klass="MGMT", **slots)


def _days(found: ChangingHands, today: date) -> Iterator[Block]:
    """Who does it until when, or did, where that day has passed."""
    does = "did" if found.giving_ends < today else "does"
    claims = [
        Claim(
            f"{{giver}} {does} it until {{day}}.",
            giver=Name(found.giver.name),
            day=found.giving_ends,
        ),
        Claim(
            "{receiver} does it from {day}.",
            receiver=Name(found.receiver.name),
            day=found.taking_starts,
        ),
    ]
    if found.parallel_until:
        do = "did" if found.parallel_until < today else "do"
        claims.append(Claim(f"Until {{day}} both {do} it, as agreed.", day=found.parallel_until))
    yield Statement(claims=tuple(claims))


def _both(found: ChangingHands) -> Claim:
    if found.is_accepted:
        return Claim("Both sides have said yes.")
    waiting = [side.name for side in (found.giver, found.receiver) if side.accepted_on is None]
    return Claim("Not said yes yet: {who}.", who=Name(" and ".join(waiting)))


def _sides(found: ChangingHands) -> Table:
    return Table(
        columns=(
            Column(name="Side"),
            Column(name="Their word"),
            Column(name="Given by"),
            Column(name="On", align="right"),
        ),
        rows=tuple(
            (side.name, _word(side), side.accepted_by, side.accepted_on)
            for side in (found.giver, found.receiver)
        ),
    )


def _word(side: SideOf) -> str:
    if side.accepted_on:
        return "yes"
    return f"no: “{side.said}”" if side.said else "not given yet"


def _open(found: ChangingHands) -> Claim:
    if not found.lines:
        return Claim("There is no checklist.")
    return (
        Claim("Some lines of the checklist are open.")
        if found.open_lines
        else Claim("The checklist is closed.")
    )


def _list(found: ChangingHands) -> Iterator[Block]:
    if found.lines:
        yield Checklist(
            items=tuple((line.accepted_on is not None, _line(line)) for line in found.lines)
        )


def _line(line: Line) -> Claim:
    """One line with who sees to it, and on which day it was handed over."""
    words = "{item}"
    slots: dict[str, Any] = {"item": Name(line.item)}
    if line.done_by:
        words, slots = f"{words}, {{who}}", {**slots, "who": Name(line.done_by)}
    if line.done_on:
        so = "" if line.accepted_on else ", not accepted yet"
        return Claim(f"{words}: handed over on {{day}}{so}", day=line.done_on, **slots)
    return Claim(f"{words}: not handed over yet", **slots)
