"""The rows behind the page, for a spreadsheet: they add up to its totals, to the smallest unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backing.worth.amounts import Amount
from backing.worth.gate import Valued
from backing.worth.standing import Standing

HEADER: Final = (
    *("list", "what", "kind", "from", "to", "currency", "low", "likely", "high"),
    *("counted", "state", "our share", "taken off", "basis", "why"),
)


def rows(found: Standing) -> Iterator[tuple[object, ...]]:
    """Cost of the year first, then each valuation.  counted: what a total of the page counts of it."""
    if found.year is not None:
        first, last = found.year.first.isoformat(), found.year.last.isoformat()
        for line in found.year.lines:
            amount = _bare(line.amount)
            yield (
                *("cost of the year", line.what, line.kind, first, last, found.currency),
                *("", amount, "", amount, "", "", "", line.basis, ""),
            )
    for each in found.valued:
        yield _valued(each)


def _valued(each: Valued) -> tuple[object, ...]:
    return (
        "validated hard" if each.counts else "avoidance" if not each.hard else "hard, not counted",
        each.benefit,
        "hard" if each.hard else "avoidance",
        each.first.isoformat(),
        each.last.isoformat(),
        each.likely.currency,
        *(_bare(amount) for amount in (each.low, each.likely, each.high)),
        _bare(each.likely) if each.is_validated else "",
        each.state,
        f"{float(each.share):g}",
        f"{float(each.error):g}",
        each.basis,
        "; ".join(words for words in (each.share_reason, each.said) if words),
    )


def _bare(amount: Amount) -> str:
    """To the last unit, and without marks, so that a spreadsheet adds it up."""
    return f"{amount.major:f}"
