"""Part three of the case: what the office will and won't do, against the causes that were found (S19, S22-a)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backing.documents.papers import not_yet
from backing.documents.papers.grounds import Grounds
from backing.documents.papers.recorded import Covered, Item, Matrix, Recorded
from boardpaper.blocks import Block, Cell, Checklist, Column, Section, Statement, Table
from boardpaper.claim import Claim, Name

NOBODY: Final = "nobody: an open gap"
_KINDS: Final = {"will": "We will", "wont": "We won’t", "not_yet": "Not yet"}
_CAUSES_SHOWN: Final = 7


def sections(evidence: Grounds, recorded: Recorded) -> tuple[Section, ...]:
    """The part as a slide and as a section of the paper, then every item in full in the paper alone."""
    if not recorded.items and not recorded.matrix.is_begun:
        return (not_yet.scope(evidence),)
    matrix = recorded.matrix
    blocks: list[Block] = []
    if matrix.causes:
        blocks.append(_causes(matrix))
    if said := tuple(_said_of(matrix)):
        blocks.append(Statement(claims=said))
    if missing := tuple(_missing(recorded)):
        blocks.append(Checklist(items=missing, finding=Claim("Still missing from this part")))
    first = Section(kicker="What we will and won’t do", lead=_lead(recorded), blocks=tuple(blocks))
    return (first, _in_full(recorded)) if recorded.items else (first,)


def _lead(recorded: Recorded) -> Claim:
    matrix = recorded.matrix
    left = next((cause for cause in matrix.causes if cause.is_open), None)
    if matrix.addressed is None or matrix.addressed.value is None:
        if recorded.items:
            return Claim("This is what we propose to do, and what not.")
        return Claim("Causes have activities against them; what we won’t do is not said yet.")
    text = "What we will do is aimed at {addressed} of the money lost"
    if left is None or left.share is None:
        return Claim(f"{text}; no cause is left without an answer.", addressed=matrix.addressed)
    return Claim(
        f"{text}; for {{cause}} ({{share}}) nobody has an answer.",
        addressed=matrix.addressed,
        cause=Name(left.cause),
        share=left.share,
    )


def _causes(matrix: Matrix) -> Table:
    shown = matrix.causes[:_CAUSES_SHOWN]
    return Table(
        columns=(
            Column(name="Cause"),
            Column(name="What we will do about it"),
            Column(name="Share of the money", align="right"),
        ),
        rows=tuple((cause.cause, _answer(cause), cause.share) for cause in shown),
        finding=Claim("Each cause, the money behind it, and what is done about it"),
        note="A project’s money is divided among its causes. The share says what was lost to the cause, "
        "not what will be saved.",
        highlight=tuple(place for place, cause in enumerate(shown) if cause.is_open),
    )


def _answer(cause: Covered) -> str:
    if cause.activities:
        return "; ".join(cause.activities)
    return f"We won’t: {cause.wont}" if cause.wont else NOBODY


def _said_of(matrix: Matrix) -> Iterator[Claim]:
    """What the table does not show: open causes below its last row, and activities that aim at nothing."""
    below = [cause.cause for cause in matrix.causes[_CAUSES_SHOWN:] if cause.is_open]
    if below:
        yield Claim(
            "Nobody has an answer either for {causes}.", causes=Name(", nor for ".join(below))
        )
    if matrix.idle:
        yield Claim(
            "Aimed at no cause and at no goal: {activities}.",
            activities=Name(", ".join(matrix.idle)),
        )


def _missing(recorded: Recorded) -> Iterator[tuple[bool | None, Claim | str]]:
    if not recorded.of("will"):
        yield False, "What we will do, with the cause each activity addresses"
    if not recorded.of("wont"):
        yield False, "What we won’t do, and who does it instead"
    if not recorded.matrix.is_begun:
        yield False, "Which activity is aimed at which cause"


def _in_full(recorded: Recorded) -> Section:
    gaps = [item for item in recorded.of("wont") if not item.instead]
    return Section(
        kicker="What we will and won’t do · in full",
        lead=Claim("Some of what we won’t do is done by nobody.")
        if gaps
        else Claim("What we will do, what we won’t, and who does that instead"),
        blocks=(items_table(recorded.of("will", "wont", "not_yet")),),
        in_deck=False,
    )


def items_table(items: tuple[Item, ...]) -> Table:
    """Will, won't and not yet in one table, in that order."""
    order = list(_KINDS)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_KINDS[item.kind], item.statement, item.reason, _who_or_when(item))
        for item in sorted(items, key=lambda item: order.index(item.kind))
    )
    return Table(
        columns=(
            Column(name=""),
            Column(name="What"),
            Column(name="Why"),
            Column(name="Instead, or from when"),
        ),
        rows=rows,
        highlight=tuple(place for place, row in enumerate(rows) if row[-1] == NOBODY),
    )


def _who_or_when(item: Item) -> Cell:
    match item.kind:
        case "wont":
            return item.instead or NOBODY
        case "not_yet":
            return Claim("from {day}", day=item.since) if item.since else "no day set"
        case "will":
            return ""
