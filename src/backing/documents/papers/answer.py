"""Part one of the case: the answer in two sentences, what it rests on, and the decision asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from backing.documents.papers import not_yet
from backing.documents.papers.causes import leading, ranked
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.plans import cost_words, finish_words, told
from backing.documents.papers.recorded import NOTHING, Origin, Recorded, ToDecide
from boardpaper.blocks import Ask, Block, Quotation, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended
from trackrecord.figure import Figure

# The answer is read in a minute: its heading and so many sentences.
_SENTENCES: Final = 4


def answer(evidence: Grounds, recorded: Recorded = NOTHING) -> Section:
    """The findings that the evidence allows, the strongest first, and what to decide."""
    lead, *findings = findings_of(evidence)
    asked = _asked(recorded.decision) if recorded.decision else not_yet.decision(evidence)
    return Section(
        kicker="The case for the PMO · the answer",
        lead=lead,
        blocks=(
            *((Statement(claims=tuple(findings[:_SENTENCES])),) if findings else ()),
            asked,
            *_why_it_exists(recorded.origin),
        ),
    )


def while_undecided(otherwise: str, *, overdue: date | None) -> Claim:
    """What follows from no decision, in somebody's words; and that its day has passed, where it has."""
    words = Name(ended(otherwise))
    if overdue is None:
        return Claim("If nothing is decided: {otherwise}", otherwise=words)
    return Claim(
        "It was needed by {day}. As long as nothing is decided: {otherwise}",
        day=overdue,
        otherwise=words,
    )


def _asked(decision: ToDecide) -> Ask:
    undecided = while_undecided(decision.otherwise, overdue=decision.overdue)
    slots: dict[str, Any] = {"what": Name(ended(decision.recommendation)), **undecided.slots}
    return Ask(
        request=Claim("{question}", question=Name(decision.question)),
        recommendation=Claim(f"{{what}} {undecided.text}", **slots),
        by=decision.by,
        of=", ".join(decision.of),
    )


def _why_it_exists(origin: Origin | None) -> tuple[Block, ...]:
    if origin is None:
        return (
            Statement(
                claims=(
                    Claim("Reason for commissioning: not recorded."),
                    Claim(
                        "Who asked for this office, when and in what words belongs here; it is "
                        "quoted as soon as it is known."
                    ),
                )
            ),
        )
    return (Quotation(words=origin.words, said_by=origin.said_by, on=origin.on),)


def findings_of(evidence: Grounds) -> list[Claim]:
    """What the evidence allows to say, the strongest first; at least one sentence."""
    return [*_findings(evidence), *_register(evidence)] or [
        Claim("These files hold nothing that says how projects went.")
    ]


def _findings(evidence: Grounds) -> Iterator[Claim]:
    yield from _cost_and_time(evidence)
    yield from _forecasts(evidence)
    yield from _estimates(evidence)
    yield from _causes(evidence)
    yield from _money(evidence)
    yield from _ratings(evidence)
    yield from _duration(evidence)


def _cost_and_time(evidence: Grounds) -> Iterator[Claim]:
    cost = evidence.known("cost_overrun_median", "original")
    slip = evidence.known("schedule_slip_days_median", "original")
    cost_now = evidence.known("cost_overrun_median", "current")
    slip_now = evidence.known("schedule_slip_days_median", "current")
    late = evidence.known("late_rate", "original")
    if cost and slip and _above_zero(cost) and _above_zero(slip):
        yield Claim(
            "The typical project costs {cost:abs} more and ends {slip} later than "
            f"{told(evidence)}.",
            cost=cost,
            slip=slip,
        )
        if cost_now and slip_now and (cost_now.value, slip_now.value) != (cost.value, slip.value):
            yield Claim(
                "Against the plans as they stand today it shows {cost:signed} and {slip:signed}.",
                cost=cost_now,
                slip=slip_now,
            )
        return
    if cost is not None:
        yield Claim(
            f"The typical project’s cost ended {{cost:signed}} against {cost_words(evidence).its}.",
            cost=cost,
        )
    if late is not None:
        yield Claim(f"{{late:of}} projects finished after {finish_words(evidence).day}.", late=late)


def _forecasts(evidence: Grounds) -> Iterator[Claim]:
    behind = evidence.known("forecast_behind_rate")
    if behind is not None and behind.n >= FEWEST:
        yield Claim(
            "In {behind:of} projects the finish has moved later than first stated.", behind=behind
        )
    over = evidence.known("over_budget_rate", "original")
    if over is not None and not evidence.known("cost_overrun_median", "original"):
        yield Claim("{over:of} report a budget above the one they began with.", over=over)


def _estimates(evidence: Grounds) -> Iterator[Claim]:
    if within := evidence.either("estimate_pred25"):
        yield Claim(
            "{within:of} estimates came within a quarter of what the work took.", within=within
        )


def _causes(evidence: Grounds) -> Iterator[Claim]:
    if (causes := ranked(evidence)) is not None:
        yield leading(causes)


def _money(evidence: Grounds) -> Iterator[Claim]:
    gross = evidence.known("cost_of_failure_gross", "original")
    if gross is not None and _above_zero(gross):
        yield Claim(
            f"{{gross}} was spent above {cost_words(evidence).plan} or written off.", gross=gross
        )


def _ratings(evidence: Grounds) -> Iterator[Claim]:
    counts = evidence.groups("rag_count", by="export / rating")
    if not counts:
        return
    latest = str(counts[-1].group).rpartition(" / ")[0]
    red = evidence.known("rag_count", by="export / rating", group=f"{latest} / Red")
    if red is not None and red.value:
        yield Claim(
            "The latest export rates {red:count} of {rated:n} projects Red.", red=red, rated=red
        )


def _duration(evidence: Grounds) -> Iterator[Claim]:
    median = evidence.known("duration_days_median")
    if median is not None and not any(
        evidence.known(name, "original")
        for name in ("schedule_slip_days_median", "cost_overrun_median")
    ):
        yield Claim("Half of the work took {median} or less.", median=median)


def _register(evidence: Grounds) -> Iterator[Claim]:
    projects = evidence.known("projects")
    finished, open_, cancelled = (
        evidence.known(name) for name in ("finished", "open", "cancelled")
    )
    if projects is None:
        return
    if finished and open_ and cancelled and (_above_zero(finished) or _above_zero(cancelled)):
        yield Claim(
            "The register holds {projects}: {finished:count} finished, {open:count} open, "
            "{cancelled:count} cancelled.",
            projects=projects,
            finished=finished,
            open=open_,
            cancelled=cancelled,
        )
    else:
        yield Claim(
            "The register holds {projects}; it says of none that it is finished.", projects=projects
        )


def _above_zero(figure: Figure) -> bool:
    return figure.value is not None and figure.value > 0
