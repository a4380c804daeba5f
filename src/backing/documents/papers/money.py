"""Money in one currency, in several, or in none that the files name.

Sums of money are never added across currencies: the library gives each its own, and a paper says which
there are and shows them beside one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from backing.documents.papers.grounds import Grounds
from backing.documents.papers.plans import cost_words
from boardpaper.blocks import Cell, Column, Section, Table
from boardpaper.claim import Claim, Name
from boardpaper.wording import measure
from boardpaper.wording.en import export_called
from trackrecord.figure import Baseline, Figure

# ISO's word for "no currency".
_NOT_NAMED: Final = "XXX"
_LOST: Final = ("cost_of_failure_gross", "cost_of_failure_offset", "cost_of_failure_net")
# Sums and changes of money: each is one figure, or one for each currency.
_OF_MONEY: Final[tuple[tuple[str, Baseline | None], ...]] = (
    ("cost_overrun_total", "original"),
    *((name, "original") for name in _LOST),
    ("forecast_cost_change_median", None),
    ("eac", None),
)
_PLANNED: Final = "cost_baseline_sum"
_CAUSES: Final = "cause_share_fractional"


def currencies(evidence: Grounds) -> tuple[str, ...]:
    """The currencies of the files where there are several; nothing where sums can be added."""
    found = {
        str(figure.group)
        for name, baseline in _OF_MONEY
        for figure in evidence.groups(name, baseline, by="currency")
    }
    found |= {currency for _, currency, _ in _planned(evidence)}
    return tuple(sorted(found))


def names_none(evidence: Grounds) -> bool:
    """Whether there is money in the files, and no word of its currency."""
    known = [
        *(evidence.known(name, baseline) for name, baseline in _OF_MONEY),
        *evidence.groups(_PLANNED, by="export"),
    ]
    units = {figure.unit for figure in known if figure is not None and figure.unit != "share"}
    return units == {_NOT_NAMED}


def listed_currencies(found: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """A list of currencies for a claim: its words with slots, and what fills them."""
    slots: dict[str, Any] = {
        f"currency_{chr(ord('a') + place)}": Name(code) for place, code in enumerate(found)
    }
    *first, last = (f"{{{slot}}}" for slot in slots)
    return f"{', '.join(first)} and {last}", slots


def lost(evidence: Grounds, found: tuple[str, ...]) -> tuple[Table, ...]:
    """What was lost in each currency, by itself; nothing where the files do not say."""
    groups = {
        name: {
            str(figure.group): figure for figure in evidence.groups(name, "original", by="currency")
        }
        for name in _LOST
    }
    words = cost_words(evidence)
    gross, offset, net = (groups[name] for name in _LOST)
    table = Table(
        columns=(
            Column(name="Currency"),
            Column(name=f"Above {words.short} or written off", align="right", style="full"),
            Column(name="Given back", align="right", style="full"),
            Column(name="Net", align="right", style="full"),
            Column(name="n", align="right", style="n"),
        ),
        rows=tuple(
            (code, gross[code], offset.get(code), net.get(code), gross[code])
            for code in found
            if code in gross
        ),
        finding=Claim("Each currency has its own sum"),
        note="n: projects with a usable cost in that currency. No rate of exchange is assumed.",
    )
    return (table,) if table.rows else ()


def section(evidence: Grounds) -> Section | None:
    """The appendix on currencies: which there are, and the sums that the body does not list by them."""
    found = currencies(evidence)
    if not found:
        return None
    listed, slots = listed_currencies(found)
    return Section(
        kicker="Appendix · currencies",
        lead=Claim(
            f"The files hold amounts in {listed}; sums are never added across them.", **slots
        ),
        blocks=tuple(_tables(evidence)),
        appendix=True,
    )


def _tables(evidence: Grounds) -> Iterator[Table]:
    sums: list[tuple[Cell, ...]] = [
        (measure(figure), figure.group, figure, figure)
        for name, baseline in _OF_MONEY
        if name not in _LOST
        for figure in evidence.groups(name, baseline, by="currency")
    ]
    if sums:
        yield _table("What", sums, Claim("Money and its changes, in each currency"))
    planned: list[tuple[Cell, ...]] = [
        (export_called(export), code, figure, figure) for export, code, figure in _planned(evidence)
    ]
    if planned:
        yield _table("Export", planned, Claim("Planned cost, in each currency"))
    shares: list[tuple[Cell, ...]] = [
        (cause, code, figure, figure)
        for code, cause, figure in _apart(evidence.groups(_CAUSES, "original", by="cause"))
    ]
    if shares:
        yield _table("Cause", shares, Claim("Causes, as a share of the money in each currency"))


def _table(first: str, rows: list[tuple[Cell, ...]], finding: Claim) -> Table:
    return Table(
        columns=(
            Column(name=first),
            Column(name="Currency"),
            Column(name="Figure", align="right"),
            Column(name="n", align="right", style="n"),
        ),
        rows=tuple(rows),
        finding=finding,
    )


def _planned(evidence: Grounds) -> Iterator[tuple[str, str, Figure]]:
    """Export, currency and sum; nothing where an export's sum is one figure."""
    for figure in evidence.groups(_PLANNED, by="export"):
        export, _, code = str(figure.group).rpartition(" / ")
        if export and code == figure.unit:
            yield export, code, figure


def _apart(groups: tuple[Figure, ...]) -> Iterator[tuple[str, str, Figure]]:
    """Currency and cause of figures whose group is "EUR / skills"."""
    for figure in groups:
        code, divided, cause = str(figure.group).partition(" / ")
        if divided:
            yield code, cause, figure
