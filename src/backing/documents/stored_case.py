"""What the case stands on in the office: the stored figures of the current edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from backing.documents.papers.evidence import found_in_words, place_in_words
from backing.documents.papers.grounds import Alike, Case, Trouble
from backing.documents.papers.plans import Plans
from backing.documents.papers.recorded import NOTHING, Recorded
from backing.evidence.public import CurrentEvidence, Figures, to_json
from boardpaper.blocks import Document
from trackrecord.figure import Figure

# The column that units are compared by, where the edition has it.
UNITS = "org_unit"


class Named(Figures):
    """Figures that somebody may name in a sentence of their own."""

    @cached_property
    def all_figures(self) -> Sequence[Figure]:
        """Every figure that is not of a group; groups are asked for by name."""
        return tuple(figure for figure in self if figure.group is None)

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure with its value, largest first."""
        del figure
        return ()


class OwnFigures(Named):
    """The figures that a document itself shows: no rows stand behind them here."""

    @classmethod
    def in_document(cls, document: Document) -> Self:
        """Each of them once, in reading order."""
        kept = {
            (figure.measure, figure.baseline, figure.by, figure.group): to_json(figure)
            for figure in document.figures()
        }
        return cls(tuple(kept.values()))


@dataclass(frozen=True)
class StoredCase(Named):
    """`papers.grounds.CaseGrounds` from the database and the listed rows: no engine is asked."""

    evidence: CurrentEvidence

    problems_stand_in = "the import’s own page"

    @classmethod
    def on(cls, evidence: CurrentEvidence, recorded: Recorded = NOTHING) -> StoredCase:
        """The grounds that the current evidence gives, and the figures of the office's own records."""
        own = tuple(to_json(figure) for figure in recorded.figures())
        return cls((*evidence.figures.kept, *own), evidence)

    @property
    def edition(self) -> str:
        """The name of the Record's edition."""
        return self.evidence.edition

    @property
    def plans(self) -> Plans:
        """How the registers call the plans that outcomes are set against."""
        return self.evidence.plans

    @property
    def as_at(self) -> date | None:
        """The latest date that the evidence states for itself."""
        return self.evidence.as_at

    @property
    def by(self) -> str | None:
        """The column its figures are broken down by for the paper."""
        return UNITS if UNITS in self.evidence.breakdowns else None

    @cached_property
    def all_figures(self) -> Sequence[Figure]:
        """The Record's figures that are not of a group; the office's own stand where they are used."""
        return tuple(figure for figure in self.evidence.figures if figure.group is None)

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure with its value, largest first; names only where confirmed."""
        values = (
            Case(
                key=self.names.get((row.register, row.key), row.key), value=value, source=row.place
            )
            for row in self.evidence.rows(figure)
            if (value := row.counted(figure)) is not None
        )
        return tuple(sorted(values, key=lambda case: (-case.value, case.key)))

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """What projects are called in the paper, by register and key; others go by their number."""
        return self.evidence.shared_names()

    def troubles(self) -> tuple[Trouble, ...]:
        """What needs correcting in the files that count, the commonest first."""
        return tuple(
            Trouble(
                found=found_in_words(kind.column, kind.found, kind.code),
                place=place_in_words(kind.file, "", kind.row),
                todo=kind.todo,
            )
            for kind in self.evidence.problems()
        )

    def alike(self) -> tuple[Alike, ...]:
        """None: the worker does not store them, and only a whole Record can tell."""
        return ()
