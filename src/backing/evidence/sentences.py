"""A figure as a sentence with its source, to be pasted wherever somebody makes the case."""

from __future__ import annotations

from datetime import date

from backing.evidence.models import Edition
from boardpaper.claim import Claim
from boardpaper.wording import measure, plain, short_hash, word
from trackrecord.figure import Figure


def with_its_source(one: Figure | Claim, edition: Edition) -> str:
    """What is said, and in brackets on what it rests: n, range, day, edition."""
    if isinstance(one, Claim):
        words, figures = plain(one).rstrip("."), one.figures
    else:
        words, figures = f"{_capital(measure(one))}{_of(one)}: {word(one)}", (one,)
    behind = [part for figure in figures[:1] for part in _rests_on(figure)]
    behind += [*_day(edition.as_at), f"Backing, edition {short_hash(edition.name)}"]
    return f"{words} ({'; '.join(behind)})."


def _rests_on(figure: Figure) -> list[str]:
    parts = [f"n {word(figure, 'known')}"]
    if figure.low is not None:
        parts.append(f"range {word(figure, 'range')}")
    return parts


def _day(as_at: date | None) -> list[str]:
    return [f"as at {word(as_at)}"] if as_at else []


def _of(figure: Figure) -> str:
    return f", {figure.group}" if figure.group else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
