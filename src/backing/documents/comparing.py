"""What changed since an issue: its figures against today's, in words.

A figure is the same figure when measure, baseline and group are the same.  An issued document keeps the
numbers it printed; the difference opens the next issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from backing.documents.drafting import key_of
from backing.documents.papers.grounds import Grounds
from boardpaper.blocks import Block, Diagram, Document, Quotation, Table, claims_of
from boardpaper.claim import Name
from boardpaper.wording import measure, plain, word
from trackrecord.figure import Figure

What = Literal["same", "number changed", "definition changed", "source withdrawn"]

_ORDER: Final[tuple[What, ...]] = (
    "source withdrawn",
    "definition changed",
    "number changed",
    "same",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure of an issue, against today.  was, now: in words; now is "" for a withdrawn source."""

    what: What
    figure: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since an issue.

    changes: figures, the gravest first, without those that are the same.  same: how many those are.
    sections: what became of sections and their wording, a sentence each.
    """

    changes: tuple[Change, ...]
    same: int
    sections: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The finding, in one sentence."""
        if not self.changes and not self.sections:
            return "Nothing changed since then."
        if not self.changes:
            return "Its figures are the same; what it says is not."
        counts = [
            f"{count} {_SAID[what][count != 1]}"
            for what in _ORDER
            if (count := sum(change.what == what for change in self.changes))
        ]
        return f"{_listed(counts)}; {self.same} the same."


_SAID: Final[dict[What, tuple[str, str]]] = {
    "source withdrawn": ("source was withdrawn", "sources were withdrawn"),
    "definition changed": ("definition changed", "definitions changed"),
    "number changed": ("number changed", "numbers changed"),
    "same": ("is the same", "are the same"),
}


def since(issued: Document, today: Document | None, grounds: Grounds | None) -> Since:
    """An issued document against the evidence of today and the document as it would be issued now.

    today, grounds: None where there is no evidence any more; then every source is withdrawn.
    """
    figures = _once(issued.figures())
    found = [_change(figure, _now(figure, grounds)) for figure in figures]
    changes = [change for change in found if change.what != "same"]
    changes.sort(key=lambda change: _ORDER.index(change.what))
    return Since(
        changes=tuple(changes),
        same=len(found) - len(changes),
        sections=() if today is None else tuple(_sections(issued, today)),
    )


def _change(was: Figure, now: Figure | None) -> Change:
    if now is None or (now.value is None and was.value is not None):
        what: What = "source withdrawn"
    elif now.version != was.version or now.definition != was.definition:
        what = "definition changed"
    elif _numbers(now) != _numbers(was):
        what = "number changed"
    else:
        what = "same"
    group = f", {was.group}" if was.group else ""
    return Change(
        what=what,
        figure=f"{_capital(measure(was))}{group}",
        was=_worded(was),
        now="" if what == "source withdrawn" or now is None else _worded(now),
    )


def _now(was: Figure, grounds: Grounds | None) -> Figure | None:
    if grounds is None:
        return None
    return grounds.get(was.measure, was.baseline, by=was.by, group=was.group)


def _numbers(figure: Figure) -> tuple[object, ...]:
    missing = tuple(sorted(figure.missing.items()))
    return (figure.value, figure.low, figure.high, figure.unit, figure.n, missing)


def _worded(figure: Figure) -> str:
    return f"{word(figure)} (n {word(figure, 'known')})"


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Each figure once, in reading order."""
    seen: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        seen.setdefault((figure.measure, figure.baseline, figure.by, figure.group), figure)
    return list(seen.values())


def _sections(issued: Document, today: Document) -> Iterable[str]:
    """Sections that came, went, are worded anew or name something else; never for a figure alone."""
    was, now = _by_section(issued), _by_section(today)
    yield from (f"“{each.name}” is no longer in it." for key, each in was.items() if key not in now)
    for key, each in now.items():
        if key not in was:
            yield f"“{each.name}” is new."
        elif was[key].texts != each.texts:
            yield f"“{each.name}” is worded anew."
        elif was[key].names != each.names:
            yield f"“{each.name}” names something else than it did."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A section without its figures.  texts: its claims, with slots.  names: what is called by name in it."""

    name: str
    texts: tuple[str, ...]
    names: tuple[str, ...]


def _by_section(document: Document) -> dict[str, _Said]:
    found = {}
    for section in document.sections:
        claims = (section.lead, *(claim for block in section.blocks for claim in claims_of(block)))
        found[key_of(section)] = _Said(
            name=section.kicker or plain(section.lead),
            texts=tuple(claim.text for claim in claims),
            names=(
                *(
                    slot.text
                    for claim in claims
                    for slot in claim.slots.values()
                    if isinstance(slot, Name)
                ),
                *(name for block in section.blocks for name in _named_beside(block)),
            ),
        )
    return found


def _named_beside(block: Block) -> Iterator[str]:
    """What a block names outside its claims."""
    match block:
        case Table(rows=rows):
            yield from (cell for row in rows for cell in row if isinstance(cell, str))
        case Diagram(outline=outline):
            yield from (words for _, words in outline)
        case Quotation(words=words):
            yield words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
