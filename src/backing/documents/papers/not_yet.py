"""Parts three to five of the case, which rest on what the office has not recorded yet.

They are in the paper from the first day, because management asks for them; and they say in so many
words that they are not filled, because a case that invents a scope, a target or a return is lost at
the first question.  Later records fill them: scope (S19), targets (S22-b), cost and return (S09).
"""

from __future__ import annotations

from collections.abc import Sequence

from backing.documents.papers.causes import first_step, ranked
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.money import currencies, lost
from backing.documents.papers.plans import CostWords, cost_words, finish_words
from boardpaper.blocks import Ask, Checklist, Column, Section, Statement, Table
from boardpaper.claim import Claim
from trackrecord.figure import Baseline, Figure

# The measures a target could be set on, with what each would mean to a reader who is no statistician;
# {plan} and {day} are what the register calls its plans.
_COULD_IMPROVE: tuple[tuple[str, Baseline | None, str], ...] = (
    ("cost_overrun_median", "original", "What the typical project costs above {plan}"),
    ("late_rate", "original", "Projects that finish after {day}"),
    ("schedule_slip_days_median", "original", "How late the typical project finishes"),
    ("benefit_shortfall_median", "original", "Benefit promised and not delivered"),
    ("forecast_behind_rate", None, "Projects whose finish has moved later than first stated"),
    ("masked_slip_days_median", None, "Slip that new baselines hide"),
    ("estimate_pred25", "original", "Estimates within a quarter of the outcome"),
    ("duration_days_median", None, "How long the work takes"),
)
_TARGETS_SHOWN = 5
_CAUSES_SHOWN = 6


def scope(evidence: Grounds) -> Section:
    """What the office will and will not do, against the causes found: not decided yet."""
    causes = ranked(evidence)
    shares = causes.figures if causes is not None else ()
    of = causes.of if causes is not None else "money"
    rows = tuple(
        (str(figure.group), figure, "not decided yet") for figure in shares[:_CAUSES_SHOWN]
    )
    table = (
        Table(
            columns=(
                Column(name="Cause"),
                Column(name=f"Share of the {of}", align="right"),
                Column(name="What the PMO will do about it"),
            ),
            rows=rows,
            finding=Claim("No cause has an activity against it yet"),
            note="When the scope is decided, each cause shows its activity, or says that nobody takes it.",
        ),
    )
    return Section(
        kicker="What we will and won’t do",
        lead=Claim("What the PMO will and won’t do is not decided yet."),
        blocks=(
            Statement(
                claims=(
                    Claim(
                        "This part is empty on purpose. A list of activities drawn up before the causes "
                        "are agreed would be a wish."
                    ),
                )
            ),
            *(table if rows else ()),
            Checklist(
                items=(
                    (False, "What we will do, with the cause each activity addresses"),
                    (False, "What we won’t do, and who does it instead"),
                    (False, "What we will take over, from whom and when"),
                )
            ),
        ),
    )


def improvement(evidence: Grounds) -> Section:
    """What would improve: the measures with their present values, no target set."""
    present: list[tuple[str, Figure]] = []
    plan, day = cost_words(evidence).plan, finish_words(evidence).day
    for measure, baseline, words in _COULD_IMPROVE:
        figure = evidence.known(measure, baseline) or evidence.known(measure)
        if figure and figure.value and figure.n >= FEWEST and len(present) < _TARGETS_SHOWN:
            present.append((words.format(plan=plan, day=day), figure))
    table = (
        Table(
            columns=(
                Column(name="What a target could be set on"),
                Column(name="Past projects", align="right"),
                Column(name="Range", align="right", style="range"),
                Column(name="n", align="right", style="known"),
                Column(name="Target, date, owner"),
            ),
            rows=tuple((words, figure, figure, figure, "not set yet") for words, figure in present),
            finding=Claim("These are the values to beat; none has a target yet"),
            note=(
                "n: projects the value rests on, of those it could rest on. Range: its ninety-five per "
                "cent interval. A target needs a baseline fixed before the work starts, a date and an owner."
            ),
        ),
    )
    return Section(
        kicker="What will improve",
        lead=Claim(
            "No target has been agreed yet; here is where any target would start from."
            if present
            else "No target has been agreed yet, and these files hold no value that one could start from."
        ),
        blocks=(
            *(table if present else ()),
            Statement(
                claims=(
                    Claim(
                        "Whether anything changed will be said by the same measures, taken the same way, "
                        "and where there is no evidence yet, that will be said as well."
                    ),
                )
            ),
        ),
    )


def money(evidence: Grounds) -> Section:
    """What the trouble cost, what the office costs (not recorded), and how one will know."""
    gross = evidence.known("cost_of_failure_gross", "original")
    offset = evidence.known("cost_of_failure_offset", "original")
    net = evidence.known("cost_of_failure_net", "original")
    words, several = cost_words(evidence), currencies(evidence)
    claims = []
    if gross is not None:
        claims.append(
            Claim(
                f"Money spent above {words.plan}, with what was written off on cancelled projects, "
                "comes to {gross:full} over {reported:known} projects.",
                gross=gross,
                reported=gross,
            )
        )
    if offset is not None and net is not None:
        claims.append(
            Claim(
                "Projects that came in under gave back {offset:full}; net of them it is {net:full}. "
                "No one should read the first sum without the second.",
                offset=offset,
                net=net,
            )
        )
    by_currency = lost(evidence, several)
    claims.append(
        Claim(
            "No return is claimed. A PMO may be able to show one as it matures, from its cost and what "
            "Finance has confirmed; this paper prints none."
        )
    )
    return Section(
        kicker="What it costs and how you will know",
        lead=_money_lead(words, gross, by_currency),
        blocks=(
            *by_currency,
            Statement(
                claims=tuple(claims),
                margin=() if gross is None else (Claim("n {gross:known}", gross=gross),),
            ),
            Checklist(
                items=(
                    (False, "Full cost of the PMO, with the time it asks of others"),
                    (False, "Break-even: the share of the loss it would have to prevent"),
                    (False, "Checkpoints after ninety days, six months and twelve months"),
                    (False, "The exit test: “stop us if …”"),
                ),
                finding=Claim("Still to be recorded before this page can ask for money"),
            ),
        ),
    )


def _money_lead(words: CostWords, gross: Figure | None, by_currency: Sequence[Table]) -> Claim:
    if gross is not None:
        return Claim(
            f"{{gross}} went over {words.plan} or was written off; what the PMO costs is not "
            "recorded yet.",
            gross=gross,
        )
    if by_currency:
        return Claim(
            f"What went over {words.plan} has a sum in each currency; what the PMO costs is not "
            "recorded yet."
        )
    return Claim("What the PMO costs, and what it could save, is not recorded yet.")


def decision(evidence: Grounds) -> Ask:
    """What the reader is asked to decide on evidence alone."""
    return Ask(
        request=Claim(
            "Decide which of these findings the PMO should act on first, so that its scope and targets "
            "can be written against them."
        ),
        recommendation=first_step(evidence),
    )
