"""Whom to win next, one after the other, in many networks that each lack some links of one.

What is missing changes a few rows of A = I + L.  So the inverse of each is that of the whole network, M, and
a term of as many rows as there are listeners who lost a link (the Woodbury identity):

    (A - E V)^-1 = M + M E X,    X = (I - V M E)^-1 V M

E: the columns of the unit matrix for those listeners.  V: a row for each of them, what they no longer give to
others.  The inverse is never written out: the choice asks for its diagonal, its sums by power and, of whoever
is chosen, one column and one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Missing = npt.NDArray[np.bool_]

_NUMBERS_AT_ONCE: Final = 2**15  # of a matrix of each network in one go: a quarter of a megabyte
_DECIMALS: Final = 12  # the rest is how the machine rounds, and decides nothing


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The network with all its links, among those who are still to be won.

    inverse: M.  pull: each one's own support, and what they listen to in those who are won.
    listeners, to, strengths: of their links, in the order of listeners; `to` is -1 where it is someone won.
    """

    inverse: Numbers
    pull: Numbers
    power: Numbers
    effort: Numbers
    listeners: Places
    to: Places
    strengths: Numbers

    def next_to_win(self, missing: Missing, count: int) -> Places:
        """By place, a row for each network.  missing: which links each lacks, a row each."""
        at_once = max(1, _NUMBERS_AT_ONCE // (self.inverse.size or 1))
        # Those are looked at together that lack about as much: each is filled up to the one that lacks most.
        order = np.argsort(missing.sum(axis=1), kind="stable")
        chosen = [
            _Thinned(self, missing[order[some : some + at_once]]).next_to_win(count)
            for some in range(0, len(order), at_once)
        ]
        return np.concatenate(chosen)[np.argsort(order)]

    @cached_property
    def given_up(self) -> Numbers:
        """V M, were each link the only one that is missing."""
        theirs = np.where(self.to[:, np.newaxis] < 0, 0, self.inverse[self.to])
        return self.strengths[:, np.newaxis] * (self.inverse[self.listeners] - theirs)


class _Thinned:
    """own: the diagonal of each inverse.  reach: its sums by power.  settled: where support settles."""

    def __init__(self, whole: Whole, missing: Missing) -> None:
        self._whole = whole
        self._each = np.arange(len(missing))
        self._held: list[tuple[Numbers, Numbers]] = []
        at, lost = _lost(whole, missing)
        inverse, reach = whole.inverse, whole.power @ whole.inverse
        lost_of_each = np.take_along_axis(lost, at[:, np.newaxis], axis=2)
        self._rows = np.linalg.inv(np.eye(at.shape[1]) - lost_of_each) @ lost
        self._columns = inverse.T[at]
        pull = whole.pull - _no_longer_pulled(whole, missing)
        pushed = (self._rows @ pull[:, :, np.newaxis])[:, :, 0]
        self._settled = pull @ inverse.T + _sum(pushed, self._columns)
        self._reach = reach + _sum(reach[at], self._rows)
        self._own = np.diagonal(inverse) + (self._columns * self._rows).sum(axis=1)

    def next_to_win(self, count: int) -> Places:
        """Each the one who then adds most to the total by effort: what pushes them to 1 pushes the others.

        Of those who add the same, the first.
        """
        left = np.ones(self._own.shape, np.bool_)
        chosen: list[Places] = []
        for turn in range(min(count, left.shape[1])):
            if turn:  # nobody asks what the last one moves
                self._hold(chosen[-1])
            own = np.where(left, self._own, 1)
            gains = (1 - self._settled) * self._reach / self._whole.effort / own
            best = np.argmax(np.where(left, np.round(gains, _DECIMALS), -np.inf), axis=1)
            left[self._each, best] = False
            chosen.append(best)
        return np.stack(chosen, axis=1) if chosen else np.empty((len(left), 0), np.intp)

    def _hold(self, chosen: Places) -> None:
        """Hold them at 1, and take them out of the inverse by one step of elimination."""
        each, inverse = self._each, self._whole.inverse
        column = inverse.T[chosen] + _sum(self._rows[each, :, chosen], self._columns)
        row = inverse[chosen] + _sum(self._columns[each, :, chosen], self._rows)
        for one_column, one_row in self._held:
            column -= one_column * one_row[each, chosen, np.newaxis]
            row -= one_column[each, chosen, np.newaxis] * one_row
        column /= self._own[each, chosen, np.newaxis]
        self._settled = self._settled + column * (1 - self._settled[each, chosen, np.newaxis])
        self._reach = self._reach - (column @ self._whole.power)[:, np.newaxis] * row
        self._own = self._own - column * row
        self._held.append((column, row))


def _lost(whole: Whole, missing: Missing) -> tuple[Places, Numbers]:
    """Who lost a link in each network, and their rows of V M; rows of nothing where others lost more."""
    network, link = np.nonzero(missing)
    who = whole.listeners[link]
    firsts = np.flatnonzero(np.diff(network * len(whole.inverse) + who, prepend=-1))
    rows = np.add.reduceat(whole.given_up[link], firsts, axis=0)
    of = network[firsts]
    place = np.arange(len(of)) - np.searchsorted(of, of)
    most = 1 + place.max(initial=-1)
    at = np.zeros((len(missing), most), np.intp)
    lost = np.zeros((*at.shape, len(whole.inverse)))
    at[of, place], lost[of, place] = who[firsts], rows
    return at, lost


def _no_longer_pulled(whole: Whole, missing: Missing) -> Numbers:
    """What each one listened to in those who are won, along links that are missing."""
    found = np.zeros((len(missing), len(whole.inverse)))
    network, link = np.nonzero(missing & (whole.to < 0))
    np.add.at(found, (network, whole.listeners[link]), whole.strengths[link])
    return found


def _sum(shares: Numbers, rows: Numbers) -> Numbers:
    """Of each network's rows the sum, each times its share."""
    return (shares[:, np.newaxis] @ rows)[:, 0]
