"""Part five of the case: what the office costs, what it must prevent to pay, and how one will know (S09)."""

from __future__ import annotations

from collections.abc import Iterator

from backing.documents.papers import not_yet
from backing.documents.papers.charts import axis_for
from backing.documents.papers.grounds import Grounds
from backing.documents.papers.recorded import Recorded
from boardpaper.blocks import Block, ChartBlock, Checklist, Column, Section, Statement, Table
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended, position, word
from trackrecord.figure import Figure


def section(evidence: Grounds, recorded: Recorded) -> Section:
    """Cost and break-even where they are recorded, what was lost in any case, and what is still missing."""
    empty = not_yet.money(evidence)
    checklist = empty.blocks[-1]
    blocks: list[Block] = []
    chart = _bars(recorded)
    if chart is not None:
        blocks.append(ChartBlock(chart=chart))
    blocks += empty.blocks[:-1]
    blocks += _how_one_will_know(recorded)
    missing = _missing(recorded)
    if missing:
        blocks.append(
            Checklist(
                items=tuple((False, words) for words in missing),
                finding=checklist.finding if isinstance(checklist, Checklist) else None,
            )
        )
    return Section(kicker=empty.kicker, lead=_lead(recorded) or empty.lead, blocks=tuple(blocks))


def _lead(recorded: Recorded) -> Claim | None:
    if recorded.cost is None:
        return None
    if recorded.break_even is None or recorded.break_even.value is None:
        return Claim(
            "The office costs {cost} a year; what it would have to prevent to pay for itself is not "
            "known yet.",
            cost=recorded.cost,
        )
    return Claim(
        "The office costs {cost} a year, and pays for itself if it prevents {share} of the loss that its "
        "work is aimed at.",
        cost=recorded.cost,
        share=recorded.break_even,
    )


def _bars(recorded: Recorded) -> Chart | None:
    """Cost and addressable loss on one scale, or nothing while one is not known."""
    cost, loss = recorded.cost, recorded.addressable
    if cost is None or loss is None or not loss.value or cost.value is None:
        return None
    share = recorded.break_even
    finding = (
        Claim("To break even the office must prevent {share} of that loss", share=share)
        if share is not None and share.value is not None
        else Claim("What the office costs, beside the loss that its work is aimed at")
    )
    values = [float(cost.value), float(loss.value)]
    marks = (_mark("Loss aimed at, a year", loss), _mark("Cost of the office, a year", cost))
    axis = axis_for(values, "money", at_zero="")
    from_zero = [tick for tick in axis.ticks if tick[0] >= 0]
    axis = Axis(
        scale="money",
        low=0.0,
        high=axis.high,
        ticks=tuple((place, position(place, "money", cost.unit)) for place, _ in from_zero[::2]),
        unit=cost.unit,
    )
    return Chart(
        kind="bars",
        finding=finding,
        series=(Series(name="A year", marks=marks),),
        axis=axis,
        caption="Loss aimed at: what past projects lost to the causes that our activities address, "
        "divided by the years in which they ended.",
        alternative="; ".join(f"{mark.label}: {mark.note}" for mark in marks),
    )


def _mark(label: str, figure: Figure) -> Mark:
    """In full, so that whoever divides the one by the other finds the share that is printed."""
    return Mark(x=float(figure.value or 0), label=label, note=word(figure, "full"))


def _how_one_will_know(recorded: Recorded) -> Iterator[Block]:
    if recorded.checkpoints:
        yield Table(
            columns=(Column(name="When"), Column(name="What management looks at")),
            rows=tuple((each.on, each.what) for each in recorded.checkpoints),
            finding=Claim("When to look, and at what"),
        )
    if recorded.stop_if:
        yield Statement(
            claims=tuple(
                Claim("Stop us if {what}", what=Name(ended(each))) for each in recorded.stop_if
            )
        )


def _missing(recorded: Recorded) -> tuple[str, ...]:
    lacking = (
        (recorded.cost is None, "Full cost of the PMO, with the time it asks of others"),
        (recorded.break_even is None, "Break-even: the share of the loss it would have to prevent"),
        (not recorded.checkpoints, "Checkpoints after ninety days, six months and twelve months"),
        (not recorded.stop_if, "The exit test: “stop us if …”"),
    )
    return tuple(words for lacks, words in lacking if lacks)
