"""The appendix of the case: what is not known, who stands out, every row, every definition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backing.documents.papers.comparison import BOX, QUESTIONS, Comparison, compare
from backing.documents.papers.grounds import CaseGrounds
from backing.documents.papers.money import currencies, names_none
from backing.documents.papers.plans import cost_words, finish_words
from boardpaper.blocks import Block, Cell, ChartBlock, Column, Section, Statement, Table
from boardpaper.chart import Scale
from boardpaper.claim import Claim, Name
from boardpaper.wording import in_words, measure, position
from boardpaper.wording.en import export_called
from trackrecord.figure import Figure

# Rows of the data table that are printed; the rest stands in figures.xlsx.
ROWS_PRINTED = 30
_PROBLEMS_PRINTED = 12
# What units are compared by, the first that is known, and what its share counts.
_QUESTIONS = tuple(
    (question, share)
    for name, share in (("time", "Share late"), ("forecast", "Share whose finish has moved later"))
    for question in QUESTIONS
    if question.name == name
)
# So many units that stand out are named in a heading.
_NAMED = 3
# The figures whose rows are worth printing, the first that is known; {plan} and {day} as the register
# calls its plans.
_LEADING = (
    ("cost_overrun_median", "Cost against {plan}"),
    ("schedule_slip_days_median", "Finish against {day}"),
    ("forecast_slip_days_median", "Latest forecast against the first"),
)


def not_known(evidence: CaseGrounds) -> Section:
    """What the paper cannot say: missing values by measure, and what was not taken."""
    parts = (_taken(evidence), _currency(evidence), _incomplete(evidence), _to_correct(evidence))
    return Section(
        kicker="What we do not know",
        lead=Claim("What is missing is counted, never guessed."),
        blocks=tuple(part for part in parts if part is not None),
        in_deck=False,
    )


def _taken(evidence: CaseGrounds) -> Block | None:
    rows = evidence.known("rows_taken")
    if rows is None:
        return None
    if not rows.missing_total:
        every = Claim("Every one of the {rows:count} rows of the files was taken.", rows=rows)
        return Statement(claims=(every,))
    return Statement(
        claims=(
            Claim("{rows:known} rows of the files were taken.", rows=rows),
            Claim(
                "The others are listed with file, row and reason in "
                f"{evidence.problems_stand_in}, with what to do about each."
            ),
        )
    )


def _currency(evidence: CaseGrounds) -> Block | None:
    if not names_none(evidence):
        return None
    said = Claim("The files name no currency: amounts are printed as they stand there.")
    return Statement(claims=(said,))


def _incomplete(evidence: CaseGrounds) -> Block | None:
    """The measures that most is missing of."""
    figures = [
        figure
        for figure in evidence.all_figures
        if figure.group is None and figure.baseline != "current" and figure.missing_total
    ]
    figures.sort(key=lambda figure: (-figure.missing_total, figure.measure))
    if not figures:
        return None
    return Table(
        columns=(
            Column(name="Measure"),
            Column(name="Known for", align="right", style="known"),
            Column(name="Missing", align="right", style="missing"),
        ),
        rows=tuple((measure(figure), figure, figure) for figure in figures[:_PROBLEMS_PRINTED]),
        finding=Claim("Where values are missing, they are left out and counted"),
        note="A missing value is never zero, never on time and never on budget.",
    )


def _to_correct(evidence: CaseGrounds) -> Block | None:
    troubles = evidence.troubles()
    if not troubles:
        return None
    return Table(
        columns=(
            Column(name="What was found"),
            Column(name="First place"),
            Column(name="What to do"),
        ),
        rows=tuple(
            (trouble.found, trouble.place, trouble.todo) for trouble in troubles[:_PROBLEMS_PRINTED]
        ),
        finding=found_in_files(len(troubles)),
        note=f"One line a kind; every single one stands in {evidence.problems_stand_in}.",
    )


def found_in_files(kinds: int) -> Claim:
    """How many kinds of finding there are; the commonest alone are printed."""
    if kinds == 1:
        return Claim("One finding in the files")
    said = "{kinds} kinds of finding in the files"
    if kinds > _PROBLEMS_PRINTED:
        return Claim(
            f"{said}, the commonest {{printed}} of them with the first place of each",
            kinds=Name(in_words(kinds).capitalize()),
            printed=Name(in_words(_PROBLEMS_PRINTED)),
        )
    return Claim(f"{said}, the first place of each", kinds=Name(in_words(kinds).capitalize()))


def units(evidence: CaseGrounds, by: str) -> Section | None:
    """Units beside one another by number of projects, against what chance alone would give."""
    found = next(
        (
            (comparison, share)
            for question, share in _QUESTIONS
            if (comparison := compare(evidence, question, by=by)) and len(comparison.groups) > 1
        ),
        None,
    )
    if found is None:
        return None
    comparison, share = found
    chart = replace(
        comparison.chart(),
        finding=Claim(
            f"{share}, by unit, in order of number of projects: {{all}} overall",
            all=comparison.overall,
        ),
        caption=(
            f"Dot: share of the unit’s projects. {BOX} The upright rule is all projects together. Units "
            "with fewer than five projects are not shown."
        ),
    )
    return Section(
        kicker="Appendix · units",
        lead=_units_lead(comparison, share),
        blocks=(ChartBlock(chart=chart),),
        appendix=True,
    )


def _units_lead(comparison: Comparison, share: str) -> Claim:
    outside = [group for group in comparison.groups if group.stands_out]
    slots: dict[str, Any] = {"all": comparison.overall}
    if len(outside) == 1:
        slots |= {"unit": Name(outside[0].name), "share": outside[0].rate}
        return Claim("{unit} stands out: {share:of} against {all} overall.", **slots)
    if len(outside) > _NAMED:
        return Claim(
            "Several units stand out from {all} overall, by more than chance gives.", **slots
        )
    if outside:
        names = {chr(ord("a") + place): group for place, group in enumerate(outside)}
        listed = [f"{{{slot}}} ({{of_{slot}:of}})" for slot in names]
        slots |= {slot: Name(group.name) for slot, group in names.items()}
        slots |= {f"of_{slot}": group.rate for slot, group in names.items()}
        return Claim(
            f"{', '.join(listed[:-1])} and {listed[-1]} stand out from {{all}} overall.", **slots
        )
    return Claim(
        f"{share}: no unit stands out from {{all}} overall by more than chance gives.", **slots
    )


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
            export_called(export),
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
