"""Whether reports told what was to come: re-baselining, and green before a late finish (RULE-21)."""

from __future__ import annotations

from backing.documents.papers.charts import shares_in_order
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.plans import cost_words, finish_words
from backing.documents.papers.what_went_wrong import Topic, margin_of
from boardpaper.blocks import ChartBlock, Section, Statement
from boardpaper.claim import Claim, Name
from trackrecord.figure import Figure


def rebaselining(grounds: Grounds) -> Section | None:
    """How often plans were changed, and how much slip the last one hides."""
    changed = grounds.known("rebaselined_rate")
    if changed is None:
        return None
    hidden = grounds.known("masked_slip_days_median")
    overrun, overrun_now = _pair(grounds, "cost_overrun_median")
    slip, slip_now = _pair(grounds, "schedule_slip_days_median")
    cost, finish = cost_words(grounds), finish_words(grounds)
    sentences = []
    if hidden is not None:
        sentences.append(_hidden(hidden))
    if slip is not None and slip_now is not None:
        sentences.append(
            Claim(
                f"{finish.rows[0]} the typical project ends {{first:signed}}, against {finish.today} "
                "{last:signed}.",
                first=slip,
                last=slip_now,
            )
        )
    if overrun is not None and overrun_now is not None:
        sentences.append(
            Claim(
                f"{cost.rows[0]} its cost stands at {{first:signed}}, against {cost.today} {{last:signed}}.",
                first=overrun,
                last=overrun_now,
            )
        )
    sentences.append(
        Claim("A new baseline can be right: a scope was added, and somebody with the power agreed.")
    )
    return Section(
        kicker="Re-baselining",
        lead=Claim(
            "{changed:of} projects had their plan changed after it was first stated.",
            changed=changed,
        ),
        blocks=(Statement(claims=tuple(sentences), margin=margin_of(changed)),),
    )


def _hidden(hidden: Figure) -> Claim:
    if float(hidden.value or 0) > 0:
        return Claim(
            "In the typical finished project the last baseline hides {hidden} of slip.",
            hidden=hidden,
        )
    return Claim(
        "In the typical finished project the last baseline hides no slip ({hidden:signed}).",
        hidden=hidden,
    )


def _pair(grounds: Grounds, measure: str) -> tuple[Figure | None, Figure | None]:
    return grounds.known(measure, "original"), grounds.moved(measure)


def green_before_late(grounds: Grounds) -> Section | None:
    """How many of those that finished late were still reported green, month by month before."""
    found = grounds.groups("green_before_late_finish_rate", by="months before")
    known = sorted((each for each in found if each.value is not None), key=_months, reverse=True)
    if not known:
        return None
    last, finish = known[-1], finish_words(grounds)
    return Section(
        kicker="Green before a late finish",
        lead=Claim(
            "{green:of} projects that finished late were still reported green {when} "
            f"{finish.day}.",
            green=last,
            when=Name(_when(last)),
        ),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        f"Late means after {finish.day}. A report counts where it is the last one before "
                        "that day."
                    ),
                ),
                margin=margin_of(last),
            ),
            ChartBlock(
                chart=shares_in_order(
                    finding=Claim(
                        "Share still green as the date came nearer: at last {last}", last=last
                    ),
                    figures=[(_when(each).capitalize(), each) for each in known],
                    caption=(
                        "Point: share of the projects that finished late and have a report that old. Bar: its "
                        "range at ninety-five per cent."
                    ),
                )
            ),
        ),
    )


def _months(figure: Figure) -> int:
    digits = "".join(letter for letter in str(figure.group) if letter.isdigit())
    return int(digits or 0)


def _when(figure: Figure) -> str:
    months = _months(figure)
    return f"{months} month{'' if months == 1 else 's'} before"


def green_yet_moving(grounds: Grounds) -> Section | None:
    """Open projects that report green while their own dates disagree."""
    moving = grounds.known("green_yet_moving_rate")
    if moving is None or moving.n < FEWEST:
        return None
    return Section(
        kicker="Green today",
        lead=Claim(
            "{moving:of} open projects last reported green have dates or plans that say otherwise.",
            moving=moving,
        ),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        "Their forecast has slipped by more than a tenth of the planned time, or their plan was "
                        "changed twice within a year. It is a reason to ask, not a judgement."
                    ),
                ),
                margin=margin_of(moving),
            ),
        ),
    )


TOPICS: tuple[Topic, ...] = (rebaselining, green_before_late, green_yet_moving)
