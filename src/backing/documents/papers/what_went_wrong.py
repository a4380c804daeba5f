"""Part two of the case: what went wrong, one topic a section, told by whatever the register holds.

A register of finished projects speaks of cost and time; one of running projects of forecasts and
ratings; a task list of estimates.  Each topic here returns a section where its figures are known and
None where they are not, so that a case is as long as its evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from backing.documents.papers import causes
from backing.documents.papers.charts import distribution, shares_in_order
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.money import currencies, listed_currencies
from backing.documents.papers.plans import CostWords, FinishWords, cost_words, finish_words
from boardpaper.blocks import ChartBlock, Column, Section, Statement, Table
from boardpaper.claim import Claim
from boardpaper.wording import in_words
from boardpaper.wording.en import export_called
from trackrecord.figure import Figure

Topic = Callable[[Grounds], Section | None]
_EXPORTS: Final = 6  # a status table shows so many, the latest


def cost(evidence: Grounds) -> Section | None:
    """What finished projects cost against the first and the current baseline."""
    first = evidence.known("cost_overrun_median", "original")
    if first is None:
        return None
    current = evidence.moved("cost_overrun_median")
    words = cost_words(evidence)
    return Section(
        kicker="What went wrong · cost",
        lead=_cost_lead(words, first, current),
        blocks=(
            Statement(
                claims=tuple(_cost_sentences(evidence, words, first)), margin=margin_of(first)
            ),
            ChartBlock(
                chart=distribution(
                    evidence,
                    finding=_cost_chart_title(words, first, current),
                    original=first,
                    current=current,
                    names=words.rows,
                    details=words.details,
                    on_plan=words.on_plan,
                )
            ),
        ),
        in_deck=False,
    )


def _cost_lead(words: CostWords, first: Figure, current: Figure | None) -> Claim:
    if float(first.value or 0) <= 0:
        return Claim(
            f"The typical project kept to {words.kept} ({{first:signed}}).",
            first=first,
        )
    more = f"The typical project cost {{first:abs}} more than {words.promised}."
    if current is None or current.value == first.value:
        return Claim(more, first=first)
    shown = (
        "it shows {current:abs}"
        if float(current.value or 0) > 0
        else "it shows no overrun at all ({current:signed})"
    )
    return Claim(f"{more} Against {words.today} {shown}.", first=first, current=current)


def _cost_chart_title(words: CostWords, first: Figure, current: Figure | None) -> Claim:
    title = f"Cost: the typical project ended {{first:signed}} against {words.its}"
    if current is None:
        return Claim(title, first=first)
    return Claim(f"{title}, {{current:signed}} against its last", first=first, current=current)


def _cost_sentences(evidence: Grounds, words: CostWords, first: Figure) -> list[Claim]:
    sentences = []
    if first.missing_total:
        sentences.append(
            Claim(
                f"Of the projects that finished, {{usable:known}} have a usable cost and {words.short}; "
                "the others are counted as missing, not as on budget.",
                usable=first,
            )
        )
    else:
        sentences.append(
            Claim(
                f"All {{usable:n}} finished projects have a usable cost and {words.short}.",
                usable=first,
            )
        )
    if over := evidence.known("over_budget_rate", "original"):
        sentences.append(Claim(f"{{over:of}} ended above {words.above}.", over=over))
    if p80 := evidence.known("cost_overrun_p80", "original"):
        sentences.append(Claim("One project in five ended at {p80:signed} or beyond.", p80=p80))
    if total := evidence.known("cost_overrun_total", "original"):
        sentences.append(
            Claim(
                f"Taken together, their money came to {{total:signed}} against {words.plan}: "
                "a total, in which large projects weigh more.",
                total=total,
            )
        )
    elif several := currencies(evidence):
        listed, slots = listed_currencies(several)
        sentences.append(
            Claim(
                f"Amounts are in {listed}: each project is set against its own plan, and sums are "
                "never added across currencies.",
                **slots,
            )
        )
    if words.caveat:
        sentences.append(Claim(words.caveat))
    return sentences


def time(evidence: Grounds) -> Section | None:
    """When finished projects ended against the first and the current date."""
    first = evidence.known("schedule_slip_days_median", "original")
    if first is None:
        return None
    current = evidence.moved("schedule_slip_days_median")
    words = finish_words(evidence)
    sentences = []
    if late := evidence.known("late_rate", "original"):
        sentences.append(Claim(f"{{late:of}} finished after {words.day}.", late=late))
    if p80 := evidence.known("schedule_slip_days_p80", "original"):
        sentences.append(Claim("One in five finished {p80} after it, or later still.", p80=p80))
    if on_time := evidence.known("on_time_rate", "original"):
        sentences.append(
            Claim(
                "Counting the projects that are still open or were cancelled, an estimated "
                f"{{share}} will have finished by {words.day}.",
                share=on_time,
            )
        )
    if hidden := evidence.known("masked_slip_days_median"):
        if float(hidden.value or 0) > 0:
            sentences.append(
                Claim(
                    "New baselines hide {hidden} of the slip in the typical project.", hidden=hidden
                )
            )
    if words.caveat:
        sentences.append(Claim(words.caveat))
    return Section(
        kicker="What went wrong · time",
        lead=_time_lead(words, first, current),
        blocks=(
            Statement(claims=tuple(sentences), margin=margin_of(first)),
            ChartBlock(
                chart=distribution(
                    evidence,
                    finding=_time_chart_title(words, first, current),
                    original=first,
                    current=current,
                    names=words.rows,
                    details=words.details,
                    on_plan="on the day",
                )
            ),
        ),
        in_deck=False,
    )


def _time_lead(words: FinishWords, first: Figure, current: Figure | None) -> Claim:
    if float(first.value or 0) <= 0:
        return Claim(
            f"The typical project finished by {words.day} ({{first:signed}}).", first=first
        )
    after = f"The typical project finished {{first}} after {words.day}"
    if current is None or current.value == first.value:
        return Claim(f"{after}.", first=first)
    return Claim(
        f"{after}; against {words.today} it shows {{current:signed}}.",
        first=first,
        current=current,
    )


def _time_chart_title(words: FinishWords, first: Figure, current: Figure | None) -> Claim:
    title = f"Time: the typical project ended {{first:signed}} from {words.its}"
    if current is None:
        return Claim(title, first=first)
    return Claim(f"{title}, {{current:signed}} from its last", first=first, current=current)


def forecast(evidence: Grounds) -> Section | None:
    """Where running projects say they will finish, against what they first said."""
    behind = evidence.known("forecast_behind_rate")
    if behind is None or behind.n < FEWEST:
        return None
    on, ahead = evidence.known("forecast_on_rate"), evidence.known("forecast_ahead_rate")
    slip = evidence.known("forecast_slip_days_median")
    sentences = []
    if slip is not None and not _later(slip):
        sentences.append(
            Claim(
                "The typical latest date lies {slip:signed} from the first one stated.", slip=slip
            )
        )
    if behind.missing_total:
        sentences.append(
            Claim(
                "For {missing:missing} projects there is no second date to compare with: they count as missing, "
                "not as on time.",
                missing=behind,
            )
        )
    if change := evidence.known("forecast_cost_change_median"):
        sentences.append(
            Claim(
                "The typical forecast cost has moved by {change:signed} since it was first stated.",
                change=change,
            )
        )
    parts = [
        (name, figure)
        for name, figure in (
            ("Later than first stated", behind),
            ("As first stated", on),
            ("Earlier", ahead),
        )
        if figure is not None
    ]
    return Section(
        kicker="What went wrong · forecasts",
        lead=_forecast_lead(behind, slip),
        blocks=(
            Statement(claims=tuple(sentences), margin=margin_of(behind)),
            ChartBlock(
                chart=shares_in_order(
                    finding=Claim(
                        "Latest date against the first one: {behind} are behind", behind=behind
                    ),
                    figures=parts,
                    caption="Point: share of projects with two dates. Bar: its range at ninety-five per cent.",
                )
            ),
        ),
        in_deck=False,
    )


def _later(slip: Figure) -> bool:
    return float(slip.value or 0) > 0


def _forecast_lead(behind: Figure, slip: Figure | None) -> Claim:
    if slip is not None and _later(slip):
        return Claim(
            "In the typical project the latest date lies {slip} after the first one stated.",
            slip=slip,
        )
    return Claim("{behind} of the projects with two dates are behind the first.", behind=behind)


def budget_changes(evidence: Grounds) -> Section | None:
    """Running projects whose published budget change is upwards; only where no final cost speaks."""
    over = evidence.either("over_budget_rate")
    if over is None or evidence.known("cost_overrun_median", "original"):
        return None
    return Section(
        kicker="What went wrong · budgets",
        lead=Claim(
            "{over} of the projects that say so have a budget above their first.", over=over
        ),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        "These are {over:of}. Those that state no change ({gap:missing}) are missing "
                        "from it, not counted as on budget.",
                        over=over,
                        gap=over,
                    ),
                ),
                margin=margin_of(over),
            ),
        ),
        in_deck=False,
    )


def _earlier(exports: int) -> str:
    """That some exports are not shown, where there are many; in words, for no figure stands behind it."""
    return f"Only the last {in_words(_EXPORTS)} exports are shown. " if exports > _EXPORTS else ""


def ratings(evidence: Grounds) -> Section | None:
    """How the latest export rates its projects, export by export; scales are never pooled."""
    counts = evidence.groups("rag_count", by="export / rating")
    if not counts:
        return None
    exports: dict[str, dict[str, Figure]] = {}
    for figure in counts:
        export, _, rating = str(figure.group).rpartition(" / ")
        exports.setdefault(export, {})[rating] = figure
    latest = list(exports)[-1]
    order = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")
    used = [rating for rating in order if any(rating in row for row in exports.values())]
    worst = exports[latest].get("Red")
    rated = next(iter(exports[latest].values()))
    lead = (
        Claim(
            "The latest export rates {red:count} of {rated:n} projects Red.", red=worst, rated=rated
        )
        if worst is not None and worst.value
        else Claim("The latest export rates none of {rated:n} projects Red.", rated=rated)
    )
    return Section(
        kicker="What the status reports say",
        lead=lead,
        blocks=(
            Table(
                columns=(
                    Column(name="Export"),
                    *(Column(name=rating, align="right") for rating in used),
                    Column(name="Without a rating", align="right", style="missing"),
                ),
                rows=tuple(
                    (
                        export_called(export),
                        *(row.get(rating) for rating in used),
                        next(iter(row.values())),
                    )
                    for export, row in list(exports.items())[-_EXPORTS:]
                ),
                note=_earlier(len(exports))
                + (
                    "Counts of projects. An empty cell is a rating that the export’s scale does not have: "
                    "scales of three and of five steps are shown side by side and never added up."
                ),
            ),
        ),
        in_deck=False,
    )


def estimates(evidence: Grounds) -> Section | None:
    """How well work was estimated, over items or projects."""
    within = evidence.either("estimate_pred25")
    if within is None:
        return None
    under, exact, over = (
        evidence.either("estimate_under_rate"),
        evidence.either("estimate_exact_rate"),
        evidence.either("estimate_over_rate"),
    )
    sentences = []
    if total := evidence.either("estimate_ratio_total"):
        sentences.append(
            Claim("All the work together took {total} times its estimate.", total=total)
        )
    if middle := evidence.either("estimate_ratio_median"):
        sentences.append(
            Claim("The typical piece of work took {middle} times its estimate.", middle=middle)
        )
    parts = [
        (name, figure)
        for name, figure in (
            ("Took longer than estimated", under),
            ("As estimated", exact),
            ("Took less than estimated", over),
        )
        if figure is not None
    ]
    chart = (
        (
            ChartBlock(
                chart=shares_in_order(
                    finding=Claim("{under} of the work took longer than estimated", under=under),
                    figures=parts,
                    caption="Point: share of estimated work. Bar: its range at ninety-five per cent.",
                )
            ),
        )
        if under is not None
        else ()
    )
    return Section(
        kicker="What went wrong · estimates",
        lead=Claim("{within} of estimates came within a quarter of the outcome.", within=within),
        blocks=(Statement(claims=tuple(sentences), margin=margin_of(within)), *chart),
        in_deck=False,
    )


def duration(evidence: Grounds) -> Section | None:
    """How long the work took; only where nothing was planned to compare it with."""
    median = evidence.known("duration_days_median")
    if median is None or any(
        evidence.known(measure, "original")
        for measure in ("schedule_slip_days_median", "cost_overrun_median")
    ):
        return None
    mean = evidence.known("duration_days_mean")
    sentences = [
        Claim(
            "Durations that are missing or impossible, such as a finish before the start, are left out: "
            "{gap:missing}.",
            gap=median,
        )
    ]
    if mean is not None:
        sentences.insert(
            0,
            Claim("The mean is {mean}: a few long ones pull it up.", mean=mean)
            if float(mean.value or 0) > float(median.value or 0)
            else Claim("The mean is {mean}.", mean=mean),
        )
    return Section(
        kicker="What the register says · duration",
        lead=Claim("Half of the work took {median} or less.", median=median),
        blocks=(Statement(claims=tuple(sentences), margin=margin_of(median)),),
        in_deck=False,
    )


def margin_of(figure: Figure) -> tuple[Claim, ...]:
    """The margin beside a finding: n of N and its range."""
    notes = [Claim("n {figure:known}", figure=figure)]
    if figure.low is not None:
        notes.append(Claim("Range {figure:range}", figure=figure))
    return tuple(notes)


# In the order an executive asks for them; the first that is known leads the case.
TOPICS: tuple[Topic, ...] = (
    cost,
    time,
    forecast,
    budget_changes,
    estimates,
    duration,
    ratings,
    causes.section,
)
