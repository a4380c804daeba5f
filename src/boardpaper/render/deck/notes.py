"""What the speaker's notes hold: what is said, what had no room, and who says each figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpaper.blocks import Block, ChartBlock, Diagram, Quotation, Table, claims_of, figures_of
from boardpaper.render.as_text import backing_words, cell_words
from boardpaper.render.deck.plan import Planned
from boardpaper.wording import plain
from trackrecord.figure import Figure


def notes(slide: Planned, language: str) -> str:
    """The notes of a slide; what stands behind each figure comes once."""
    blocks = [block for section in slide.sections for block in section.blocks]
    main = [block for block in blocks if block.place == "main"]
    asides = [block for block in blocks if block.place == "aside"]
    parts = [line for block in main for line in _said(block, language)]
    if slide.arranged.unsaid:
        parts += ["", "Not on the slide:", *slide.arranged.unsaid]
    if asides:
        parts += ["", "Beside:", *(line for block in asides for line in _whole(block, language))]
    figures = [
        *(one for section in slide.sections for one in section.lead.figures),
        *(one for block in blocks for one in figures_of(block)),
    ]
    if backing := _once(backing_words(figure, language) for figure in _apart(figures)):
        parts += ["", "Says who?", *backing]
    return "\n".join(parts).strip()


def _said(block: Block, language: str) -> Iterator[str]:
    """What can be said of a block; a chart in the words of its alternative."""
    if isinstance(block, Table):
        if block.finding is not None:
            yield plain(block.finding, language)
        return
    if isinstance(block, Quotation):
        yield f"“{block.words}” {block.said_by}"
    yield from (plain(claim, language) for claim in claims_of(block))
    if isinstance(block, ChartBlock):
        yield block.chart.alternative
    elif isinstance(block, Diagram):
        yield block.alternative


def _whole(block: Block, language: str) -> Iterator[str]:
    """A block with its rows, for one that is nowhere else in the deck."""
    yield from _said(block, language)
    if isinstance(block, Table):
        yield " | ".join(column.name for column in block.columns)
        for row in block.rows:
            yield " | ".join(
                cell_words(content, column.style, language)
                for content, column in zip(row, block.columns, strict=True)
            )


def _apart(figures: Iterable[Figure]) -> list[Figure]:
    """Every figure once, in the order they are met."""
    seen: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        key = (
            figure.measure,
            figure.version,
            figure.baseline,
            figure.by,
            figure.group,
            figure.value,
        )
        seen.setdefault(key, figure)
    return list(seen.values())


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
