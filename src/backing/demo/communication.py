"""Who is told what at the Aldmoor Group, how often and by whom; days ago it was told last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backing.demo.sponsor import SPONSOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """by: whose task it is; None: the head of the office.  last: days ago; None: not yet."""

    audience: str
    message: str
    channel: str
    every: int
    last: int | None
    by: str | None = None


PLAN: Final = (
    Told(
        audience="Group management board",
        message="What improved, what got worse, and the one thing we ask of them.",
        channel="One page before the board, ten minutes in it",
        every=30,
        last=17,
    ),
    Told(
        audience="The sponsor",
        message="One number, one win, one thing going badly, at most three asks.",
        channel="A letter with a link",
        every=14,
        last=9,
    ),
    Told(
        audience="Heads of the business units",
        message="What the portfolio means for their sites this quarter.",
        channel="The operations review",
        every=91,
        last=40,
        by=SPONSOR,
    ),
    Told(
        audience="All project managers",
        message="What we stopped asking for, and what became of their objections.",
        channel="Their monthly call, the first five minutes",
        every=30,
        last=34,
    ),
    Told(
        audience="Finance business partners",
        message="Which savings wait for their validation, and until when.",
        channel="A letter before the quarter closes",
        every=91,
        last=None,
    ),
)
