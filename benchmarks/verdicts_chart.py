"""Draws docs/verdicts.svg and its narrow twin, and writes the table of docs/verdicts.md, from verdicts.csv.

    .venv/bin/python benchmarks/verdicts_chart.py [--check]

--check changes nothing, and ends with 1 where a chart or the table is not that of verdicts.csv, which `verdicts.py` keeps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap

from verdicts_record import Seen, read

from boardpaper.render.ink import DARK, LIGHT

DOCS = Path(__file__).resolve().parents[1] / "docs"
SVG, PHONE = DOCS / "verdicts.svg", DOCS / "verdicts-narrow.svg"
PAGE = DOCS / "verdicts.md"
BEGIN = "<!-- made by benchmarks/verdicts_chart.py from benchmarks/verdicts.csv -->\n"
END = "<!-- end -->\n"

COMPANIES = {
    "worst units first": "The worst departments are helped first",
    "units alike, worst first": "Departments alike, the unluckiest first",
    "worst first, easier work": "Worst first, and their work gets easier",
    "few projects, all temptations": "Few projects, easier work, moved plans",
    "month shocks, drift, new plans": "All get faster alike, shared bad months",
    "own: units drift apart by what they are": "Ours: departments differ widely",
    "own: noisy trade, a year's wait": "Ours: outcomes scatter twice as far",
    "own: half of all late plans moved": "Ours: most late plans are moved",
}
"""Worlds of the whole path in plain words; 'ours' are those the rules were not written for."""

COMPLICATIONS = {
    "open projects": "Many projects are still open",
    "re-planned dates": "Three late plans in ten are moved",
    "cancelled projects": "One project in ten is stopped",
    "worst units chosen first": "The worst departments come first",
    "an easier mix of work": "Work gets easier once there is help",
    "all five together": "All of it at once",
}
"""Worlds whose registers were written to CSV where it mattered: one complication at a time."""

FORMULAS = {
    "A1 A2 A3": "Projects before and after",
    "A4 A5 A6": "Months that resemble each other",
    "A7": "Good and bad months that all share",
    "A8": "Few departments",
    "A9 A10": "Departments chosen at their worst, or best",
    "A11 A12": "One group against a known norm",
    "A13": "A series looked at once",
    "A14 A15 A16": "Easier work, open projects, moved plans",
}
WRONG = {
    "W1": "An ordinary test, read again and again",
    "W2": "Averages of raw ratios",
    "W3": "The past average taken for exact",
    "W4": "Months taken for unrelated",
    "W5": "Bad months that all share ignored",
    "W6": "The worst departments, now against then",
    "W7": "The same corrected, read monthly",
    "W8": "Four departments taken for many",
    "W9": "Easier work, or finished projects only",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table and of the chart: what it is about, and shares said *Improved* and *Worse*.

    drawn: whether the chart has it too.  early: the shares by look 24, where they are told apart.
    """

    what: str
    worlds: int
    runs: str
    improved: Sequence[float]
    worse: Sequence[float]
    early: Sequence[float] = ()
    drawn: bool = True


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lines under one heading; bound: the most that is allowed, as a share."""

    title: str
    note: str
    lines: Sequence[Line]
    bound: float | None = None


def groups(seen: Sequence[Seen]) -> list[Group]:
    """What was seen, as a reader asks for it; a group of which nothing was run is left out."""
    found = [
        Group(
            title="Nothing changed, and Backing read the registers",
            note="How often Improved was ever said within three years: one dot for 12 departments, one for 24.",
            lines=list(_companies(seen)),
            bound=0.05,
        ),
        Group(
            title="Nothing changed, and one thing at a time tempts the reader",
            note="The same, with 12 departments and a look every month; every look in which a claim was possible was read from CSV.",
            lines=list(_complications(seen)),
            bound=0.05,
        ),
        Group(
            title="Nothing changed, and each formula was put to the test alone",
            note="How often it ever claimed to be better in 24 looks: the lowest and the highest of its worlds.",
            lines=list(_of_ids(seen, FORMULAS)),
            bound=0.05,
        ),
        Group(
            title="Nothing changed, and the figures were read in the usual ways",
            note="The same test, so that you see that it catches what deserves it.",
            lines=list(_of_ids(seen, WRONG)),
            bound=0.05,
        ),
        Group(
            title="Projects truly got faster",
            note="How often Improved was said: open dot within two years, full dot within three. “2 a month”: so many projects begin in each department.",
            lines=list(_cuts(seen)),
        ),
    ]
    return [group for group in found if group.lines]


def _companies(seen: Sequence[Seen]) -> Iterator[Line]:
    for name, what in COMPANIES.items():
        by_units: dict[int, Seen] = {}
        for each in seen:
            whole = each.part == "nothing changes, whole path" and each.how == "outcomes"
            if whole and each.world == name and each.looks == 36:
                by_units[each.units] = _closer(each, by_units.get(each.units))
        late = [by_units[units] for units in sorted(by_units)]
        if late:
            yield Line(
                what=what,
                worlds=len(late),
                runs=_runs(late),
                improved=[each.improved / each.runs for each in late],
                worse=[each.worse / each.runs for each in late],
            )


def _complications(seen: Sequence[Seen]) -> Iterator[Line]:
    found = [each for each in seen if each.how == "checked" and each.looks == 36]
    for each in found:
        yield Line(
            what=COMPLICATIONS[each.world],
            worlds=1,
            runs=f"{_runs([each])}, {each.written} looks from CSV",
            improved=[each.improved / each.runs],
            worse=[each.worse / each.runs],
        )


def _closer(one: Seen, other: Seen | None) -> Seen:
    """The run that looked more often: a claim in any look counts."""
    return one if other is None or one.every < other.every else other


def _of_ids(seen: Sequence[Seen], named: dict[str, str]) -> Iterator[Line]:
    for ids, what in named.items():
        group = [each for each in seen if each.how == "formulas" and each.id in ids.split()]
        if group:
            yield Line(
                what=f"{what} ({ids.replace(' ', ', ')})",
                worlds=len(group),
                runs=_runs(group),
                improved=_ends(each.improved / each.runs for each in group),
                worse=_ends(each.worse / each.runs for each in group),
            )


def _cuts(seen: Sequence[Seen]) -> Iterator[Line]:
    by_look: dict[tuple[int, str, int], Seen] = {}
    for each in seen:
        if each.part in _CUTS and each.how == "outcomes":
            key = (each.looks, each.world, each.units)
            by_look[key] = _closer(each, by_look.get(key))
    late = [each for each in by_look.values() if each.looks == 36]
    for each in sorted(late, key=lambda each: (-each.cut, each.units, each.a_month)):
        before = by_look[24, each.world, each.units]
        way = "less time" if each.cut > 0 else "more time (help costs)"
        yield Line(
            what=f"{abs(each.cut):.0%} {way}: {each.units} departments, {each.a_month:g} a month",
            worlds=1,
            runs=_runs([each]),
            improved=[each.improved / each.runs],
            worse=[each.worse / each.runs],
            early=[before.improved / before.runs],
            drawn=each.cut >= 0.1,
        )


_CUTS = ("true cut, whole path", "help costs, whole path")


def _ends(shares: Iterable[float]) -> list[float]:
    found = sorted(shares)
    return [found[0], found[-1]]


def _runs(of: Sequence[Seen]) -> str:
    """How often each world was drawn, and how often it was looked at where that is not every month."""
    drawn = sorted({f"{each.runs:,}" for each in of})
    every = max(each.every for each in of)
    return " or ".join(drawn) + (f", a look every {every} months" if every > 1 else "")


def said(shares: Sequence[float]) -> str:
    """Shares as per cent: one, or the lowest to the highest."""
    low, high = (f"{share * 100:.1f}" for share in (min(shares), max(shares)))
    return f"{low} %" if low == high else f"{low} to {high} %"


# The table.


def table(found: Sequence[Group]) -> str:
    lines = []
    for group in found:
        lines += [f"**{group.title}.** {group.note}", ""]
        lines += [
            "| what | worlds | runs of each | *Improved* | *Worse* |",
            "|---|---|---|---|---|",
        ]
        for line in group.lines:
            early = f"{said(line.early)}, then " if line.early else ""
            lines.append(
                f"| {line.what} | {line.worlds} | {line.runs} | {early}{said(line.improved)} "
                f"| {said(line.worse)} |"
            )
        lines.append("")
    return "\n".join(lines)


def page(text: str, found: Sequence[Group]) -> str:
    """The page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(found)}{END}{after}"


# The chart.

SIZE = 13


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand: the scale from left to right, and what a line of text holds.

    above: whether what a row is about stands over it, as on a telephone, or beside it.
    """

    width: int
    left: int
    right: int
    row: int
    above: bool
    title: int
    note: int

    def x(self, share: float) -> float:
        return round(self.left + share * (self.right - self.left), 1)


WIDE = Layout(width=880, left=390, right=760, row=22, above=False, title=90, note=140)
NARROW = Layout(width=340, left=6, right=242, row=40, above=True, title=32, note=50)


def svg(found: Sequence[Group], of: Layout) -> str:
    """Dots on one scale from never to always, so that the usual ways and Backing's can be compared."""
    said_first = (
        "Where nothing changed, Backing hardly ever says Improved. The usual ways often do."
    )
    parts, y = _text(said_first, "title", 22, of.title, 24)
    y += 18
    for group in found:
        drawn = [line for line in group.lines if line.drawn]
        heads, y = _text(group.title, "head", y, of.title + 6, 20)
        notes, y = _text(group.note, "soft", y - 2, of.note, 16)
        first = y + (24 if of.above else 10)
        last = first + of.row * (len(drawn) - 1)
        parts += [*heads, *notes]
        for place, line in enumerate(drawn):
            middle = first + of.row * place
            if group.bound is not None:
                parts.append(_bound(of.x(group.bound), middle, 6 if of.above else of.row // 2))
            parts += _line(line, middle, of)
        parts += _axis(last + 26, group.bound, of)
        y = last + 70
    height = y - 32
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -8 {of.width + 32} {height + 8}" '
                f'width="{of.width + 32}" height="{height + 8}" role="img" aria-labelledby="t">'
            ),
            (
                '<title id="t">How often a verdict of Improved was given, by kind of world; every figure is in the '
                "table of docs/verdicts.md</title>"
            ),
            f"<style>{_style()}</style>",
            f'<rect class="paper" x="-16" y="-8" width="{of.width + 32}" height="{height + 8}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _text(words: str, css: str, y: int, letters: int, step: int) -> tuple[list[str], int]:
    """Lines of text from y on, and where what follows begins."""
    lines = wrap(words, letters)
    parts = [
        f'<text class="{css}" x="0" y="{y + step * place}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    ]
    return parts, y + step * len(lines)


def _bound(x: float, y: float, reach: int) -> str:
    """The most that is allowed, at one row: on a telephone it would else run through the words between."""
    return f'<line class="bound" x1="{x}" x2="{x}" y1="{y - reach}" y2="{y + reach}"/>'


def _line(line: Line, y: float, of: Layout) -> list[str]:
    shares = [*line.early, *line.improved]
    low, high = of.x(min(shares)), of.x(max(shares))
    label = (
        f'<text x="0" y="{y - 12}">{escape(line.what.partition(" (")[0])}</text>'
        if of.above
        else f'<text x="{of.left - 16}" y="{y + 4}" text-anchor="end">{escape(line.what)}</text>'
    )
    parts = [
        label,
        f'<line class="rule" x1="{of.left}" x2="{of.right}" y1="{y}" y2="{y}"/>',
        f'<line class="reach" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>',
    ]
    parts += [f'<circle class="open" cx="{of.x(share)}" cy="{y}" r="4.5"/>' for share in line.early]
    parts += [
        f'<circle class="dot" cx="{of.x(share)}" cy="{y}" r="4.5"/>' for share in line.improved
    ]
    parts.append(
        f'<text class="number" x="{of.right + 10}" y="{y + 4}">{escape(_short(shares))}</text>'
    )
    return parts


def _short(shares: Sequence[float]) -> str:
    low, high = (f"{share * 100:.1f}" for share in (min(shares), max(shares)))
    return f"{low} %" if low == high else f"{low} – {high} %"


def _axis(y: float, bound: float | None, of: Layout) -> list[str]:
    """The words of the scale under each group, for the next one may be a page away."""
    never = (of.left, "never", "start") if of.above else (of.left + 10, "never", "end")
    words = [never, (of.x(1.0), "always", "end")]
    if bound is None or not of.above:
        words.append((of.x(0.5), "every second time", "middle"))
    if bound is not None:
        at = of.x(bound) + (30 if of.above else -2)
        words.append((at, "dashed: 1 in 20 allowed" if of.above else "1 in 20 allowed", "start"))
    return [
        f'<text class="soft" x="{x}" y="{y}" text-anchor="{anchor}">{word}</text>'
        for x, word, anchor in words
    ]


def _style() -> str:
    def inks(ink: dict[str, str]) -> str:
        return (
            f"text{{fill:{ink['ink']}}}.soft{{fill:{ink['ink-2']}}}.paper{{fill:{ink['paper']}}}"
            f".rule{{stroke:{ink['hair']}}}.bound{{stroke:{ink['edge']}}}.reach{{stroke:{ink['accent']}}}"
            f".dot{{fill:{ink['accent']}}}.open{{fill:{ink['paper']};stroke:{ink['accent']}}}"
        )

    return (
        f"text{{font:{SIZE}px system-ui,sans-serif}}.title{{font:600 18px Georgia,serif}}"
        ".head{font:600 15px Georgia,serif}.soft{font-size:12px}"
        ".number{font-variant-numeric:tabular-nums}.bound{stroke-dasharray:3 3}.reach{stroke-width:2}"
        f".open{{stroke-width:2}}{inks(dict(LIGHT))}"
        f"@media(prefers-color-scheme:dark){{{inks(dict(DARK))}}}"
    )


def main() -> int:
    found = groups(read())
    made = {SVG: svg(found, WIDE), PHONE: svg(found, NARROW)}
    made[PAGE] = page(PAGE.read_text("utf-8"), found)
    if "--check" in sys.argv:
        same = all(path.read_text("utf-8") == text for path, text in made.items())
        return 0 if same else 1
    for path, text in made.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
