"""What one viewer may be told of the current edition: its figures, and the cases behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from backing.documents.papers.grounds import Case
from backing.documents.papers.plans import Plans
from backing.evidence import behind
from backing.evidence.figures import Figures
from backing.evidence.models import Edition, StoredFigure
from backing.people.access import READS, Confidentiality, Reach
from backing.people.models import Account
from trackrecord.figure import Figure

# What findings in sentences need; breakdowns by unit and the like are asked for by name.
OVERALL = ("", "cause", "currency", "export / rating", "months before")


@dataclass(frozen=True, slots=True)
class Called:
    """How the registers of an edition call their plans, for pages that show no figure."""

    plans: Plans

    @classmethod
    def by(cls, edition: Edition | None) -> Self:
        return cls(Plans(**edition.plans) if edition else Plans())


@dataclass(frozen=True)
class Told(Figures):
    """The grounds on which pages compose findings (`documents.papers.grounds.Grounds`).

    named: whether the viewer may know which project is which; others see the same dots without keys.
    """

    edition: Edition
    named: bool

    @property
    def plans(self) -> Plans:
        """How the registers call the plans that outcomes are set against."""
        return Called.by(self.edition).plans

    @classmethod
    def to(cls, viewer: Account, edition: Edition, *, by: Collection[str] = OVERALL) -> Self:
        """The figures of some breakdowns ("" for the whole) in one query."""
        rows = StoredFigure.objects.visible_to(viewer).filter(edition=edition, by__in=by)
        kept = tuple(rows.order_by("place").values_list("figure", flat=True))
        return cls(kept, edition=edition, named=sees_all(viewer))

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure, largest first; none while the rows are being listed."""
        return tuple(
            Case(key=key, value=value, source=place)
            if self.named
            else Case(key="", value=value, source="")
            for key, value, place in behind.values(self.edition, figure)
        )


def current_for(viewer: Account) -> Edition | None:
    """The edition that counts, for whoever may read it; None where it holds no row (any more)."""
    return Edition.objects.visible_to(viewer).filter(is_current=True, rows_taken__gt=0).first()


def plans_now() -> Plans:
    """How the registers of the edition that counts call their plans."""
    return Called.by(Edition.objects.current()).plans


def sees_all(viewer: Account) -> bool:
    """Whether the viewer reads what is for management as a whole, not just their own part of it."""
    return READS[Confidentiality.MGMT].get(viewer.role) is Reach.ALL
