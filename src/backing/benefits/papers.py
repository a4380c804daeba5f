"""D3, the line of sight on one landscape page, and the same as a list on the page after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from backing.benefits.firmness import Layer
from backing.benefits.outline import outline
from backing.benefits.picture.drawing import draw
from backing.benefits.picture.setting import PAPER, SLIDE, fits
from backing.benefits.public import line_of_sight
from backing.benefits.tracing import (
    LineOfSight,
    Node,
    lit,
    part_of,
    with_loose_ends,
    without_loose_ends,
)
from backing.documents.desk import Compose
from backing.people.models import Account, Organisation
from boardpaper.blocks import Block, Diagram, DiagramPart, Document, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.wording import in_words, plain

_NAMED: Final = 5
_FOOT: Final = 460  # letters: three lines below the map, so that the foot keeps to the page


def compose(viewer: Account) -> Document | None:
    """For the studio; None while no line is drawn."""
    return line_of_sight_paper(viewer) if line_of_sight(viewer).links else None


def line_of_sight_paper(
    viewer: Account, *, now: datetime | None = None, step: str = ""
) -> Document:
    """The map with what it lacks; where it is too large for a page, it says what is left to the list.

    step: the key of one step, where only what lies on a path through it is wanted.
    """
    sight = with_loose_ends(line_of_sight(viewer))
    if step in sight.by_key:
        sight = part_of(sight, lit(sight, step).nodes)
    return paper_of(sight, now=now)


def paper_of(sight: LineOfSight, *, now: datetime | None) -> Document:
    """D3 of these steps and links."""
    organisation = Organisation.ours()
    return Document(
        code="D3",
        title="Line of sight",
        organisation=organisation.on_paper,
        invented=organisation.invented,
        edition="",
        issued_at=now.replace(microsecond=0) if now else None,
        sections=(
            Section(
                kicker="From what we do to the goals",
                lead=finding(sight),
                blocks=tuple(_blocks(sight)),
            ),
        ),
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
        reached=Name(in_words(reached)),
        goals=Name(in_words(len(goals))),
    )


def diagram(sight: LineOfSight, drawn: LineOfSight) -> Diagram:
    """What is drawn of it for paper, with the list of all.  Nothing drawn: the list alone."""
    title = "Line of sight from what we do to the goals"
    shows_all = len(drawn.nodes) == len(sight.nodes)
    return Diagram(
        finding=Claim("The same, as a list" if shows_all else "The whole, as a list", klass="MGMT"),
        svg=draw(drawn, PAPER, title=title) if drawn.nodes else "",
        outline=tuple((line.depth, line.words) for line in outline(sight)),
        alternative=f"{title}. {'The same content is' if shows_all else 'The whole is'} in the list.",
        whole_page=bool(drawn.nodes),
        slides=tuple(
            DiagramPart(finding=_shown(part), svg=draw(part, SLIDE, title=title))
            for part in _parts(drawn)
        ),
    )


def _shown(part: LineOfSight) -> Claim:
    goals = [node.name for node in part.of(Layer.GOAL) if node.key in part.into]
    if not goals:
        return Claim("No line touches these", klass="MGMT")
    return Claim("What leads to: {goals}", klass="MGMT", goals=Name("; ".join(goals)))


def _parts(drawn: LineOfSight) -> list[LineOfSight]:
    """The same goal by goal, as many on a slide as fit with all that leads to them; what has no line at the end.

    Empty where one slide shows it all, or not even what leads to one goal.
    """
    if fits(drawn, SLIDE):
        return []
    goals = [lit(drawn, goal.key).nodes for goal in drawn.of(Layer.GOAL) if goal.key in drawn.into]
    rest = {node.key for node in drawn.nodes}.difference(*goals)
    in_a_line = {node.key for node in without_loose_ends(part_of(drawn, rest)).nodes}
    alone = ({node.key} for node in drawn.nodes if node.key in rest - in_a_line)
    parts: list[set[str]] = []
    for nodes in filter(None, (*goals, in_a_line, *alone)):
        if parts and fits(part_of(drawn, parts[-1] | nodes), SLIDE):
            parts[-1] |= nodes
        else:
            parts.append(set(nodes))
    found = [part_of(drawn, nodes) for nodes in parts]
    return found if all(fits(part, SLIDE) for part in found) else []


def _blocks(sight: LineOfSight) -> Iterator[Block]:
    """Drawn is as much as a page shows in letters that can be read: all of it, or all that has a line, or
    as many goals as fit with everything behind them; what is left to the list is said."""
    drawn, left = sight, None
    if not fits(drawn, PAPER):
        drawn = without_loose_ends(sight)
        left = Claim(
            "{count} steps that no line touches are left to the list.",
            klass="MGMT",
            count=Name(in_words(len(sight.nodes) - len(drawn.nodes)).capitalize()),
        )
    if not fits(drawn, PAPER):
        goals = _goals_that_fit(sight)
        drawn = part_of(sight, {key for goal in goals for key in lit(sight, goal).nodes})
        left = _goals_drawn(len(goals), sight)
    said = (left,) if left else ()
    claims = (*said, *_missing(sight, room=_FOOT - sum(len(plain(each)) for each in said)))
    shown = diagram(sight, drawn)
    if not drawn.nodes:
        yield Statement(claims=claims)
        yield shown
        return
    yield shown
    if claims:
        yield Statement(claims=claims)


def _goals_that_fit(sight: LineOfSight) -> list[str]:
    """Goals by name, each taken up while the page still holds all that leads to them."""
    taken: list[str] = []
    nodes: set[str] = set()
    for goal in sight.of(Layer.GOAL):
        more = nodes | lit(sight, goal.key).nodes
        if goal.key in sight.into and fits(part_of(sight, more), PAPER):
            taken.append(goal.key)
            nodes = more
    return taken


def _goals_drawn(count: int, sight: LineOfSight) -> Claim:
    """What a page that cannot show the whole of it shows."""
    steps = Name(f"{len(sight.nodes):,}")
    if not count:
        return Claim(
            "One page cannot show its {steps} steps in letters that can be read, nor what leads to any one "
            "goal. They stand in the list.",
            klass="MGMT",
            steps=steps,
        )
    return Claim(
        "One page cannot show its {steps} steps in letters that can be read. Drawn {verb} {drawn} of {goals} "
        "goals; the others are left to the list. Choose a goal on the map to print its part.",
        klass="MGMT",
        steps=steps,
        verb=Name("is" if count == 1 else "are"),
        drawn=Name(in_words(count)),
        goals=Name(in_words(len(sight.of(Layer.GOAL)))),
    )


def _missing(sight: LineOfSight, *, room: int) -> Iterator[Claim]:
    """What the map lacks, in so many letters; what is said to be no goal of ours is said again."""
    found = (
        ("Goals that nothing we do reaches: {names}.", _counting(sight.unreached)),
        ("Work that reaches no goal: {names}.", _counting(sight.for_nothing)),
        (
            "Needs no line, as a rule requires it or other work rests on it: {names}.",
            [node.name for node in sight.for_nothing if not node.counts],
        ),
        (
            "Not ours, and said so: {names}.",
            [node.name for node in sight.of(Layer.GOAL) if not node.counts],
        ),
    )
    told = [(words, names) for words, names in found if names]
    for words, names in told:
        longest = room // len(told) - len(words)
        yield Claim(words, klass="MGMT", names=_some_of(names, longest=longest))


def _counting(nodes: Iterable[Node]) -> list[str]:
    return [node.name for node in nodes if node.counts]


def _some_of(names: Sequence[str], *, longest: int) -> Name:
    """The first of them, and how many more there are."""
    shown = list(names[:_NAMED])
    while len(shown) > 1 and len("; ".join(shown)) > longest:
        shown.pop()
    left = len(names) - len(shown)
    return Name("; ".join(shown) + (f" and {in_words(left)} more" if left else ""))


# What the studio composes.
COMPOSES: Final[Mapping[str, Compose]] = {"D3": compose}
