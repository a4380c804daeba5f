"""The appendix of the case: what is not known, who stands out, every row, every definition."""

from __future__ import annotations

from backing.documents.papers.grounds import FEWEST, CaseGrounds
from backing.documents.papers.money import currencies, names_none
from backing.documents.papers.plans import cost_words, finish_words
from boardpaper.blocks import Block, Cell, ChartBlock, Column, Section, Statement, Table
from boardpaper.chart import Axis, Chart, Mark, Scale, Series
from boardpaper.claim import Claim, Name
from boardpaper.wording import measure, position
from trackrecord.figure import Baseline, Figure

# Rows of the data table that are printed; the rest stands in figures.xlsx.
ROWS_PRINTED = 30
_PROBLEMS_PRINTED = 12
# What units are compared by, the first that is known.
_RATES: tuple[tuple[str, Baseline | None], ...] = (
    ("late_rate", "original"),
    ("forecast_behind_rate", None),
)
_SHARE_OF = {
    "late_rate": "Share late",
    "forecast_behind_rate": "Share whose finish has moved later",
}
# The figures whose rows are worth printing, the first that is known; {plan} and {day} as the register
# calls its plans.
_LEADING = (
    ("cost_overrun_median", "Cost against {plan}"),
    ("schedule_slip_days_median", "Finish against {day}"),
    ("forecast_slip_days_median", "Latest forecast against the first"),
)


def not_known(evidence: CaseGrounds) -> Section:
    """What the paper cannot say: missing values by measure, and what was not taken."""
    incomplete = [
        figure
        for figure in evidence.all_figures
        if figure.group is None and figure.baseline != "current" and figure.missing_total
    ]
    incomplete.sort(key=lambda figure: (-figure.missing_total, figure.measure))
    blocks: list[Block] = []
    rows_taken = evidence.known("rows_taken")
    if rows_taken is not None:
        blocks.append(
            Statement(
                claims=(
                    Claim("{rows:known} rows of the files were taken.", rows=rows_taken),
                    Claim(
                        "The others are listed with file, row and reason in "
                        f"{evidence.problems_stand_in}, with what to do about each."
                    ),
                )
                if rows_taken.missing_total
                else (
                    Claim(
                        "Every one of the {rows:count} rows of the files was taken.",
                        rows=rows_taken,
                    ),
                )
            )
        )
    if names_none(evidence):
        blocks.append(
            Statement(
                claims=(
                    Claim("The files name no currency: amounts are printed as they stand there."),
                )
            )
        )
    if incomplete:
        blocks.append(
            Table(
                columns=(
                    Column(name="Measure"),
                    Column(name="Known for", align="right", style="known"),
                    Column(name="Missing", align="right", style="missing"),
                ),
                rows=tuple(
                    (measure(figure), figure, figure) for figure in incomplete[:_PROBLEMS_PRINTED]
                ),
                finding=Claim("Where values are missing, they are left out and counted"),
                note="A missing value is never zero, never on time and never on budget.",
            )
        )
    if troubles := evidence.troubles():
        blocks.append(
            Table(
                columns=(
                    Column(name="What was found"),
                    Column(name="First place"),
                    Column(name="What to do"),
                ),
                rows=tuple(
                    (trouble.found, trouble.place, trouble.todo)
                    for trouble in troubles[:_PROBLEMS_PRINTED]
                ),
                finding=Claim("What needs correcting in the files"),
                note=f"One line a kind; every single one stands in {evidence.problems_stand_in}.",
            )
        )
    return Section(
        kicker="What we do not know",
        lead=Claim("What is missing is counted, never guessed."),
        blocks=tuple(blocks),
        in_deck=False,
    )


def units(evidence: CaseGrounds, by: str) -> Section | None:
    """Units beside one another by number of projects, against what chance alone would give."""
    found = [
        (overall, evidence.groups(name, baseline, by=by))
        for name, baseline in _RATES
        if (overall := evidence.known(name, baseline))
    ]
    if not found:
        return None
    overall, groups = found[0]
    shown = sorted(
        (figure for figure in groups if figure.value is not None and figure.n >= FEWEST),
        key=lambda figure: (-figure.n, str(figure.group)),
    )
    if len(shown) < 2:
        return None
    outside = [figure for figure in shown if _beyond_chance(figure, overall)]
    lead = (
        Claim(
            "{unit} stands out: {share:of} against {all} overall.",
            unit=Name(str(outside[0].group)),
            share=outside[0],
            all=overall,
        )
        if len(outside) == 1
        else Claim("Several units lie outside what chance alone would give; read them with care.")
        if outside
        else Claim("No unit stands out: every one lies within what chance alone would give.")
    )
    marks = tuple(
        Mark(
            x=float(figure.value or 0),
            low=figure.low,
            high=figure.high,
            label=str(figure.group),
            n=figure.n,
            note=f"{round(float(figure.value or 0) * figure.n)} of {figure.n}",
        )
        for figure in shown
    )
    chart = Chart(
        kind="intervals",
        finding=Claim(
            f"{_SHARE_OF[overall.measure]}, by unit, in order of number of projects: {{all}} overall",
            all=overall,
        ),
        series=(Series(name="", marks=marks),),
        axis=Axis(
            scale="share",
            low=0.0,
            high=1.0,
            ticks=tuple((step / 4, f"{step * 25}%") for step in range(5)),
            reference=float(overall.value or 0),
        ),
        caption=(
            "Point: share of the unit’s projects. Bar: its range at ninety-five per cent; the fewer the "
            "projects, the wider. The upright rule is all projects together. Units with fewer than five "
            "projects are not shown."
        ),
        alternative="; ".join(f"{mark.label}: {mark.note}" for mark in marks),
    )
    return Section(
        kicker="Appendix · units",
        lead=lead,
        blocks=(ChartBlock(chart=chart),),
        appendix=True,
    )


def _beyond_chance(figure: Figure, overall: Figure) -> bool:
    if figure.low is None or figure.high is None:
        return False
    return not figure.low <= float(overall.value or 0) <= figure.high


def exports(evidence: CaseGrounds) -> Section | None:
    """How the register itself changed from export to export."""
    joined = {str(figure.group): figure for figure in evidence.groups("joined", by="export")}
    if not joined:
        return None
    stayed = {str(figure.group): figure for figure in evidence.groups("stayed", by="export")}
    left = {str(figure.group): figure for figure in evidence.groups("left", by="export")}
    projects = {str(figure.group): figure for figure in evidence.groups("projects", by="export")}
    baseline = {
        str(figure.group): figure for figure in evidence.groups("cost_baseline_sum", by="export")
    }
    summed = not currencies(evidence) and any(map(_defined, baseline.values()))
    rows: list[tuple[Cell, ...]] = [
        (
            export,
            count,
            *(_defined(counts.get(export)) for counts in (joined, stayed, left)),
            *([_defined(baseline.get(export))] * 2 if summed else ()),
        )
        for export, count in projects.items()
    ]
    sums = (
        Column(name="Planned cost, sum", align="right"),
        Column(name="reported by", align="right", style="known"),
    )
    note = (
        "A sum over the projects that report a cost. It is not the total of the register where some "
        "withhold it."
    )
    return Section(
        kicker="Appendix · the register over time",
        lead=Claim("Projects join and leave the register; each export is read for what it holds."),
        blocks=(
            Table(
                columns=(
                    Column(name="Export"),
                    *(
                        Column(name=name, align="right")
                        for name in ("Projects", "Joined", "Stayed", "Left")
                    ),
                    *(sums if summed else ()),
                ),
                rows=tuple(rows),
                note=note if summed else "",
            ),
        ),
        appendix=True,
    )


def _defined(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and figure.value is not None else None


def data_table(evidence: CaseGrounds) -> Section | None:
    """The rows behind the leading figure, by project number, largest first."""
    found = [(figure, words) for name, words in _LEADING if (figure := evidence.either(name))]
    if not found:
        return None
    figure, words = found[0]
    words = words.format(plan=cost_words(evidence).plan, day=finish_words(evidence).day)
    cases = evidence.cases(figure)
    scale: Scale = "days" if figure.unit == "days" else "share"
    rows = tuple(
        (case.key, position(case.value, scale), case.source) for case in cases[:ROWS_PRINTED]
    )
    return Section(
        kicker="Appendix · rows",
        lead=Claim(
            "Each of the {figure:n} values can be traced to its file and row.", figure=figure
        ),
        blocks=(
            Table(
                columns=(
                    Column(name="Project"),
                    Column(name=words, align="right"),
                    Column(name="File and row"),
                ),
                rows=rows,
                note=(
                    "Largest first. Projects carry numbers, not names, until their owners have confirmed "
                    "the row."
                    + (" The rest stands in “figures.xlsx”." if len(cases) > ROWS_PRINTED else "")
                ),
            ),
        ),
        appendix=True,
        in_deck=False,
    )


def proposals(evidence: CaseGrounds) -> Section | None:
    """Rows that may be the same project under another number: in no figure until confirmed."""
    found = evidence.alike()
    if not found:
        return None
    return Section(
        kicker="Appendix · perhaps the same project",
        lead=Claim(
            "Some rows may be one project under two numbers; none is joined until a person says so."
        ),
        blocks=(
            Table(
                columns=(Column(name="This"), Column(name="and this"), Column(name="Because")),
                rows=tuple((pair.one, pair.other, pair.because) for pair in found[:ROWS_PRINTED]),
                note="The figures in this paper count them as separate projects.",
            ),
        ),
        appendix=True,
        in_deck=False,
    )


def method() -> Section:
    """How ranges are made and what is left out; each figure's own definition is under "Says who?"."""
    return Section(
        kicker="Appendix · method",
        lead=Claim("How the figures are made."),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        "Ranges hold at ninety-five per cent: of a hundred such ranges, about ninety-five "
                        "hold the true value. A median’s comes from the ranks of the values, a share’s from "
                        "Wilson’s formula. A median needs six values to have one; counts and sums have none."
                    ),
                    Claim(
                        "A missing value is left out and counted; it is not zero and not on time."
                    ),
                    Claim("No figure here is taken from elsewhere: this is your own record."),
                )
            ),
        ),
        appendix=True,
        in_deck=False,
    )
