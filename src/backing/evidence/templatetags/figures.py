"""Claims and figures in templates: worded in one place, and every figure a link that says who.

{% said claim %}            a claim with its figures
{% figure one "range" %}    one figure in a style of boardpaper.wording
{{ one|worded:"of" }}       the same as plain words
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from backing.documents.papers.comparison import Group
from backing.evidence.addresses import address
from boardpaper.blocks import Cell
from boardpaper.claim import Claim
from boardpaper.wording import FigureRun, Run, en, measure, plain, sentence, state, word
from boardpaper.wording import cell as cell_runs
from trackrecord.figure import Figure

register = template.Library()

# A figure's words up to this long stay on one line; a reason in words may break.
_TIGHT = 24
_CLOSING = ".,;:!?)"
_EDGE = 2.0  # per cent of a funnel's line that is free at either end


@register.simple_tag
def said(claim: Claim | str) -> SafeString:
    """A claim with its figures, and its state where it has none to stand on."""
    if isinstance(claim, str):
        return format_html("{}", claim)
    words, mark = _runs(sentence(claim)), state(claim)
    if not mark:
        return words
    return format_html('{} <span class="state">{}</span>', words, mark)


@register.simple_tag
def finding(claim: Claim) -> SafeString:
    """The title of what is its evidence; it bears no state."""
    return _runs(sentence(claim))


@register.simple_tag
def figure(one: Figure | None, style: str = "") -> SafeString:
    """One figure in a style of boardpaper.wording; nothing where there is none."""
    return SafeString("") if one is None else _link(word(one, style), one)


@register.simple_tag
def cell(content: Cell, style: str = "") -> SafeString:
    """A cell of a table."""
    return _runs(cell_runs(content, style))


@register.filter
def worded(one: Figure, style: str = "") -> str:
    """A figure in plain words."""
    return word(one, style)


@register.filter
def as_text(claim: Claim | str) -> str:
    """A claim as plain words, for titles and labels."""
    return plain(claim)


@register.filter
def measured(one: Figure) -> str:
    """What a figure measures, in words, with its baseline."""
    return measure(one)


@register.filter
def kind(block: Any) -> str:
    """Which of the seven blocks it is."""
    return type(block).__name__


@register.filter
def at(sequence: Sequence[Any], place: int) -> Any:
    """One of a sequence by its place."""
    return sequence[place]


@register.filter
def share(value: float) -> str:
    """A fraction in words: 0.18 is "18%"."""
    return en.share(value)


@register.filter
def across(value: Figure | float) -> str:
    """Where a share stands on a funnel's line, in per cent of its width; dots at the ends are whole."""
    place = float(value.value or 0) if isinstance(value, Figure) else value
    return f"{_EDGE + place * (100 - 2 * _EDGE):.2f}"


@register.filter
def breadth(group: Group) -> str:
    """How wide the box of a group is, in per cent of the line."""
    return f"{(group.high - group.low) * (100 - 2 * _EDGE):.2f}"


def _runs(runs: Iterable[Run]) -> SafeString:
    """Words, with every figure a link; a mark that closes a clause stays with the figure before it."""
    out: list[SafeString] = []
    follows_figure = False
    for run in runs:
        is_held, follows_figure = follows_figure, isinstance(run, FigureRun)
        if isinstance(run, FigureRun):
            out.append(_link(run.text, run.figure))
            continue
        text = run.text
        held = text[: len(text) - len(text.lstrip(_CLOSING))] if is_held else ""
        if held:
            out[-1] = format_html('<span class="unbroken">{}{}</span>', out[-1], held)
        out.append(format_html("{}", text[len(held) :]))
    return mark_safe("".join(out))  # noqa: S308  # every part was escaped above


def _link(words: str, one: Figure) -> SafeString:
    """The signature: a dotted underline that answers.  A page of its own without script."""
    to = address(one)
    return format_html(
        '<a class="fig{}" href="{}" hx-get="{}" hx-target="#says-who">{}</a>',
        "" if len(words) <= _TIGHT else " loose",
        to,
        to,
        words,
    )
