"""A document as a tagged PDF/UA-1 paper: A4, its own fonts, a margin, and the same bytes every time.

The words go to Typst as data; `paper.typ` says how they are set.  Every figure in the text leads to its
line under "Says who?" at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from boardpaper.blocks import (
    Ask,
    Block,
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
from boardpaper.claim import Claim
from boardpaper.composition import composition_hash
from boardpaper.paper import Backed, Imprint, appendix, body, imprint, label_of, takes_the_margin
from boardpaper.render import ink
from boardpaper.render.svg import draw, standing_alone
from boardpaper.render.typesetting import compile_pdf
from boardpaper.wording import (
    FigureRun,
    Run,
    cell,
    measure,
    plain,
    says_who_in_a_list,
    sentence,
    state,
    word,
)

# CSS pixels that charts are laid out for; 116 mm of paper then show their words at 8 points.
_CHART_WIDTH: Final = 540
_DIAGRAM_WIDTH: Final = 760
_LEAST_WEIGHT: Final = 8
_LONGEST_WEIGHT: Final = 40
_LONGEST_NUMBER: Final = 15
_LONGEST_LABEL: Final = 10
# A letter of a table's figures, and the gap between two columns, in points.
_LETTER_POINTS: Final = 4.4
_GAP_POINTS: Final = 11.0
_MARKS: Final = {True: "Done", False: "Not yet", None: "Not known"}

_Json = dict[str, Any]


def render(document: Document, *, watermark: str = "") -> bytes:
    """The document as PDF; its only time is the issue's.

    watermark: set across every page, behind its words.
    """
    return compile_pdf("paper.typ", _content(document, watermark), at=document.issued_at)


def _content(document: Document, watermark: str) -> _Json:
    """The document as the template's data."""
    imprinted = imprint(document, composition_hash(document))
    sheet = _Sheet(document.language)
    main = [
        sheet.section(section, level=1 if index == 0 else 2)
        for index, section in enumerate(body(document))
    ]
    extra = [sheet.section(section, level=3) for section in appendix(document)]
    return {
        "ink": ink.PRINT,
        "language": document.language,
        "watermark": watermark,
        "title": f"{document.title} · {document.organisation}",
        "organisation": document.organisation,
        "company": imprinted.company,
        "head": list(imprinted.head()),
        "dated": imprinted.issued,
        "foot": _foot(imprinted),
        "invented": f"{document.organisation} is an invented company. Every name and every number here "
        "is made up."
        if document.invented
        else "",
        "body": main,
        "appendix": extra,
        "answers": _answers(sheet.backed, document.language),
        "answers-note": _answers_note(imprinted),
    }


def _foot(imprinted: Imprint) -> list[str]:
    parts = list(imprinted.foot())
    return [*[""] * (5 - len(parts)), *parts]


def _answers_note(imprinted: Imprint) -> str:
    when = f", as at {imprinted.as_at}" if imprinted.as_at else ""
    which = f", edition {imprinted.edition}" if imprinted.edition else ""
    return (
        f"What stands behind every figure above{when}{which}. A missing value is left out and counted; it "
        "is never zero."
    )


def _answers(backed: Backed, language: str) -> list[_Json]:
    """The figures by measure and baseline, in the order they are met."""
    groups: dict[tuple[object, ...], _Json] = {}
    for number, figure in enumerate(backed.figures, 1):
        key = (figure.measure, figure.version, figure.baseline, figure.definition)
        group = groups.setdefault(
            key,
            {
                "measure": _capital(measure(figure, language)),
                "definition": f"{figure.definition} ({figure.measure}, version {figure.version})",
                "rows": [],
            },
        )
        group["rows"].append(
            {
                "number": number,
                "value": word(figure, "", language),
                "facts": says_who_in_a_list(figure, language),
            }
        )
    return list(groups.values())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class _Sheet:
    """A paper being written: it numbers the figures it shows, so that each leads to its line."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.backed = Backed()

    def section(self, section: Section, *, level: int) -> _Json:
        return {
            "level": level,
            "kicker": section.kicker,
            "lead": self.claim(section.lead),
            "blocks": [
                self.block(block, level=level + 1, leads=level == 1 and index == 0)
                for index, block in enumerate(section.blocks)
            ],
        }

    def block(self, block: Block, *, level: int, leads: bool) -> _Json:
        """Any of the seven blocks."""
        match block:
            case Statement(claims=claims, margin=margin):
                return {
                    "is": "statement",
                    "leads": leads,
                    "claims": [self.claim(claim) for claim in claims],
                    "margin": [self.note(note) for note in margin],
                }
            case Table():
                return self.table(block, level)
            case ChartBlock(chart=chart):
                return {
                    "is": "chart",
                    "level": level,
                    "finding": self.finding(chart.finding),
                    "svg": draw(chart, width=_CHART_WIDTH, palette=ink.PRINT),
                    "alternative": f"{plain(chart.finding, self.language)}. {chart.alternative}",
                    "caption": chart.caption,
                }
            case Diagram():
                return {
                    "is": "diagram",
                    "whole": block.whole_page,
                    "level": level,
                    "finding": self.finding(block.finding),
                    "svg": (
                        standing_alone(block.svg, width=_DIAGRAM_WIDTH, palette=ink.PRINT)
                        if block.svg
                        else ""
                    ),
                    "alternative": block.alternative,
                    "outline": [{"depth": depth, "words": words} for depth, words in block.outline],
                }
            case Quotation():
                when = word(block.on, "", self.language) if block.on else ""
                by = ", ".join(part for part in (block.said_by, block.context, when) if part)
                return {"is": "quotation", "words": block.words, "by": by}
            case Ask():
                return self.ask(block)
            case Checklist(items=items, finding=finding):
                return {
                    "is": "checklist",
                    "level": level,
                    "finding": self.finding(finding),
                    "items": [
                        {"mark": _MARKS[done], "claim": self.claim(words)} for done, words in items
                    ],
                }

    def runs(self, runs: Iterable[Run]) -> list[_Json]:
        return [
            {"t": run.text, "f": self.backed.number(run.figure)}
            if isinstance(run, FigureRun)
            else {"t": run.text}
            for run in runs
        ]

    def claim(self, claim: Claim | str) -> _Json:
        if isinstance(claim, str):
            return {"runs": [{"t": claim}], "state": ""}
        return {
            "runs": self.runs(sentence(claim, self.language)),
            "state": state(claim, self.language),
        }

    def finding(self, claim: Claim | None) -> list[_Json]:
        """A title, whose evidence stands below it: it bears no state."""
        return [] if claim is None else self.runs(sentence(claim, self.language))

    def note(self, note: Claim | str) -> _Json:
        """A margin note, with the words that name it apart."""
        worded = self.claim(note)
        label = "" if isinstance(note, str) else label_of(note)
        if label:
            first = worded["runs"][0]
            first["t"] = first["t"].removeprefix(label)
        return {**worded, "label": label}

    def ask(self, block: Ask) -> _Json:
        whom = f" of {block.of}" if block.of else ""
        when = f", by {word(block.by, '', self.language)}" if block.by else ""
        return {
            "is": "ask",
            "label": f"Asked{whom}{when}",
            "request": self.claim(block.request),
            "recommendation": self.claim(block.recommendation) if block.recommendation else None,
        }

    def table(self, block: Table, level: int) -> _Json:
        rows = [
            [
                {"runs": self.runs(cell(content, column.style, self.language))}
                for content, column in zip(row, block.columns, strict=True)
            ]
            for row in block.rows
        ]
        return {
            "is": "table",
            "level": level,
            "finding": self.finding(block.finding),
            "columns": [
                {
                    "name": column.name,
                    "right": column.align == "right",
                    **_width(column, [_text(row[place]) for row in rows]),
                }
                for place, column in enumerate(block.columns)
            ],
            "rows": rows,
            "note": block.note,
            "highlight": list(block.highlight),
            "wide": takes_the_margin(block, self.language),
        }


def _text(cell: _Json) -> str:
    return "".join(run["t"] for run in cell["runs"])


def _width(column: Column, cells: list[str]) -> _Json:
    """The width of a column: fixed in points for numbers and labels, a weight for words.

    A reason that stands where a number is missing may break; it must not take the words' room.
    """
    if column.align == "left":
        longest = max((len(words) for words in cells), default=1)
        if max(longest, len(column.name)) <= _LONGEST_LABEL:
            label = max(longest, len(column.name))
            return {"points": label * _LETTER_POINTS + _GAP_POINTS, "weight": 0}
        return {"points": 0, "weight": min(_LONGEST_WEIGHT, max(_LEAST_WEIGHT, longest))}
    heading = max(len(piece) for piece in column.name.split() or [""])
    longest = min(_LONGEST_NUMBER, max((len(words) for words in cells), default=1))
    return {"points": max(heading, longest) * _LETTER_POINTS + _GAP_POINTS, "weight": 0}
