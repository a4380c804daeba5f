"""A document with every block and every chart kind.  All its numbers are invented.

Renderers are tried on it, and people look at what comes out.  The values are drawn from a seed, so
that every run prints the same paper.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from statistics import median

from boardpaper.blocks import (
    Ask,
    ChartBlock,
    Checklist,
    Column,
    Diagram,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim, Name, Person
from trackrecord.figure import Baseline, Direction, Figure

AS_AT = date(2026, 4, 30)
EDITION = "7f3a19c2e04b5d11a6c09e3f5b7d2841c3f0a9e8d7c6b5a493827160f5e4d3c2"
MISSING = {"no final cost": 4, "no first approval": 2, "currency unclear": 1}

_DEFINITIONS = {
    "cost_overrun_median": (
        "Final cost divided by the approved cost, less one; the middle project. Approved scope changes "
        "are not taken out."
    ),
    "schedule_slip_days_median": "Actual finish less planned finish, in days; the middle project.",
    "late_rate": "Share of finished projects whose finish lies after the planned one.",
    "cause_share_fractional": "Money over first approval, split equally among a project’s causes.",
    "cost_of_failure_gross": "Money above first approval, and money written off on cancelled projects.",
    "rag_count": "Projects that carry this rating in this export.",
    "projects": "Projects in the register, each counted once.",
}


def figure(
    measure: str,
    value: float | int | None,
    *,
    unit: str = "share",
    low: float | None = None,
    high: float | None = None,
    n: int = 57,
    missing: dict[str, int] | None = None,
    baseline: Baseline | None = None,
    direction: Direction | None = "down_good",
    group: str | None = None,
    reason: str | None = None,
) -> Figure:
    """An invented figure of the sample."""
    return Figure(
        measure=measure,
        version=1,
        definition=_DEFINITIONS.get(measure, "Invented for the sample."),
        unit=unit,
        direction=direction,
        value=value,
        reason=reason,
        low=low,
        high=high,
        level=0.95 if low is not None else None,
        n=n,
        missing=missing or {},
        baseline=baseline,
        by="org_unit" if group else None,
        group=group,
        as_at=AS_AT,
        basis=EDITION,
        confirmed=41,
        corrected=5,
    )


FIRST_COST = figure(
    "cost_overrun_median", 0.18, low=0.11, high=0.23, missing=MISSING, baseline="original"
)
LAST_COST = figure(
    "cost_overrun_median", 0.04, low=0.01, high=0.06, missing=MISSING, baseline="current"
)
FIRST_SLIP = figure(
    "schedule_slip_days_median", 61, unit="days", low=37, high=94, n=64, baseline="original"
)
LAST_SLIP = figure(
    "schedule_slip_days_median", 10, unit="days", low=4, high=18, n=64, baseline="current"
)
LATE = figure("late_rate", 48 / 64, low=0.632, high=0.84, n=64, baseline="original")
PROJECTS = figure("projects", 64, unit="projects", n=64, direction=None)
LOSS = figure("cost_of_failure_gross", 12_380_000, unit="GBP", missing=MISSING, baseline="original")
UNKNOWN = figure(
    "benefit_shortfall_median", None, n=3, missing={"not stated": 61}, reason="too_few"
)

CAUSES = (
    ("Uncontrolled scope change", 0.13, 0.27, 0.41, 21),
    ("Late or missing sponsor decision", 0.08, 0.22, 0.36, 17),
    ("Optimistic estimate", 0.05, 0.15, 0.31, 19),
    ("Supplier performance", 0.06, 0.12, 0.18, 8),
    ("Resource shortage", 0.01, 0.07, 0.16, 9),
    ("Dependency or interface", 0.01, 0.05, 0.09, 6),
    ("unknown", 0.12, 0.12, 0.12, 19),
)
UNITS = (
    ("Logistics", 14, 8),
    ("Wholesale", 14, 8),
    ("Group IT", 12, 10),
    ("Property", 8, 3),
    ("Customer Service", 6, 5),
)


def cost_dots() -> Chart:
    """Every project's cost against its first and its current baseline."""
    draw = random.Random(18)
    first = [round(draw.lognormvariate(0.17, 0.24) - 1, 3) for _ in range(57)]
    first[3] = 1.64
    last = [round(draw.lognormvariate(0.04, 0.08) - 1, 3) for _ in range(57)]
    return Chart(
        kind="dots",
        finding=Claim(
            "Cost: the typical project overran its first approval by {first}, its last by {last}",
            first=FIRST_COST,
            last=LAST_COST,
        ),
        series=(
            Series(
                name="Against the first approval",
                detail="the sum management agreed to",
                marks=_projects(first),
                summary=Mark(x=0.18, low=0.11, high=0.23, note="+18%, range 11% to 23%"),
            ),
            Series(
                name="Against the current baseline",
                detail="after any re-approval",
                marks=_projects(last),
                summary=Mark(x=0.04, low=0.01, high=0.06, note="+4%, range 1% to 6%"),
                emphasis="muted",
            ),
        ),
        axis=Axis(
            scale="share",
            low=-0.5,
            high=1.0,
            ticks=((-0.5, "−50%"), (0.0, "as approved"), (0.5, "+50%"), (1.0, "+100%")),
            reference=0.0,
        ),
        caption=(
            "Each dot is one project. Bar: the range in which the median lies; tick: the median. The "
            "upright rule marks cost as approved."
        ),
        alternative=(
            "Against the first approval the median is +18%, range 11% to 23%; against the current "
            "baseline +4%, range 1% to 6%."
        ),
    )


def slip_dots() -> Chart:
    """Every project's days against its first date."""
    draw = random.Random(61)
    days = [round(draw.gauss(62, 68)) for _ in range(64)]
    return Chart(
        kind="dots",
        finding=Claim("Time: the typical project ended {slip:late}", slip=FIRST_SLIP),
        series=(
            Series(
                name="Against the first date",
                detail="the date management was given",
                marks=_projects([float(day) for day in days]),
                summary=Mark(x=61, low=37, high=94, note="61 days late, range 37 to 94 days"),
            ),
        ),
        axis=Axis(
            scale="days",
            low=-120,
            high=270,
            ticks=(
                (-90, "−90 days"),
                (0, "on the day"),
                (90, "+90 days"),
                (180, "+180 days"),
                (270, "+270 days"),
            ),
            reference=0,
        ),
        caption="Each dot is one project. Two cancelled projects count to the day they were stopped.",
        alternative=f"Median 61 days late, range 37 to 94; of the dots drawn, {median(days):.0f}.",
    )


def _projects(values: list[float]) -> tuple[Mark, ...]:
    return tuple(
        Mark(x=value, label=f"P-{number:03d}", source=f"register-2025.xlsx, row {number + 3}")
        for number, value in enumerate(values, 1)
    )


def causes_pareto() -> Chart:
    """Each cause's share of the money between its three bounds."""
    return Chart(
        kind="pareto",
        finding=Claim(
            "{cause} has the most money behind it: {share}, at most {most}",
            cause=Name(CAUSES[0][0]),
            share=figure("cause_share_fractional", 0.27, group=CAUSES[0][0]),
            most=figure("cause_share_touched", 0.41, group=CAUSES[0][0]),
        ),
        series=(
            Series(
                name="Share of the money over first approval",
                marks=tuple(
                    Mark(
                        x=split,
                        low=only,
                        high=touched,
                        label=name,
                        n=count,
                        note=f"{split:.0%}, between {only:.0%} and {touched:.0%}",
                    )
                    for name, only, split, touched, count in CAUSES
                ),
            ),
        ),
        axis=Axis(
            scale="share",
            low=0,
            high=0.5,
            ticks=tuple((step / 10, f"{step * 10}%") for step in range(6)),
        ),
        caption=(
            "Tick: a project’s money shared equally among its causes. Bar: from the money of projects "
            "where it is the only cause to the money of all projects it touched. Bars overlap and never "
            "add up to the whole."
        ),
        alternative="; ".join(f"{name}: {split:.0%}" for name, _, split, _, _ in CAUSES),
    )


def units_funnel() -> Chart:
    """Units against what chance alone would give: a box a unit, a dot for its share."""
    overall = 37 / 57
    return Chart(
        kind="funnel",
        finding=Claim("No unit stands out: every dot lies within what chance alone would give"),
        series=(
            Series(
                name="Share over by more than a tenth",
                marks=tuple(
                    Mark(
                        x=over / n,
                        low=max(0.0, overall - 1.96 * (overall * (1 - overall) / n) ** 0.5),
                        high=min(1.0, overall + 1.96 * (overall * (1 - overall) / n) ** 0.5),
                        label=unit,
                        note=f"{over} of {n}",
                        n=n,
                    )
                    for unit, n, over in UNITS
                ),
            ),
        ),
        axis=Axis(
            scale="share",
            low=0,
            high=1,
            ticks=((0, "none"), (overall, "37 of 57"), (1, "all")),
            reference=overall,
        ),
        caption=(
            "Box: where nearly all units of this size would fall if all were alike; it widens as projects "
            "get fewer. Units are listed by number of projects, never by merit."
        ),
        alternative="; ".join(f"{unit}: {over} of {n}" for unit, n, over in UNITS),
    )


def units_intervals() -> Chart:
    """The same units as medians with their ranges."""
    rows = (
        ("Logistics", 0.16, -0.02, 0.24, 14),
        ("Wholesale", 0.12, 0.03, 0.27, 14),
        ("Group IT", 0.32, 0.11, 0.46, 12),
        ("Property", 0.02, -0.21, 0.72, 8),
        ("Customer Service", 0.28, None, None, 6),
    )
    return Chart(
        kind="intervals",
        finding=Claim("Median overrun by unit: the ranges overlap"),
        series=(
            Series(
                name="",
                marks=tuple(
                    Mark(
                        x=x,
                        low=low,
                        high=high,
                        label=label,
                        n=n,
                        note=f"{x:+.0%}" if low is not None else f"{x:+.0%}, too few for a range",
                    )
                    for label, x, low, high, n in rows
                ),
            ),
        ),
        axis=Axis(
            scale="share",
            low=-0.25,
            high=0.75,
            ticks=(
                (-0.25, "−25%"),
                (0, "as approved"),
                (0.25, "+25%"),
                (0.5, "+50%"),
                (0.75, "+75%"),
            ),
            reference=0,
        ),
        caption="Point: the median project. Bar: the range in which the median lies.",
        alternative="; ".join(f"{label}: {x:+.0%}" for label, x, *_ in rows),
    )


def slip_run() -> Chart:
    """Days late by month of finish, before and after a start, with and without the change."""
    draw = random.Random(26)
    start = date(2025, 10, 1).toordinal()
    series = []
    for name, before, after, strong in (
        ("With the stage check", 61, 33, True),
        ("Not yet with it", 58, 56, False),
    ):
        for phase, centre, first, last, count in (
            ("before", before, start - 640, start - 10, 20),
            ("after", after, start + 10, start + 210, 18),
        ):
            days = sorted(draw.randint(first, last) for _ in range(count))
            marks = tuple(
                Mark(x=float(day), y=float(round(draw.gauss(centre, 52)))) for day in days
            )
            series.append(
                Series(
                    name=name,
                    detail=f"{phase}: median {centre} days late",
                    marks=marks,
                    summary=Mark(x=marks[-1].x, y=float(centre), note=f"{centre} days"),
                    emphasis="accent" if strong else "muted",
                )
            )
    return Chart(
        kind="run",
        finding=Claim("Where the stage check began, projects end closer to their first date"),
        series=tuple(series),
        axis=Axis(
            scale="date",
            low=float(date(2024, 1, 1).toordinal()),
            high=float(date(2026, 5, 1).toordinal()),
            ticks=(
                (float(date(2024, 1, 1).toordinal()), "Jan 2024"),
                (float(date(2025, 1, 1).toordinal()), "Jan 2025"),
                (float(start), "start, 1 Oct"),
                (float(date(2026, 4, 1).toordinal()), "Apr 2026"),
            ),
            reference=float(start),
        ),
        second_axis=Axis(
            scale="days",
            low=-60,
            high=180,
            ticks=((0, "0"), (60, "60"), (120, "120"), (180, "180")),
            reference=0,
        ),
        caption=(
            "Up the side: days late against the first date; zero is on the day. Along: month of finish. "
            "Each dot is one project; flat rules are medians."
        ),
        alternative="With the check: median 61 days late before, 33 after. Without it: 58, then 56.",
    )


def intake_xmr() -> Chart:
    """Days from request to decision, month by month, with natural process limits."""
    days = (41, 38, 45, 40, 36, 44, 47, 39, 42, 37, 43, 40, 66, 33, 31, 30, 28)
    first = date(2024, 12, 1)
    months = [
        date(first.year + (first.month - 1 + m) // 12, (first.month - 1 + m) % 12 + 1, 1)
        for m in range(len(days))
    ]
    return Chart(
        kind="xmr",
        finding=Claim("One month lies outside the limits: something particular happened then"),
        series=(
            Series(
                name="Days from request to decision",
                marks=tuple(
                    Mark(
                        x=float(month.toordinal()),
                        y=float(value),
                        label="Dec 2025" if value == 66 else "",
                        note="signal: 66 days" if value == 66 else "",
                    )
                    for month, value in zip(months, days, strict=True)
                ),
            ),
        ),
        axis=Axis(
            scale="date",
            low=float(months[0].toordinal()),
            high=float(months[-1].toordinal()),
            ticks=tuple(
                (float(months[m].toordinal()), f"{months[m]:%b %Y}") for m in (0, 6, 12, 16)
            ),
        ),
        second_axis=Axis(
            scale="days",
            low=10,
            high=75,
            ticks=((20, "20"), (40, "40"), (60, "60")),
        ),
        limits=(("upper limit", 57.9), ("mean", 41.0), ("lower limit", 24.1)),
        caption="Limits come from the first twelve months. A dot beyond them is a signal; it never says why.",
        alternative="All months but December 2025 (66 days) lie between 24 and 58 days.",
    )


def overrun_bars() -> Chart:
    """Counts in bins, as for a register too long for a dot each."""
    counts = (3, 9, 61, 214, 402, 377, 211, 96, 44, 21, 12, 31)
    labels = (
        "−30%",
        "−20%",
        "−10%",
        "0%",
        "+10%",
        "+20%",
        "+30%",
        "+40%",
        "+50%",
        "+60%",
        "+70%",
        "+80%",
    )
    return Chart(
        kind="bars",
        finding=Claim("Most projects end a little above what was approved", state="judgement"),
        series=(
            Series(
                name="Projects",
                marks=tuple(
                    Mark(x=float(count), label=label, n=count, note=str(count))
                    for label, count in zip(labels, counts, strict=True)
                ),
            ),
        ),
        axis=Axis(
            scale="count",
            low=0,
            high=450,
            ticks=((0, "0"), (150, "150"), (300, "300"), (450, "450 projects")),
            unit="projects",
        ),
        caption="Each bar counts projects from the value at its left up to the next.",
        alternative="; ".join(
            f"from {label}: {count}" for label, count in zip(labels, counts, strict=True)
        ),
    )


CHARTS = (
    cost_dots,
    slip_dots,
    causes_pareto,
    units_funnel,
    units_intervals,
    slip_run,
    intake_xmr,
    overrun_bars,
)


def line_of_sight() -> Diagram:
    """A very small map, with its outline."""
    return Diagram(
        finding=Claim("The stage check reaches the goal, at best plausibly"),
        svg=(
            '<svg xmlns="http://www.w3.org/2000/svg" height="64">'
            '<line class="base" x1="20%" x2="36%" y1="32" y2="32"/>'
            '<line class="base" x1="56%" x2="72%" y1="32" y2="32" stroke-dasharray="6 4"/>'
            '<text x="0" y="36">Stage check</text><text class="m" x="46%" y="36">Only checked cases</text>'
            '<text class="e" x="100%" y="36">Keep our promises</text></svg>'
        ),
        outline=(
            (0, "Stage check before commitment"),
            (1, "Only checked cases are funded (evidenced)"),
            (2, "Keep our promises to customers (plausible)"),
        ),
        alternative="A line from the stage check through checked cases to the goal.",
    )


def document() -> Document:
    """The sample: a paper of the size of D1, with every block and every chart kind."""
    return Document(
        code="D1",
        title="The case for the PMO",
        organisation="Aldmoor Group",
        sections=(_answer(), *_findings(), *_outlook(), *_appendix()),
        edition=EDITION,
        as_at=AS_AT,
        issued_at=datetime(2026, 5, 11, 9, 30, tzinfo=UTC),
        issue=2,
        audience="Executive board",
        invented=True,
    )


def _answer() -> Section:
    return Section(
        kicker="The answer",
        lead=Claim(
            "Projects cost {first} more than management first approved. Today’s baselines admit to {last}.",
            first=FIRST_COST,
            last=LAST_COST,
        ),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        "Of {projects} finished or cancelled, {known:n} have a usable cost.",
                        projects=PROJECTS,
                        known=FIRST_COST,
                    ),
                    Claim(
                        "Half of them overran the first approval by {first} or more, and half ended "
                        "{slip} late or later.",
                        first=FIRST_COST,
                        slip=FIRST_SLIP,
                    ),
                    Claim("Together they lost {loss}.", loss=LOSS),
                ),
                margin=(
                    Claim("n {known:known}", known=FIRST_COST),
                    Claim("Range {range:range}", range=FIRST_COST),
                    Claim(
                        "{gap:not stated}; missing values are not counted as zero", gap=FIRST_COST
                    ),
                ),
            ),
            Quotation(
                words="I want to stop finding out in March that something promised for December will arrive in July.",
                said_by="Chief Executive",
                on=date(2025, 6, 3),
                context="commissioning the office",
            ),
            Ask(
                request=Claim("Decide which finding the project office should act on first."),
                recommendation=Claim(
                    "Begin with {cause}: {share} of the money.",
                    cause=Name("uncontrolled scope change"),
                    share=figure("cause_share_fractional", 0.27, group="Uncontrolled scope change"),
                ),
                by=date(2026, 5, 20),
                of="Executive board",
            ),
        ),
    )


def _findings() -> tuple[Section, ...]:
    return (
        Section(
            kicker="What went wrong · cost and time",
            lead=Claim("{late:of} projects finished after the date first given.", late=LATE),
            blocks=(
                ChartBlock(chart=cost_dots()),
                Statement(
                    claims=(
                        Claim(
                            "Against their last date they show {slip:late}: most of the gap was re-approved away.",
                            slip=LAST_SLIP,
                        ),
                    ),
                    margin=("Re-approval moves the baseline; both are shown.",),
                ),
                ChartBlock(chart=slip_dots()),
            ),
        ),
        Section(
            kicker="What went wrong · causes",
            lead=Claim(
                "Two causes carry about half of the money: {share} and {other}.",
                share=figure("cause_share_fractional", 0.27, group="Uncontrolled scope change"),
                other=figure(
                    "cause_share_fractional", 0.22, group="Late or missing sponsor decision"
                ),
            ),
            blocks=(ChartBlock(chart=causes_pareto()),),
        ),
        Section(
            kicker="What went wrong · units",
            lead=Claim("No unit stands out."),
            blocks=(
                ChartBlock(chart=units_funnel()),
                ChartBlock(chart=units_intervals()),
                _ratings(),
            ),
        ),
        Section(
            kicker="Has it improved?",
            lead=Claim("Consistent with improvement where the stage check runs."),
            blocks=(
                ChartBlock(chart=slip_run()),
                ChartBlock(chart=intake_xmr()),
                ChartBlock(chart=overrun_bars(), place="aside"),
            ),
        ),
    )


def _ratings() -> Table:
    counts = {"2024": (20, 18, 9), "2025": (22, 21, 12), "2026": (19, 24, 16)}
    return Table(
        columns=(
            Column(name="Export"),
            Column(name="Green", align="right"),
            Column(name="Amber", align="right"),
            Column(name="Red", align="right"),
            Column(name="Not rated", align="right", style="missing"),
        ),
        rows=tuple(
            (
                export,
                *(
                    figure(
                        "rag_count",
                        count,
                        unit="projects",
                        n=sum(row),
                        missing={"not rated": 5},
                        group=f"{export} / {rating}",
                    )
                    for rating, count in zip(("Green", "Amber", "Red"), row, strict=True)
                ),
                figure(
                    "rag_count",
                    row[0],
                    unit="projects",
                    n=sum(row),
                    missing={"not rated": 5},
                    group=f"{export} / Green",
                ),
            )
            for export, row in counts.items()
        ),
        finding=Claim("Status reports saw little of it"),
        note="Counts of projects. A project that carries no rating is not counted as green.",
        highlight=(2,),
    )


def _outlook() -> tuple[Section, ...]:
    return (
        Section(
            kicker="What will improve",
            lead=Claim("One line holds from our work to a goal."),
            blocks=(line_of_sight(),),
        ),
        Section(
            kicker="What it costs and how you will know",
            lead=Claim(
                "Past projects lost {loss}; what the PMO costs is not recorded yet.", loss=LOSS
            ),
            blocks=(
                Statement(
                    claims=(
                        Claim(
                            "The benefit they promised and did not deliver is {gap}.", gap=UNKNOWN
                        ),
                        Claim(
                            "{person} has offered to confirm the daily rate.",
                            person=Person("p-7", "The Chief Financial Officer"),
                        ),
                        Claim("A monthly forecast would bring bad news sooner."),
                    ),
                ),
                Checklist(
                    items=(
                        (True, Claim("What went wrong, for {known:of} projects", known=FIRST_COST)),
                        (False, "Full cost of the PMO, with the time it asks of others"),
                        (None, "Whether Finance accepts the daily rate"),
                    ),
                    finding=Claim("Still to be recorded before this page can ask for money"),
                ),
            ),
        ),
    )


def _appendix() -> tuple[Section, ...]:
    return (
        Section(
            kicker="Appendix · rows",
            lead=Claim(
                "Every value can be traced to its file and row ({known:known}).", known=FIRST_COST
            ),
            blocks=(
                Table(
                    columns=(
                        Column(name="Project"),
                        Column(name="Cost against first approval", align="right"),
                        Column(name="File and row"),
                    ),
                    rows=tuple(
                        (mark.label, f"{mark.x:+.0%}".replace("-", "−"), mark.source)
                        for mark in sorted(cost_dots().series[0].marks, key=lambda mark: -mark.x)[
                            :24
                        ]
                    ),
                    note="Largest first. Projects carry numbers until their owners have confirmed the row.",
                ),
            ),
            appendix=True,
            in_deck=False,
        ),
    )
