"""A document as one HTML file that needs nothing else: no script, no request, no other file.

A figure is a button that opens its "says who?" by the popover attribute, which browsers do without
script.  The page's own policy forbids everything but its style.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Final

from boardpaper.blocks import (
    Ask,
    Block,
    Cell,
    ChartBlock,
    Checklist,
    Diagram,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.chart import Chart
from boardpaper.claim import Claim
from boardpaper.composition import composition_hash
from boardpaper.paper import Backed, Imprint, appendix, body, imprint, label_of, takes_the_margin
from boardpaper.render import ink
from boardpaper.render.svg import DESK, PHONE, chart_table, draw
from boardpaper.wording import (
    FigureRun,
    Run,
    cell,
    measure,
    plain,
    says_who,
    sentence,
    state,
    word,
)
from trackrecord.figure import Figure

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_FONTS: Final = {
    "serif": (
        '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "TeX Gyre Pagella", '
        "Charter, Georgia, serif"
    ),
    "sans": (
        'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
    ),
}
# A figure's words up to this long stay on one line; a reason in words may break.
_TIGHT: Final = 24
_CLOSING: Final = ".,;:!?)"
_OPENING: Final = "(“"
# What a letter and the gap between columns take of a phone's 320 pixels in a table.
_PHONE_LETTER: Final = 7.0
_PHONE_GAP: Final = 14.0
_LIT: Final = ' class="lit"'
_MARKS: Final = {True: "Done", False: "Not yet", None: "Not known"}


def render(document: Document, *, watermark: str = "") -> bytes:
    """The document as a page, in UTF-8: light and dark, phone and desk, screen and print.

    watermark: set across the page, behind its words.
    """
    page = _Page(document)
    main = [
        page.section(section, level=1 if index == 0 else 2)
        for index, section in enumerate(body(document))
    ]
    extra = [page.section(section, level=3, css="small") for section in appendix(document)]
    if extra:
        main.append('<h2 class="part">Appendix</h2>')
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{escape(document.language)}">\n',
            _head(document),
            '<body>\n<a class="skip" href="#main">Skip to the paper</a>\n<div class="page">\n',
            f'<p class="watermark" aria-hidden="true">{escape(watermark)}</p>\n'
            if watermark
            else "",
            _masthead(document, page.imprint),
            '<main id="main">\n',
            *main,
            *extra,
            "</main>\n",
            _footer(page.imprint),
            "</div>\n",
            *page.answers(),
            "</body>\n</html>\n",
        )
    ).encode()


def _head(document: Document) -> str:
    title = f"{document.title} · {document.organisation}"
    return (
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
    )


def _style() -> str:
    """Tokens for light, dark and print, then the page, then the charts."""
    fonts = "".join(f" --{name}: {stack};" for name, stack in _FONTS.items())
    return (
        f":root {{ color-scheme: light dark;{_variables(ink.LIGHT)}{fonts} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{{_variables(ink.DARK)} }} }}\n"
        f"@media print {{ :root {{ color-scheme: light;{_variables(ink.PRINT)} }} }}\n"
        f"{files('boardpaper.render').joinpath('page.css').read_text('utf-8')}"
        f"{ink.chart_rules(None, 'svg ')}\n"
        f"{ink.map_rules(None, 'svg ')}\n"
    )


def _variables(palette: dict[str, str]) -> str:
    return "".join(f" --{name}: {colour};" for name, colour in palette.items())


def _masthead(document: Document, imprinted: Imprint) -> str:
    kicker = " · ".join(imprinted.head())
    dated = imprinted.issued or (f"As at {imprinted.as_at}" if imprinted.as_at else "")
    banner = (
        f'<p class="invented">{escape(document.organisation)} is an invented company. '
        "Every name and every number here is made up.</p>\n"
        if document.invented
        else ""
    )
    return (
        f'<header>\n<div class="masthead"><span class="name">{escape(document.organisation)}</span>'
        f'<span class="kicker">{escape(kicker)}</span>'
        f'<span class="kicker">{escape(dated)}</span></div>\n{banner}</header>\n'
    )


def _footer(imprinted: Imprint) -> str:
    parts = "".join(
        f"<span>{escape(part)}</span>" for part in (imprinted.company, *imprinted.foot())
    )
    return f"<footer>{parts}</footer>\n"


class _Page:
    """One page being written: it numbers the figures it shows, so that each finds its answer."""

    def __init__(self, document: Document) -> None:
        self.language = document.language
        self.imprint = imprint(document, composition_hash(document))
        self.backed = Backed()
        self.drawn = 0

    def section(self, section: Section, *, level: int, css: str = "") -> str:
        """A section: kicker, its finding as heading, its blocks."""
        kicker = f'<p class="kicker">{escape(section.kicker)}</p>\n' if section.kicker else ""
        heading = f"<h{level}>{self.claim(section.lead)}</h{level}>\n"
        blocks = [
            self.block(block, level=level + 1, leads=level == 1 and index == 0)
            for index, block in enumerate(section.blocks)
        ]
        style = f' class="{css}"' if css else ""
        return f"<section{style}>\n{kicker}{heading}{''.join(blocks)}</section>\n"

    def block(self, block: Block, *, level: int, leads: bool = False) -> str:
        """Any of the seven blocks."""
        match block:
            case Statement():
                return self.statement(block, leads=leads)
            case Table():
                return self.table(block)
            case ChartBlock(chart=chart):
                return self.chart(chart, level)
            case Diagram():
                return self.diagram(block, level)
            case Quotation():
                return self.quotation(block)
            case Ask():
                return self.ask(block)
            case Checklist():
                return self.checklist(block, level)

    def runs(self, runs: Iterable[Run]) -> str:
        """Words, with every figure a button that says who.

        Browsers break a line between a button and the comma after it, or the bracket before it, so these
        are held to it.
        """
        out: list[str] = []
        opened, follows_figure = "", False
        for run in runs:
            is_held, follows_figure = follows_figure, isinstance(run, FigureRun)
            if isinstance(run, FigureRun):
                figure = self.figure(run.text, run.figure)
                out.append(f'<span class="unbroken">{opened}{figure}</span>' if opened else figure)
                opened = ""
                continue
            held = run.text[: len(run.text) - len(run.text.lstrip(_CLOSING))] if is_held else ""
            if held:
                out[-1] = f'<span class="unbroken">{out[-1]}{escape(held)}</span>'
            words = run.text[len(held) :]
            opened = words[len(words.rstrip(_OPENING)) :]
            out.append(escape(words.rstrip(_OPENING)))
        return "".join(out) + opened

    def figure(self, words: str, figure: Figure) -> str:
        """The signature: a dotted underline that answers."""
        tight = " tight" if len(words) <= _TIGHT else ""
        return (
            f'<button type="button" class="fig{tight}" aria-haspopup="dialog" '
            f'popovertarget="w{self.backed.number(figure)}">{escape(words)}</button>'
        )

    def claim(self, claim: Claim | str) -> str:
        """A claim with its figures, and its state where it has none to stand on."""
        if isinstance(claim, str):
            return escape(claim)
        words = self.runs(sentence(claim, self.language))
        mark = state(claim, self.language)
        return f'{words} <span class="state">{escape(mark)}</span>' if mark else words

    def finding(self, claim: Claim) -> str:
        """The title of a chart or table: what stands below it is its evidence, so it bears no state."""
        return self.runs(sentence(claim, self.language))

    def statement(self, block: Statement, *, leads: bool) -> str:
        if not block.claims:
            return ""
        style = ' class="lead"' if leads else ""
        words = " ".join(self.claim(claim) for claim in block.claims)
        notes = "".join(f"<p>{self.note(note)}</p>" for note in block.margin)
        margin = f'<div class="note">{notes}</div>\n' if notes else ""
        return f"<p{style}>{words}</p>\n{margin}"

    def note(self, note: Claim | str) -> str:
        """A margin note; the words that name it ("Range") are strong."""
        words = self.claim(note)
        label = "" if isinstance(note, str) else escape(label_of(note))
        return f"<b>{label}</b>{words.removeprefix(label)}" if label else words

    def table(self, block: Table) -> str:
        wide = " wide" if takes_the_margin(block, self.language) else ""
        stack = "" if self._fits_a_phone(block) else ' class="stack"'
        caption = f"<caption>{self.finding(block.finding)}</caption>" if block.finding else ""
        head = "".join(
            f'<th scope="col" role="columnheader"{_right(column.align)}>{escape(column.name)}</th>'
            if column.name
            else '<td role="cell"></td>'
            for column in block.columns
        )
        rows = "".join(
            f'<tr role="row"{_LIT if index in block.highlight else ""}>{self.cells(row, block)}</tr>\n'
            for index, row in enumerate(block.rows)
        )
        note = f'<div class="note{wide}">{escape(block.note)}</div>\n' if block.note else ""
        return (
            f'<div class="block{wide}"><table{stack} role="table">{caption}'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            f'<tbody role="rowgroup">{rows}</tbody></table></div>\n{note}'
        )

    def cells(self, row: tuple[Cell, ...], block: Table) -> str:
        """A row's cells; the first one names the row, and each other knows its column on a phone."""
        out = []
        for place, (content, column) in enumerate(zip(row, block.columns, strict=True)):
            words = self.runs(cell(content, column.style, self.language))
            right = _right(column.align)
            if place == 0:
                out.append(f'<th scope="row" role="rowheader"{right}>{words}</th>')
            else:
                held = f"<span>{words}</span>" if words else ""
                name = escape(column.name)
                out.append(f'<td role="cell"{right} data-th="{name}">{held}</td>')
        return "".join(out)

    def _fits_a_phone(self, block: Table) -> bool:
        """Whether the columns stand side by side at 320 pixels; else each row becomes a short list."""
        needed = 0.0
        for place, column in enumerate(block.columns):
            words = [column.name] + [
                "".join(run.text for run in cell(row[place], column.style, self.language))
                for row in block.rows
            ]
            longest_word = max((len(piece) for text in words for piece in text.split()), default=0)
            longest = max((len(text) for text in words[1:]), default=0)
            needed += max(longest_word, min(longest, 16)) * _PHONE_LETTER + _PHONE_GAP
        return needed - _PHONE_GAP <= PHONE + 20

    def chart(self, chart: Chart, level: int) -> str:
        self.drawn += 1
        name = f"c{self.drawn}"
        caption = f"<figcaption>{escape(chart.caption)}</figcaption>" if chart.caption else ""
        return (
            f'<figure class="block chart"><h{level}>{self.finding(chart.finding)}</h{level}>\n<div>'
            f'<div class="desk">{draw(chart, width=DESK, name=f"{name}d")}</div>'
            f'<div class="phone">{draw(chart, width=PHONE, name=f"{name}p")}</div></div>\n'
            f"{_data(chart)}{caption}</figure>\n"
        )

    def diagram(self, block: Diagram, level: int) -> str:
        if not block.svg:
            return (
                f"<h{level}>{self.finding(block.finding)}</h{level}>\n{_outline(block.outline)}\n"
            )
        return (
            f'<figure class="block wide"><h{level}>{self.finding(block.finding)}</h{level}>\n'
            f'<div class="map" tabindex="0" role="img" aria-label="{escape(block.alternative)}">'
            f"{block.svg}</div>\n"
            f"<details open><summary>The same, as a list</summary>{_outline(block.outline)}</details></figure>\n"
        )

    def quotation(self, block: Quotation) -> str:
        when = word(block.on, "", self.language) if block.on else ""
        by = ", ".join(escape(part) for part in (block.said_by, block.context, when) if part)
        return f'<blockquote class="block"><p>“{escape(block.words)}”</p><p class="by">{by}</p></blockquote>\n'

    def ask(self, block: Ask) -> str:
        whom = f" of {escape(block.of)}" if block.of else ""
        when = f", by {word(block.by, '', self.language)}" if block.by else ""
        recommended = (
            f"<p>We recommend: {self.claim(block.recommendation)}</p>"
            if block.recommendation
            else ""
        )
        return (
            f'<div class="block ask"><p class="asked">Asked{whom}{when}</p>'
            f"<p>{self.claim(block.request)}</p>{recommended}</div>\n"
        )

    def checklist(self, block: Checklist, level: int) -> str:
        heading = f"<h{level}>{self.finding(block.finding)}</h{level}>" if block.finding else ""
        items = "".join(
            f'<li><span class="mark">{_MARKS[done]}</span><span>{self.claim(words)}</span></li>'
            for done, words in block.items
        )
        return f'<div class="block">{heading}<ul class="checks">{items}</ul></div>\n'

    def answers(self) -> Iterable[str]:
        """What every figure on the page says when it is asked who says so."""
        for number, figure in enumerate(self.backed.figures, 1):
            facts = "".join(
                f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>"
                for name, words in says_who(figure, self.language)
            )
            value = word(figure, "", self.language)
            yield (
                f'<div class="who" id="w{number}" popover role="dialog" aria-label="Says who? {escape(value)}">'
                f'<div class="top"><b>Says who?</b><button type="button" popovertarget="w{number}" '
                f'popovertargetaction="hide">Close</button></div><p class="value">{escape(value)}</p>'
                f'<p class="kicker">{escape(measure(figure, self.language))}</p>'
                f'<dl class="facts">{facts}</dl></div>\n'
            )


def _right(align: str) -> str:
    return ' class="r"' if align == "right" else ""


def _data(chart: Chart) -> str:
    """The rows behind a chart, folded."""
    header, rows = chart_table(chart)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(words)}</td>" for words in row) + "</tr>" for row in rows
    )
    return (
        f'<details><summary>The rows behind it</summary><div class="scroll" tabindex="0" '
        f'role="region" aria-label="Rows behind: {escape(plain(chart.finding))}"><table><thead><tr>{head}'
        f"</tr></thead><tbody>{lines}</tbody></table></div></details>"
    )


def _outline(outline: tuple[tuple[int, str], ...]) -> str:
    """An indented list, as nested lists."""
    out, depth = ['<ul class="outline">'], 0
    for index, (level, words) in enumerate(outline):
        if index and level > depth:
            out.append("<ul>" * (level - depth))
        elif index:
            out.append("</li>" + "</ul></li>" * (depth - level))
        out.append(f"<li>{escape(words)}")
        depth = level
    return "".join(out) + "</li>" + "</ul></li>" * depth + "</ul>"
