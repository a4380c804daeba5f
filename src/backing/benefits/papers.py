"""D3, the line of sight on one landscape page, and the same as a list on the page after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from backing.benefits.firmness import Layer
from backing.benefits.outline import outline
from backing.benefits.picture.drawing import draw
from backing.benefits.picture.setting import PAPER, fits
from backing.benefits.public import line_of_sight
from backing.benefits.tracing import LineOfSight, lit, part_of, with_loose_ends
from backing.documents.desk import Compose
from backing.people.models import Account, Organisation
from boardpaper.blocks import Block, Diagram, Document, Section, Statement
from boardpaper.claim import Claim, Name

_NAMED: Final = 5
_NUMBERS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def compose(viewer: Account) -> Document | None:
    """For the studio; None while no line is drawn."""
    return line_of_sight_paper(viewer) if line_of_sight(viewer).links else None


def line_of_sight_paper(
    viewer: Account, *, now: datetime | None = None, step: str = ""
) -> Document:
    """The map with what it lacks; where it is too large for a page, it says so and the list stands alone.

    step: the key of one step, where only what lies on a path through it is wanted.
    """
    sight = with_loose_ends(line_of_sight(viewer))
    if step in sight.by_key:
        sight = part_of(sight, lit(sight, step).nodes)
    organisation = Organisation.ours()
    return Document(
        code="D3",
        title="Line of sight",
        organisation=organisation.on_paper,
        invented=organisation.invented,
        edition="",
        issued_at=now.replace(microsecond=0) if now else None,
        sections=(Section(lead=finding(sight), blocks=tuple(_blocks(sight))),),
    )


def finding(sight: LineOfSight) -> Claim:
    """How many goals our work reaches, and whether a line breaks."""
    goals = sight.of(Layer.GOAL)
    reached = len(goals) - len(sight.unreached)
    breaks = any(node.broken and node.key in sight.out_of for node in sight.nodes)
    said = "What we do reaches {reached} of {goals} goals"
    ends = "; a line breaks where nobody owns a step." if breaks else "."
    return Claim(
        said + ends,
        klass="MGMT",
        reached=Name(_number(reached)),
        goals=Name(_number(len(goals))),
    )


def diagram(sight: LineOfSight) -> Diagram:
    """The map for paper, with its list."""
    return Diagram(
        finding=Claim("The same, as a list", klass="MGMT"),
        svg=draw(sight, PAPER, title="Line of sight from what we do to the goals"),
        outline=tuple((line.depth, line.words) for line in outline(sight)),
        alternative="Line of sight from what we do to the goals. The same content is in the list.",
        whole_page=True,
    )


def _blocks(sight: LineOfSight) -> Iterator[Block]:
    if fits(sight, PAPER):
        yield diagram(sight)
        claims = tuple(_missing(sight))
        if claims:
            yield Statement(claims=claims)
        return
    yield Statement(
        claims=(
            Claim(
                "There are more steps than one page can show at a size that can be read. "
                "They stand in the list; choose a goal on the map to print its part alone.",
                klass="MGMT",
            ),
            *_missing(sight),
        )
    )
    yield Statement(
        claims=tuple(
            Claim("{line}.", klass="MGMT", line=Name("· " * line.depth + line.words))
            for line in outline(sight)
        )
    )


def _missing(sight: LineOfSight) -> Iterator[Claim]:
    """Loose ends, at the foot of the page."""
    for words, nodes in (
        ("Goals that nothing we do reaches: {names}.", sight.unreached),
        ("Work that reaches no goal: {names}.", sight.for_nothing),
    ):
        loose = [node.name for node in nodes if node.counts]
        if loose:
            more = f" and {_number(len(loose) - _NAMED)} more" if len(loose) > _NAMED else ""
            yield Claim(words, klass="MGMT", names=Name("; ".join(loose[:_NAMED]) + more))
    others = [node.name for node in sight.of(Layer.GOAL) if not node.counts]
    if others:
        yield Claim(
            "Not ours, and said so: {names}.", klass="MGMT", names=Name("; ".join(others[:_NAMED]))
        )


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


# What the studio composes.
COMPOSES: Final[Mapping[str, Compose]] = {"D3": compose}
