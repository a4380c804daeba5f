"""Who listens to whom, and whose support would move most others (methods.md 6).

A link says that one person listens to another, and how much.  Opinions settle where each person stands
between their own and the weighted mean of those they listen to (Friedkin and Johnsen):

    z_i = (s_i + sum_j w_ij z_j) / (1 + sum_j w_ij)

A person who is won stands at 1.  Who to win next is the one who lifts the support of all the most, weighed by
their power to decide, for the effort it takes.  Beside it stands the plain number of listeners, because in
small groups the two mostly agree.  No cascade is modelled, and fewer than eight people make no ranking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from trackrecord.errors import EvidenceError
from trackrecord.thinned import Numbers, Places, Whole

FEWEST_PEOPLE: Final = 8
FEWEST_FOR_PAGERANK: Final = 15
_RESAMPLES: Final = 200
_KEPT: Final = 0.8  # of the links, in each resample: some are always unknown
_DECIMALS: Final = 12  # in which two are told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`listener` listens to `to`, with a strength above 0."""

    listener: str
    to: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Someone whose support would move others.

    lift: how much the mean support, weighed by power to decide, would rise (0-1).  through: who listens to
    them and would move most, at most three.  listeners: how many listen to them.
    robust: in how many of `resamples` drawings of four links in five they stay among the first so many.
    """

    person: str
    lift: float
    through: tuple[str, ...]
    listeners: int
    robust: int
    resamples: int


class Network:
    """People and who of them listens to whom.

    people: everyone, in any order.  support: from -1 (against) to 1 (for), for those of whom it is known;
    others count as 0 in the arithmetic, which is not a claim about them.  power: weight of each person's
    vote in what is decided, 1 unless told.  effort: of winning them, 1 unless told.  Of two links between the
    same two people the later counts.
    Raises EvidenceError for a link to someone who is not among them, or to oneself, or without strength.
    """

    def __init__(
        self,
        people: Iterable[str],
        links: Iterable[Link],
        *,
        support: Mapping[str, float] | None = None,
        power: Mapping[str, float] | None = None,
        effort: Mapping[str, float] | None = None,
    ) -> None:
        self.people: Final[Sequence[str]] = tuple(sorted(set(people)))
        self._number = {person: number for number, person in enumerate(self.people)}
        by_pair = {(link.listener, link.to): self._checked(link) for link in links}
        self.links: Final = tuple(by_pair[pair] for pair in sorted(by_pair))
        self._support = self._column(support, 0.0)
        self._power = self._column(power, 1.0)
        self._effort = self._column(effort, 1.0)

    def settled(self, won: Iterable[str] = ()) -> dict[str, float]:
        """Where everyone's support settles, with some people won."""
        found = self._settled(self._numbers(won))
        return dict(zip(self.people, (float(each) for each in found), strict=True))

    def total(self, won: Iterable[str] = ()) -> float:
        """The sum of settled support, weighed by power."""
        found = self._settled(self._numbers(won))
        return float(self._power @ found)

    def next_to_win(
        self, count: int = 3, *, won: Iterable[str] = (), seed: int = 0
    ) -> tuple[Candidate, ...]:
        """Whom to win next, one after the other; empty for fewer than eight people.

        count: how many.  won: who is won already.  seed: of the resampled links.
        """
        if len(self.people) < FEWEST_PEOPLE:
            return ()
        already = self._numbers(won)
        chosen, *drawn = self._chosen(already, count, seed)
        seen = Counter(number for numbers in drawn for number in numbers)
        found, before = [], self._settled(already)
        for place, number in enumerate(chosen, start=1):
            after = self._settled([*already, *chosen[:place]])
            moved, before = after - before, after
            found.append(
                Candidate(
                    person=self.people[number],
                    lift=float(self._power @ moved / self._power.sum()),
                    through=self._through(number, moved),
                    listeners=int((self._weights[:, number] > 0).sum()),
                    robust=seen[number],
                    resamples=_RESAMPLES,
                )
            )
        return tuple(found)

    def by_listeners(self) -> tuple[tuple[str, int], ...]:
        """Everyone with how many listen to them, the most first."""
        counts = (self._weights > 0).sum(axis=0)
        found = ((person, int(counts[number])) for person, number in self._number.items())
        return tuple(sorted(found, key=lambda each: (-each[1], each[0])))

    def between(self) -> dict[str, float]:
        """Betweenness: on which share of the shortest ways from one to another each person lies."""
        import networkx as nx  # late: only this and PageRank need it

        return dict(nx.betweenness_centrality(self._graph))

    def pagerank(self, damping: float = 0.85) -> dict[str, float]:
        """PageRank; empty for fewer than fifteen people, where it says no more than the listeners do."""
        if len(self.people) < FEWEST_FOR_PAGERANK:
            return {}
        import networkx as nx

        return dict(nx.pagerank(self._graph, alpha=damping, weight="strength", tol=1e-10))

    @cached_property
    def _graph(self) -> Any:
        """Listener -> the one listened to."""
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from(self.people)
        for link in self.links:
            graph.add_edge(link.listener, link.to, strength=link.strength)
        return graph

    @cached_property
    def _weights(self) -> Numbers:
        """w_ij: how much i listens to j."""
        found = np.zeros((len(self.people), len(self.people)))
        for link in self.links:
            found[self._number[link.listener], self._number[link.to]] = link.strength
        return found

    def _settled(self, won: Sequence[int]) -> Numbers:
        free = _all_but(won, len(self.people))
        found = np.ones(len(self.people))
        found[free] = np.linalg.solve(self._system(free), self._pull(free, won))
        return found

    def _system(self, people: Places) -> Numbers:
        """I + L among these people."""
        found: Numbers = np.diag(1 + self._weights.sum(axis=1)) - self._weights
        return found[np.ix_(people, people)]

    def _pull(self, people: Places, won: Sequence[int]) -> Numbers:
        """Their own support, and what they listen to in those who are won."""
        found: Numbers = self._support[people] + self._weights[people][:, list(won)].sum(axis=1)
        return found

    def _chosen(self, won: Sequence[int], count: int, seed: int) -> list[list[int]]:
        """One after the other, whom to win next: with all links, then in each drawing without a fifth."""
        free = _all_but(won, len(self.people))
        place = np.full(len(self.people), -1)
        place[free] = np.arange(len(free))
        ends = [(self._number[link.listener], self._number[link.to]) for link in self.links]
        listeners, to = place[np.array(ends, np.intp).reshape(-1, 2)].T
        of_use = listeners >= 0
        whole = Whole(
            inverse=np.asarray(np.linalg.inv(self._system(free)), np.float64),
            pull=self._pull(free, won),
            power=self._power[free],
            effort=self._effort[free],
            listeners=listeners[of_use],
            to=to[of_use],
            strengths=np.array([link.strength for link in self.links])[of_use],
        )
        missing = np.zeros((1 + _RESAMPLES, len(self.links)), np.bool_)
        missing[1:] = np.random.default_rng(seed).random((_RESAMPLES, len(self.links))) >= _KEPT
        chosen: list[list[int]] = free[whole.next_to_win(missing[:, of_use], count)].tolist()
        return chosen

    def _through(self, number: int, moved: Numbers) -> tuple[str, ...]:
        listeners = [
            (round(float(moved[each]), _DECIMALS), person)
            for person, each in self._number.items()
            if self._weights[each, number] > 0 and moved[each] > 0
        ]
        listeners.sort(key=lambda each: (-each[0], each[1]))
        return tuple(person for _, person in listeners[:3])

    def _checked(self, link: Link) -> Link:
        for person in (link.listener, link.to):
            if person not in self._number:
                raise EvidenceError(f"A link names {person!r}, who is not among the people given.")
        if link.listener == link.to:
            raise EvidenceError(f"A link says that {link.to!r} listens to themselves.")
        if not 0 < link.strength < np.inf:
            raise EvidenceError(
                f"The link from {link.listener!r} to {link.to!r} has strength {link.strength}. "
                "Give a number above 0."
            )
        return link

    def _column(self, values: Mapping[str, float] | None, default: float) -> Numbers:
        values = values or {}
        self._numbers(values)
        return np.array([float(values.get(person, default)) for person in self.people])

    def _numbers(self, people: Iterable[str]) -> list[int]:
        unknown = sorted(set(people) - set(self._number)) if (people := list(people)) else []
        if unknown:
            raise EvidenceError(f"{unknown[0]!r} is not among the people given.")
        return [self._number[person] for person in people]


def weights_of_listening(trust: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """How much each person's first opinion weighs in what all come to agree on (DeGroot).

    trust: row i is how much i gives to each one's opinion; rows sum to 1.
    Raises EvidenceError for rows that do not.
    """
    matrix = np.array(trust, np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or (matrix < 0).any():
        raise EvidenceError("Trust needs as many rows as columns, and no number below 0.")
    if not np.allclose(matrix.sum(axis=1), 1):
        raise EvidenceError("What one person gives to all opinions must sum to 1.")
    size = len(matrix)
    system = np.vstack([matrix.T - np.eye(size), np.ones(size)])
    found, *_ = np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)
    return tuple(float(each) for each in found)


def _all_but(won: Sequence[int], size: int) -> Places:
    return np.setdiff1d(np.arange(size), np.array(won, np.intp))
