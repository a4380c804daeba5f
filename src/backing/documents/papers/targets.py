"""Part four of the case: what will improve, from what to what, by when, and for whom (S22-b)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backing.documents.papers import not_yet
from backing.documents.papers.grounds import Grounds
from backing.documents.papers.recorded import Line, Recorded, Target
from boardpaper.blocks import Block, Column, Section, Statement, Table
from boardpaper.claim import Claim, Name
from boardpaper.wording import in_words

NO_BASELINE: Final = "no baseline yet"
NO_READING: Final = "no reading yet"
_TARGETS, _LINES = 5, 4  # a case shows so many at most


def section(evidence: Grounds, recorded: Recorded) -> Section:
    """The targets, and how what the office does reaches the goals of the organisation."""
    empty = not_yet.improvement(evidence)
    lines = _lines(recorded.lines[:_LINES])
    if not recorded.targets:
        blocks: tuple[Block, ...] = (*empty.blocks[:1], *lines, *empty.blocks[1:])
        return Section(kicker=empty.kicker, lead=empty.lead, blocks=blocks)
    shown = recorded.targets[:_TARGETS]
    return Section(
        kicker="What will improve",
        lead=_lead(shown),
        blocks=(_table(shown), *lines, Statement(claims=tuple(_said(recorded)))),
    )


def _lead(shown: tuple[Target, ...]) -> Claim:
    """What is to improve: the one target there is, or how many and what they lack."""
    if len(shown) > 1:
        bare = sum(target.baseline is None for target in shown)
        lacking = f"; {in_words(bare)} without a baseline yet" if bare else ""
        return Claim(
            "{many} measures are to improve, each by a day and under an owner{lacking}.",
            many=Name(in_words(len(shown)).capitalize()),
            lacking=Name(lacking),
        )
    (target,) = shown
    if target.baseline is None:
        return Claim(
            "{measure} is to reach {target} by {day}, and has no baseline yet.",
            measure=Name(target.measure),
            target=target.target,
            day=target.by,
        )
    return Claim(
        "{measure} is to go from {baseline} to {target} by {day}.",
        measure=Name(target.measure),
        baseline=target.baseline,
        target=target.target,
        day=target.by,
    )


def _table(targets: tuple[Target, ...]) -> Table:
    return Table(
        columns=(
            Column(name="What is to improve"),
            Column(name="Owner"),
            Column(name="From", align="right"),
            Column(name="Now", align="right"),
            Column(name="To", align="right"),
            Column(name="By", align="right"),
        ),
        rows=tuple(
            (
                each.measure,
                each.owner,
                each.baseline or NO_BASELINE,
                each.now or NO_READING,
                each.target,
                each.by,
            )
            for each in targets
        ),
        finding=Claim("Each target has a day and an owner"),
        note="From: the baseline as it was fixed in writing before the work began. Now: the middle of the "
        "last three readings since; whether it improved only a verdict says.",
    )


def _lines(lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """The small line of sight: through whose change of work a goal is reached."""
    if not lines:
        return ()
    return (
        Table(
            columns=(
                Column(name="What we do"),
                Column(name="What the business then does differently"),
                Column(name="Which goal that serves"),
            ),
            rows=tuple((line.activity, _change(line), line.goal) for line in lines),
            finding=Claim("How what we do reaches the goals, through whose work"),
        ),
    )


def _change(line: Line) -> str:
    if not line.change:
        return "nobody’s work changes yet"
    return f"{line.change} ({line.owner})" if line.owner else f"{line.change} (no owner yet)"


def _said(recorded: Recorded) -> Iterator[Claim]:
    if not recorded.lines:
        yield Claim("How this reaches a goal of the organisation is not drawn yet.")
    yield Claim(
        "Whether anything changed will be said by the same measures, taken the same way, and where there "
        "is no evidence yet, that will be said as well."
    )
