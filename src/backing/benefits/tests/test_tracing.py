"""S18-b: what reaches a goal, what an activity is for, and where the line breaks."""

from __future__ import annotations

import pytest

from backing.benefits.firmness import Firmness, Layer, goes_forward, skipped
from backing.benefits.outline import outline
from backing.benefits.tracing import (
    LineOfSight,
    Link,
    Node,
    lit,
    part_of,
    reaches,
    serves,
    with_loose_ends,
)

F = Firmness


def node(key: str, broken: str = "") -> Node:
    layer = Layer(key.partition("-")[0])
    return Node(key=key, layer=layer, name=key.replace("-", " "), broken=broken)


def sight(
    *links: tuple[str, str, Firmness], broken: str = "", alone: tuple[str, ...] = ()
) -> LineOfSight:
    keys = list(dict.fromkeys([*(end for link in links for end in link[:2]), *alone]))
    nodes = (node(key, broken="nobody" if key == broken else "") for key in keys)
    made = (
        Link(pk=number, source=source, target=target, firmness=firmness)
        for number, (source, target, firmness) in enumerate(links, 1)
    )
    return LineOfSight(tuple(nodes), tuple(made))


TWO_WAYS = sight(
    ("activity-1", "output-1", F.EVIDENCED),
    ("output-1", "change-1", F.ASSUMED),
    ("output-1", "change-2", F.PLAUSIBLE),
    ("change-1", "benefit-1", F.EVIDENCED),
    ("change-2", "benefit-1", F.EVIDENCED),
    ("benefit-1", "goal-1", F.EVIDENCED),
    ("activity-2", "goal-1", F.ASSUMED),
    alone=("activity-3", "goal-2"),
)


def test_a_path_is_as_firm_as_its_weakest_link_and_the_firmest_path_counts() -> None:
    assert reaches(TWO_WAYS, "goal-1") == {"activity-1": F.PLAUSIBLE, "activity-2": F.ASSUMED}
    assert serves(TWO_WAYS, "activity-1") == {"goal-1": F.PLAUSIBLE}


def test_goals_and_activities_without_a_path_are_findings() -> None:
    assert [each.key for each in TWO_WAYS.unreached] == ["goal-2"]
    assert [each.key for each in TWO_WAYS.for_nothing] == ["activity-3"]
    marked = with_loose_ends(TWO_WAYS).by_key
    assert {key for key, each in marked.items() if each.loose} == {"goal-2", "activity-3"}


def test_a_change_that_nobody_owns_breaks_the_line_behind_it() -> None:
    found = sight(
        ("activity-1", "change-1", F.EVIDENCED),
        ("change-1", "goal-1", F.EVIDENCED),
        broken="change-1",
    )

    assert [found.firmness(each) for each in found.links] == [F.EVIDENCED, F.BROKEN]
    assert reaches(found, "goal-1") == {"activity-1": F.BROKEN}


def test_a_step_lights_up_every_path_through_it_and_no_other() -> None:
    found = lit(TWO_WAYS, "change-2")

    assert found.nodes == {"activity-1", "output-1", "change-2", "benefit-1", "goal-1"}
    assert found.links == {1, 3, 5, 6}
    assert set(part_of(TWO_WAYS, found.nodes).by_key) == found.nodes


@pytest.mark.parametrize(
    ("source", "target", "left_out"),
    [
        ("output", "change", ()),  # a capability may be missing
        ("activity", "change", ("output",)),
        ("outcome", "goal", ("benefit",)),
        ("activity", "goal", ("output", "change", "outcome", "benefit")),
    ],
)
def test_a_link_says_which_steps_it_leaves_out(
    source: str, target: str, left_out: tuple[str, ...]
) -> None:
    assert tuple(map(str, skipped(Layer(source), Layer(target)))) == left_out


def test_links_run_onwards_or_from_benefit_to_benefit() -> None:
    assert goes_forward(Layer.BENEFIT, Layer.BENEFIT)
    assert not goes_forward(Layer.OUTPUT, Layer.OUTPUT)
    assert not goes_forward(Layer.GOAL, Layer.ACTIVITY)


def test_the_list_has_every_step_and_every_link_once() -> None:
    lines = outline(TWO_WAYS)

    told = [line.node.key for line in lines if not line.above and line.node.key != "output-1"]
    assert {line.node.key for line in lines} == set(TWO_WAYS.by_key)
    assert len(told) == len(set(told))
    assert sorted(line.link.pk for line in lines if line.link) == [1, 2, 3, 4, 5, 6, 7]
    assert lines[0].words == "goal 1"
    assert "activity 2 – assumed (leaves out output and change and outcome and benefit)" in {
        line.words for line in lines
    }
