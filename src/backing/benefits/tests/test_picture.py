"""S18-c: the map of 60 steps and 83 links stands on one landscape page at nine points."""

from __future__ import annotations

import random
import re
from itertools import combinations

import pytest
from lxml import etree

from backing.benefits.firmness import ORDER, Firmness, Layer
from backing.benefits.picture.drawing import draw
from backing.benefits.picture.letters import set_in_lines, width
from backing.benefits.picture.ordering import crossings, ordered
from backing.benefits.picture.setting import PAPER, SCREEN, Sheet, fits, set_out
from backing.benefits.tracing import LineOfSight, Link, Node, lit

_WORDS = (
    "checked business cases for new projects held before money is committed with a range".split()
)


def invented(counts: tuple[int, ...], links: int) -> LineOfSight:
    """So many steps in each layer, and links mostly from one layer to the next."""
    draw_from = random.Random(7)
    keys = [
        [f"{layer.value}-{n}" for n in range(count)]
        for layer, count in zip(ORDER, counts, strict=True)
    ]
    nodes = tuple(
        Node(
            key=key,
            layer=layer,
            name=" ".join(draw_from.sample(_WORDS, 4)),
            note="Head of Logistics" if layer is Layer.CHANGE else "",
        )
        for layer, column in zip(ORDER, keys, strict=True)
        for key in column
    )
    full = [column for column in keys if column]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < links:
        at = draw_from.randrange(len(full) - 1)
        to = min(len(full) - 1, at + (2 if draw_from.random() < 0.07 else 1))
        pairs.add((draw_from.choice(full[at]), draw_from.choice(full[to])))
    made = (
        Link(pk=number, source=source, target=target, firmness=Firmness(1 + number % 3))
        for number, (source, target) in enumerate(sorted(pairs), 1)
    )
    return LineOfSight(nodes, tuple(made))


SIXTY = invented((22, 8, 0, 9, 7, 9, 5), 83)


@pytest.mark.parametrize("sheet", [PAPER, SCREEN], ids=["paper", "screen"])
def test_no_box_lies_on_another_or_off_the_sheet(sheet: Sheet) -> None:
    placed = set_out(SIXTY, sheet)

    assert len(placed.boxes) == 60
    for one, other in combinations(placed.boxes, 2):
        if one.node.layer is other.node.layer:
            assert one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y + 0.01
    for box in placed.boxes:
        assert box.x >= -0.01
        assert box.x + box.width <= sheet.width + 0.01
        assert sheet.head - 0.01 <= box.y
        assert box.y + box.height <= placed.height + 0.01


def test_sixty_steps_fit_a_page_at_nine_points_and_four_hundred_do_not() -> None:
    assert fits(SIXTY, PAPER)
    assert PAPER.size >= 9
    assert (
        set_out(SIXTY, PAPER).height <= 420
    )  # points: a landscape page less margins, title and foot
    assert not fits(invented((100, 70, 20, 60, 50, 70, 30), 560), PAPER)


def test_a_line_of_letters_stays_in_its_box() -> None:
    for box in set_out(SIXTY, PAPER).boxes:
        for line in (*box.name, *box.note):
            assert width(line, PAPER.size) <= box.width - 2 * PAPER.pad


def test_what_does_not_fit_is_cut_with_a_sign() -> None:
    lines = set_in_lines("one two three four five six", room=50, size=10, most=2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_the_order_uncrosses_what_can_be_uncrossed() -> None:
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    edges = [[("a", "z"), ("b", "y"), ("c", "x")]]

    assert crossings(columns, edges) == 3
    assert crossings(ordered(columns, edges), edges) == 0


def test_kinds_of_links_differ_without_colour() -> None:
    nodes = (
        Node(key="activity-1", layer=Layer.ACTIVITY, name="Check"),
        Node(key="output-1", layer=Layer.OUTPUT, name="Cases"),
        Node(key="change-1", layer=Layer.CHANGE, name="Fund", broken="Nobody owns it"),
        Node(key="goal-1", layer=Layer.GOAL, name="Promises"),
    )
    links = (
        Link(pk=1, source="activity-1", target="output-1", firmness=Firmness.EVIDENCED),
        Link(pk=2, source="output-1", target="change-1", firmness=Firmness.ASSUMED),
        Link(pk=3, source="change-1", target="goal-1", firmness=Firmness.EVIDENCED),
        Link(pk=4, source="activity-1", target="change-1", firmness=Firmness.EVIDENCED),
    )
    tree = etree.fromstring(draw(LineOfSight(nodes, links), SCREEN, title="Map"))
    body = tree[0][-1]
    drawn = [each for each in body if each.get("class") == "map-line"]

    assert [each.get("stroke-dasharray") for each in drawn] == [None, "1.5 3.5", "1.5 3.5", "11 4"]
    assert sum(each.get("class") == "map-cross" for each in body) == 1
    assert sum(each.get("class") == "map-ring" for each in body) == 1  # of the output left out
    assert [each.get("stroke-dasharray") for each in body if each.get("class") == "map-box"] == [
        *(None, None, "2 2.5", None)
    ]


def test_what_lights_up_is_thicker_and_each_step_can_be_chosen() -> None:
    drawn = draw(
        SIXTY,
        SCREEN,
        title="Map",
        lit=lit(SIXTY, "goal-0"),
        address="?node={}".format,
        chosen="goal-0",
    )

    assert drawn.count("<a ") == 60
    assert drawn.count('aria-current="true"') == 1
    assert len(re.findall(r'class="map-line lit"', drawn)) == len(lit(SIXTY, "goal-0").links) + 1


def test_words_of_users_are_only_ever_words() -> None:
    nodes = (Node(key="goal-1", layer=Layer.GOAL, name="<script>1</script>"),)

    assert "<script" not in draw(LineOfSight(nodes, ()), SCREEN, title='"><b>')
