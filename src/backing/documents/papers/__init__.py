"""Composes the documents that `documents` owns; here D1, the case for the PMO."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backing.documents.papers import appendix, cost, money, targets, will_and_wont
from backing.documents.papers.answer import answer
from backing.documents.papers.causes import UNKNOWN
from backing.documents.papers.evidence import Evidence
from backing.documents.papers.grounds import CaseGrounds
from backing.documents.papers.recorded import NOTHING, Recorded
from backing.documents.papers.what_went_wrong import TOPICS
from boardpaper.blocks import Block, ChartBlock, Document, Section, Statement

__all__ = ["Evidence", "case_for_the_pmo"]

_CAUSES_BESIDE = 5
HOW_TO_READ = (
    "n: how many projects a figure rests on, of those it could rest on. Range: where the true value "
    "probably lies, its ninety-five per cent interval."
)


def case_for_the_pmo(
    evidence: CaseGrounds,
    *,
    organisation: str,
    by: str | None = None,
    invented: bool = False,
    recorded: Recorded = NOTHING,
) -> Document:
    """D1: the answer, what went wrong, what we will and won't do, what will improve, what it costs.

    by: the column that the evidence's figures are also broken down by, or None.
    recorded: what the office has recorded; what it has not, its part says.
    Returns a Document for a deck of five slides and an appendix, and for a paper of the same parts.
    """
    topics = _explained([section for topic in TOPICS if (section := topic(evidence)) is not None])
    sections = [
        answer(evidence, recorded),
        *_one_slide(topics),
        *topics,
        *will_and_wont.sections(evidence, recorded),
        targets.section(evidence, recorded),
        cost.section(evidence, recorded),
        appendix.not_known(evidence),
    ]
    appendices = (
        appendix.units(evidence, by) if by else None,
        appendix.exports(evidence),
        money.section(evidence),
        appendix.proposals(evidence),
        appendix.data_table(evidence),
        appendix.method(),
    )
    sections.extend(part for part in appendices if part is not None)
    return Document(
        code="D1",
        title="The case for the PMO",
        organisation=organisation,
        sections=tuple(sections),
        edition=evidence.edition,
        as_at=evidence.as_at,
        audience="Management",
        invented=invented,
    )


def _explained(topics: list[Section]) -> list[Section]:
    """The topics, with what "n" and "Range" mean said beside the first that uses them."""
    for place, section in enumerate(topics):
        for order, block in enumerate(section.blocks):
            if isinstance(block, Statement) and block.margin:
                told = replace(block, margin=(*block.margin, HOW_TO_READ))
                blocks = (*section.blocks[:order], told, *section.blocks[order + 1 :])
                return [*topics[:place], replace(section, blocks=blocks), *topics[place + 1 :]]
    return topics


def _one_slide(topics: Sequence[Section]) -> tuple[Section, ...]:
    """The deck's one slide on what went wrong: the first chart and the causes side by side."""
    charts: list[Block] = [
        _leading(next(block for block in section.blocks if isinstance(block, ChartBlock)))
        for section in topics
        if any(isinstance(block, ChartBlock) for block in section.blocks)
    ]
    if not charts:
        return ()
    chosen = charts if len(charts) < 3 else [charts[0], charts[-1]]
    return (
        Section(
            kicker="What went wrong",
            lead=topics[0].lead,
            blocks=tuple(chosen),
            in_paper=False,
        ),
    )


def _leading(block: ChartBlock) -> ChartBlock:
    """A chart of many causes with the leading ones, and what is unknown: side by side there is no room
    for the names of all."""
    chart = block.chart
    if chart.kind != "pareto":
        return block
    marks = chart.series[0].marks
    unknown = tuple(mark for mark in marks if mark.label == UNKNOWN)
    known = tuple(mark for mark in marks if mark.label != UNKNOWN)
    if len(known) <= _CAUSES_BESIDE:
        return block
    shown = (*known[:_CAUSES_BESIDE], *unknown)
    return ChartBlock(
        chart=replace(
            chart,
            series=(replace(chart.series[0], marks=shown),),
            caption=f"{chart.caption} The other causes stand in the appendix.",
            alternative="; ".join(f"{mark.label}: {mark.note}" for mark in shown),
        )
    )
