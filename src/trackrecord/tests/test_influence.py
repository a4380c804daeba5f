"""Who listens to whom: known answers N1 to N5 of methods.md 8, and what the ranking may not do."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, compress
from typing import Any

import networkx as nx
import numpy as np
import pytest

from trackrecord.errors import EvidenceError
from trackrecord.influence import Link, Network, weights_of_listening


def network(graph: Any) -> Network:
    """A graph without directions: both listen to each other."""
    links = [
        Link(listener=str(a), to=str(b))
        for one, other in graph.edges
        for a, b in ((one, other), (other, one))
    ]
    return Network([str(node) for node in graph.nodes], links)


@pytest.fixture(scope="module")
def club() -> Network:
    """Zachary's karate club, unweighted, counted from 1."""
    return network(nx.relabel_nodes(nx.karate_club_graph(), lambda node: node + 1))


def test_n1_pagerank_of_zachary(club: Network) -> None:
    found = club.pagerank()
    for person, rank in {
        "34": 0.10092,
        "1": 0.09700,
        "33": 0.07169,
        "3": 0.05708,
        "2": 0.05288,
    }.items():
        assert found[person] == pytest.approx(rank, abs=1e-5)


def test_n2_betweenness_of_zachary(club: Network) -> None:
    found = club.between()
    for person, share in {
        "1": 0.43764,
        "34": 0.30407,
        "33": 0.14525,
        "3": 0.14366,
        "32": 0.13828,
    }.items():
        assert found[person] == pytest.approx(share, abs=1e-5)


def test_n3_betweenness_of_the_florentine_families() -> None:
    found = network(nx.florentine_families_graph()).between()
    for family, share in {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}.items():
        assert found[family] == pytest.approx(share, abs=5e-4)


def test_n4_the_weight_of_each_opinion() -> None:
    trust = [[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0], [0, 1 / 4, 3 / 4]]
    assert weights_of_listening(trust) == pytest.approx((3 / 11, 4 / 11, 4 / 11), abs=1e-9)


def test_n5_whom_to_win_next_in_zachary(club: Network) -> None:
    chosen = [each.person for each in club.next_to_win(4)]
    assert chosen == ["34", "1", "33", "2"]
    totals = [club.total(chosen[:count]) for count in (1, 2, 3, 4)]
    assert totals == pytest.approx([10.710, 17.803, 20.179, 21.677], abs=0.001)


def test_n5_greedy_is_as_good_as_trying_all_pairs(club: Network) -> None:
    best = max(club.total(pair) for pair in combinations(club.people, 2))
    assert club.total(["34", "1"]) == pytest.approx(best, abs=1e-9)


def test_the_plain_count_of_listeners_stands_beside_and_agrees(club: Network) -> None:
    assert {person for person, _ in club.by_listeners()[:3]} == {"34", "1", "33"}
    chosen = club.next_to_win(3)
    assert chosen[0].listeners == dict(club.by_listeners())["34"]
    # With a fifth of the links missing, nearly three of three are still found (methods.md 6).
    assert sum(each.robust / each.resamples for each in chosen) == pytest.approx(2.8, abs=0.3)


def test_fewer_than_eight_people_make_no_ranking() -> None:
    people = [f"p{number}" for number in range(7)]
    small = Network(people, [Link(listener=one, to="p0") for one in people[1:]])
    assert small.next_to_win() == ()
    assert small.pagerank() == {}
    assert small.by_listeners()[0] == ("p0", 6)


def test_robust_is_counted_as_if_each_drawing_were_looked_at_by_itself() -> None:
    families = network(nx.florentine_families_graph())
    power = {each: 1 + number / 10 for number, each in enumerate(families.people)}
    drawn, seen = np.random.default_rng(0), Counter[str]()
    for _ in range(200):
        kept = drawn.random(len(families.links)) < 0.8
        left = Network(families.people, compress(families.links, kept), power=power)
        others = set(left.people) - {"Medici"}
        totals = {each: left.total(["Medici", each]) for each in others}
        seen[max(totals, key=lambda each: totals[each])] += 1
    all_of_them = Network(families.people, families.links, power=power)
    (first,) = all_of_them.next_to_win(1, won=["Medici"])
    assert 0 < first.robust == seen[first.person] < 200


def test_the_second_and_third_are_chosen_in_each_drawing_as_if_the_ones_before_were_won() -> None:
    chance = np.random.default_rng(26)
    people = [f"p{number}" for number in range(9)]
    pairs = [(one, other) for one in people for other in people if one != other]
    links = [
        Link(listener=listener, to=to, strength=0.5 + chance.random())
        for listener, to in compress(pairs, chance.random(len(pairs)) < 0.3)
    ]
    support = {person: chance.random() - 0.5 for person in people}
    everything = Network(people, links, support=support)

    drawn, seen = np.random.default_rng(0), Counter[str]()
    for _ in range(200):
        kept = drawn.random(len(links)) < 0.8
        left = Network(people, compress(everything.links, kept), support=support)
        won = ["p4"]
        for _ in range(3):
            totals = {each: left.total([*won, each]) for each in people if each not in won}
            won.append(max(totals, key=lambda each: totals[each]))
        seen.update(won[1:])
    chosen = everything.next_to_win(3, won=["p4"])
    assert [each.robust for each in chosen] == [seen[each.person] for each in chosen]
    assert max(each.robust for each in chosen) < 200


def test_of_those_who_would_add_the_same_the_first_by_name_is_chosen() -> None:
    people = [f"p{number}" for number in range(9)]
    ring = [
        Link(listener=f"p{one}", to=f"p{(one + step) % 9}", strength=0.1 * step)
        for one in range(9)
        for step in (1, 2, 3)
    ]
    first = Network(people, ring).next_to_win(1)[0]
    assert (first.person, first.through) == ("p0", ("p6", "p7", "p8"))


def test_where_everyone_is_won_nobody_is_next_and_a_later_link_takes_the_place_of_an_earlier() -> (
    None
):
    people = [f"p{number}" for number in range(8)]
    links = [Link(listener="p1", to="p0", strength=each) for each in (5.0, 1.0)]
    twice, once = Network(people, links), Network(people, links[1:])
    assert twice.next_to_win(3, won=people) == ()
    assert twice.next_to_win(3) == once.next_to_win(3)


def test_each_lift_is_told_with_who_carries_it() -> None:
    people = [f"p{number}" for number in range(10)]
    star = Network(people, [Link(listener=one, to="p0") for one in people[1:]])
    first = star.next_to_win(1)[0]
    assert (first.person, first.listeners) == ("p0", 9)
    assert first.through == ("p1", "p2", "p3")
    assert first.lift == pytest.approx((1 + 9 * 0.5) / 10)


def test_power_and_effort_turn_the_order() -> None:
    people = [f"p{number}" for number in range(10)]
    links = [Link(listener=one, to="p0") for one in people[1:]]
    hard = Network(people, links, effort={"p0": 20.0})
    powerful = Network(people, links, power={"p5": 100.0})
    assert hard.next_to_win(1)[0].person != "p0"
    assert powerful.next_to_win(1)[0].person == "p5"


def test_who_is_won_stands_at_one_and_those_who_listen_to_nobody_stay_where_they_are() -> None:
    two = Network(["a", "b"], [Link(listener="a", to="b", strength=3)], support={"a": -1, "b": 0.5})
    assert two.settled() == pytest.approx({"a": (-1 + 3 * 0.5) / 4, "b": 0.5})
    assert two.settled(won=["b"]) == pytest.approx({"a": (-1 + 3) / 4, "b": 1.0})


@pytest.mark.parametrize(
    "link",
    [
        Link(listener="a", to="c"),
        Link(listener="a", to="a"),
        Link(listener="a", to="b", strength=0),
        Link(listener="a", to="b", strength=float("nan")),
    ],
)
def test_a_link_that_says_nothing_is_refused(link: Link) -> None:
    with pytest.raises(EvidenceError):
        Network(["a", "b"], [link])


def test_trust_that_does_not_sum_to_one_is_refused() -> None:
    with pytest.raises(EvidenceError, match="sum to 1"):
        weights_of_listening([[0.5, 0.4], [0, 1]])
