"""Why projects went as they did: causes by the money behind them, or by the number of projects.

Money ranks causes only where it can be added up: in several currencies, or where nothing says what
projects cost, they are counted by project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from backing.documents.papers.charts import causes_pareto, shares_in_order
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.money import currencies, listed_currencies
from backing.documents.papers.plans import cost_words
from boardpaper.blocks import ChartBlock, Section, Statement
from boardpaper.claim import Claim, Name
from trackrecord.figure import Figure

# The library's word for the money of projects without a coded cause.
UNKNOWN: Final = "unknown"
# From this share on, what has no known cause belongs beside the leading causes.
_MATERIAL: Final = 0.1
# A chart of counted causes: so many, the commonest first.
_COUNTED: Final = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """Causes, the leading one first.  of: "money", or "projects" that carry the cause.

    unknown: the share of the money for which no cause is known, where that is material.
    """

    figures: tuple[Figure, ...]
    of: str
    unknown: Figure | None = None

    @property
    def first(self) -> Figure:
        """The leading one."""
        return self.figures[0]


def ranked(evidence: Grounds) -> Ranked | None:
    """The causes that the evidence names; None where it names none."""
    several = currencies(evidence)
    if evidence.causes and not several:
        unknown = _unknown(evidence)
        material = unknown is not None and float(unknown.value or 0) >= _MATERIAL
        return Ranked(evidence.causes, "money", unknown if material else None)
    rates = sorted(
        (
            figure
            for figure in evidence.groups("cause_count_rate", by="cause")
            if figure.value and figure.n >= FEWEST
        ),
        key=lambda figure: (-float(figure.value or 0), str(figure.group)),
    )
    return Ranked(tuple(rates), "projects") if rates else None


def leading(causes: Ranked) -> Claim:
    """The leading cause in one sentence, with what is not known."""
    first, cause = causes.first, Name(str(causes.first.group))
    if causes.of == "projects":
        return Claim(
            "The cause named most often is {cause}: {share:of} projects with a coded cause.",
            cause=cause,
            share=first,
        )
    if causes.unknown is not None:
        return Claim(
            "Of the causes that are known, the one with the most money behind it is {cause} ({share}); "
            "for {unknown} of the money none is known.",
            unknown=causes.unknown,
            cause=cause,
            share=first,
        )
    return Claim(
        "The cause with the most money behind it is {cause} ({share}).", cause=cause, share=first
    )


def first_step(evidence: Grounds) -> Claim:
    """Where to begin, as a recommendation."""
    causes = ranked(evidence)
    if causes is None:
        return Claim("Begin by agreeing with each project’s owner why it went as it did.")
    first, cause = causes.first, Name(str(causes.first.group))
    if causes.of == "projects":
        return Claim(
            "Begin with {cause}, which is named most often ({share:of}).", cause=cause, share=first
        )
    if causes.unknown is not None:
        return Claim(
            "Begin with {cause}, which leads the known causes ({share}), and find out why for the "
            "{unknown} that has none.",
            unknown=causes.unknown,
            cause=cause,
            share=first,
        )
    return Claim(
        "Begin with {cause}, which has the most money behind it ({share}).",
        cause=cause,
        share=first,
    )


def section(evidence: Grounds) -> Section | None:
    """Which causes carry the money lost, between three bounds; or how many projects carry each."""
    causes = ranked(evidence)
    if causes is None:
        return None
    by_money = causes.of == "money"
    sentences = _sentences(evidence, causes)
    notes = [Claim("n {figure:known}", figure=causes.first)]
    chart = (
        causes_pareto(
            evidence, finding=_pareto_title(evidence, causes), above=cost_words(evidence).short
        )
        if by_money
        else shares_in_order(
            finding=Claim(
                "Projects that carry each cause, of {first:n} with a coded one", first=causes.first
            ),
            figures=[(str(figure.group), figure) for figure in causes.figures[:_COUNTED]],
            caption="Point: share of projects with a coded cause. Bar: its range at ninety-five per cent.",
        )
    )
    return Section(
        kicker="What went wrong · why",
        lead=_lead(causes) if by_money else leading(causes),
        blocks=(
            Statement(claims=tuple(sentences), margin=tuple(notes)),
            ChartBlock(chart=chart),
        ),
        in_deck=False,
    )


def _sentences(evidence: Grounds, causes: Ranked) -> list[Claim]:
    sentences = []
    unknown = _unknown(evidence)
    if causes.of == "money" and causes.unknown is None and unknown is not None and unknown.value:
        sentences.append(Claim("{unknown} of the money has no agreed cause yet.", unknown=unknown))
    if several := currencies(evidence):
        listed, slots = listed_currencies(several)
        sentences.append(
            Claim(
                f"The money is in {listed}, which cannot be added up; causes are counted by project here, "
                "and each currency’s own shares stand in the appendix.",
                **slots,
            )
        )
    sentences.append(
        Claim(
            "Causes were named by people who knew how each project ended. They are associated with the "
            "outcome; nobody can say that they alone made it."
        )
    )
    return sentences


def _lead(causes: Ranked) -> Claim:
    first, *others = causes.figures
    text = "The cause with the most money behind it is {first} ({share})"
    slots: dict[str, Any] = {"first": Name(str(first.group)), "share": first}
    if others:
        text = "{first} ({share}) and {second} ({other}) have the most money behind them"
        slots |= {"second": Name(str(others[0].group)), "other": others[0]}
    if causes.unknown is not None:
        text += "; for {unknown} no cause is known"
        slots |= {"unknown": causes.unknown}
    return Claim(f"{text}.", **slots)


def _pareto_title(evidence: Grounds, causes: Ranked) -> Claim:
    title = (
        f"Money above {cost_words(evidence).short} or in cancelled projects: {{cause}} leads "
        "with {share}"
    )
    first, cause = causes.first, Name(str(causes.first.group))
    if causes.unknown is None:
        return Claim(title, cause=cause, share=first)
    return Claim(
        f"{title}; {{unknown}} has no known cause", unknown=causes.unknown, cause=cause, share=first
    )


def _unknown(evidence: Grounds) -> Figure | None:
    return evidence.known("cause_share_fractional", "original", by="cause", group=UNKNOWN)
