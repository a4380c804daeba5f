"""Which Keys are one project.

The same register and key is the same project in every export, and no one need say so.  Anything
more is decided by a person: confirmed SameProject decisions join Keys into clusters, and a
NotSameProject keeps two Keys apart even against the links of others.  A project's id is that of the
smallest Key of its cluster, so the order of decisions and imports does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.decisions import Decision, NotSameProject, SameProject
from trackrecord.keys import Key, projects_of

LINKS = pa.schema(
    [
        ("register", pa.string()),
        ("key", pa.string()),
        ("project", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What the decisions make of the Keys at hand.

    projects: Key -> project id, for the Keys whose project is not simply their own.
    refused: SameProject decisions that would have joined two Keys which a NotSameProject keeps
    apart.  idle: link decisions one of whose Keys is in no take.
    """

    projects: dict[Key, str]
    refused: tuple[SameProject, ...] = ()
    idle: tuple[SameProject | NotSameProject, ...] = ()

    def table(self, keys: pa.Table) -> pa.Table:
        """Every Key of `keys` (columns register, key; each pair once) with its project."""
        register = keys["register"].combine_chunks()
        key = keys["key"].combine_chunks()
        own = projects_of(register, key)
        linked = pa.array([each.project for each in self.projects], pa.string())
        joined = pa.array(list(self.projects.values()), pa.string())
        other = joined.take(pc.index_in(own, value_set=linked))
        project = pc.coalesce(other, own)
        table = pa.table([register, key, project], schema=LINKS)
        return table.sort_by([("register", "ascending"), ("key", "ascending")])


def link(decisions: Iterable[Decision], *, present: Iterable[Key]) -> Links:
    """Joins Keys by the decisions of people.

    present: the Keys of the takes at hand; only those that some decision names matter.
    Of two decisions about the same pair the later one holds, and on one day the one that keeps
    them apart.
    """
    at_hand = frozenset(present)
    latest = _latest_of_each_pair(decisions)
    awake = [each for each in latest if each.a in at_hand and each.b in at_hand]
    idle = tuple(each for each in latest if each.a not in at_hand or each.b not in at_hand)
    clusters = _Clusters(each for each in awake if isinstance(each, NotSameProject))
    refused = tuple(
        each for each in awake if isinstance(each, SameProject) and not clusters.join(each)
    )
    return Links(projects=dict(clusters.projects()), refused=refused, idle=idle)


def _latest_of_each_pair(decisions: Iterable[Decision]) -> list[SameProject | NotSameProject]:
    """In order of day and Keys, which decides who is refused when decisions disagree."""
    latest: dict[tuple[Key, Key], SameProject | NotSameProject] = {}
    links = [each for each in decisions if isinstance(each, SameProject | NotSameProject)]
    for each in sorted(
        links, key=lambda link: (link.on, isinstance(link, NotSameProject), link.by)
    ):
        latest[each.a, each.b] = each
    return sorted(latest.values(), key=lambda link: (link.on, link.a, link.b))


class _Clusters:
    """Sets of Keys that are one project, and which of them must stay apart."""

    def __init__(self, apart: Iterable[NotSameProject]) -> None:
        self._cluster: dict[Key, set[Key]] = {}
        self._enemies: dict[Key, set[Key]] = {}
        for each in apart:
            self._enemies.setdefault(each.a, set()).add(each.b)
            self._enemies.setdefault(each.b, set()).add(each.a)

    def join(self, same: SameProject) -> bool:
        """Makes one cluster of two; False, and nothing done, where that joins enemies."""
        mine, theirs = self._of(same.a), self._of(same.b)
        if mine is theirs:
            return True
        if any(self._enemies.get(key, set()) & theirs for key in mine):
            return False
        mine |= theirs
        for key in theirs:
            self._cluster[key] = mine
        return True

    def projects(self) -> Iterator[tuple[Key, str]]:
        for key in sorted(self._cluster):
            first = min(self._cluster[key])
            if first != key:
                yield key, first.project

    def _of(self, key: Key) -> set[Key]:
        return self._cluster.setdefault(key, {key})
