"""D8, the mandate review: should this office continue?  It can say no.

What failed, the case for stopping and the option to stop cannot be left out
(`documents.drafting.MUST_STAY`).  Both cases are made from the records, and each from all that there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from django.utils import timezone

from backing.documents.papers.answer import while_undecided
from backing.evidence.models import Edition
from backing.mandate import public
from backing.mandate.models import MandateDecision
from backing.mandate.papers.arguments import Facts, for_going_on, for_stopping
from backing.mandate.papers.counting import count
from backing.mandate.papers.options import options
from backing.people.models import Account, Organisation
from backing.pushback.public import Tally, tally
from backing.rhythm import public as rhythm
from backing.scope import public as scope
from backing.worth import public as worth
from boardpaper.blocks import (
    Ask,
    Block,
    Cell,
    Column,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended, in_words

_ALONE: Final = Claim("The records hold no other point.")
_A_YEAR: Final = timedelta(days=365)
_NOT_MET: Final = ("partly", "not_met", "dropped")
_NEXT: Final = 8  # rows of what comes in the next period


def mandate_review(viewer: Account) -> Document | None:
    """As the records have it today; None while nobody has told who asked for the office, or decides."""
    today = timezone.localdate()
    told = _Review(viewer, today)
    if told.origin is None and told.decision is None:
        return None
    organisation = Organisation.ours()
    edition = Edition.objects.visible_to(viewer).current()
    return Document(
        code="D8",
        title="Mandate review: should the project office continue?",
        organisation=organisation.on_paper,
        invented=organisation.invented,
        edition=edition.name if edition else "",
        as_at=today,
        sections=tuple(told.sections()),
        audience="Whoever decides on the mandate",
    )


@dataclass(frozen=True)
class _Review:
    """What the review says, section by section."""

    viewer: Account
    today: date

    @cached_property
    def origin(self) -> public.Origin | None:
        return public.origin(self.viewer)

    @cached_property
    def decision(self) -> MandateDecision | None:
        """The next that waits on renewal, else on the mandate."""
        waiting = MandateDecision.objects.visible_to(self.viewer).filter(decided_on=None)
        kinds = (MandateDecision.Kind.RENEWAL, MandateDecision.Kind.MANDATE)
        return next((found for kind in kinds if (found := waiting.filter(kind=kind).first())), None)

    @cached_property
    def expected(self) -> tuple[public.Became, ...]:
        return public.expected(self.viewer)

    @cached_property
    def heard(self) -> Tally:
        return tally(self.viewer, first=self.today - _A_YEAR, last=self.today)

    @cached_property
    def facts(self) -> Facts:
        charter = scope.charter(self.viewer)
        return Facts(
            worth=worth.standing(self.viewer, today=self.today),
            measures=rhythm.progress(self.viewer),
            claims=rhythm.claimed(self.viewer),
            expected=self.expected,
            stops=worth.stops(self.viewer, today=self.today),
            minutes=scope.burden_of_a_project_manager(self.viewer, on=self.today),
            waiting=self.heard.waiting,
            exit_test=charter.stop_if if charter is not None else (),
            pulses=rhythm.said_in_pulses(self.viewer, today=self.today, since=self.today - _A_YEAR),
            today=self.today,
        )

    def sections(self) -> Iterator[Section]:
        yield self.asked()
        yield _section("Why the office exists", self.problem(), *self.why())
        yield self.came()
        yield self.improved()
        yield self.money()
        yield self.others()
        yield self.failed()
        yield self.case("stopping", for_stopping(self.facts))
        yield self.case("going on", for_going_on(self.facts))
        yield self.options()
        yield self.recommended()
        yield self.next_period()

    # One and two: the decision, and the words of the start.

    def asked(self) -> Section:
        decision = self.decision
        if decision is None:
            return _section(
                "The decision",
                Claim("Should the project office continue, change, shrink or stop?"),
                Statement(claims=(Claim("No decision is asked for on a day yet."),)),
            )
        return _section(
            "The decision",
            Claim("{question}", question=Name(decision.question)),
            Statement(
                claims=(
                    Claim(
                        "Put to those who decide: {options}.",
                        options=Name("; ".join(decision.options)),
                    ),
                )
            ),
        )

    def problem(self) -> Claim:
        if self.origin is None:
            return Claim("Reason for commissioning: not recorded.")
        return Claim("{problem}", problem=_words(self.origin.problem))

    def why(self) -> Iterator[Block]:
        origin = self.origin
        if origin is not None:
            yield Quotation(
                words=origin.in_their_words.strip("“”"),
                said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
                on=origin.on,
            )
        facts = self.facts
        better = sum(each.standing == "better" for each in facts.measures)
        yield Statement(
            claims=(
                Claim(
                    "Today {better:count} of {all:count} measures moved the right way by more than chance.",
                    better=count("measures better", better, "measures"),
                    all=count("measures", len(facts.measures), "measures"),
                ),
            )
        )

    # Three and four: what was expected, what improved.

    def came(self) -> Section:
        kicker = "What was expected, what happened"
        expected, targets = tuple(self._expectations()), tuple(self._targets())
        if not (expected or targets):
            return _section(
                kicker,
                Claim("What was expected of the office is not written down."),
                Statement(claims=(Claim("So nobody can say whether it came."),)),
            )
        kept = sum(each.state == "met" for each in self.expected)
        lead = (
            Claim(
                "Of {all:count} things that were expected at the start, {met:count} came in full",
                all=count("expectations", len(self.expected), "expectations"),
                met=count("expectations met", kept, "expectations"),
            )
            if self.expected
            else Claim("What was aimed for, and where it stands")
        )
        return _section(kicker, lead, *_expected(expected), *_aimed(targets))

    def _expectations(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.expected:
            yield (
                each.statement,
                each.said_by or "not said",
                each.outcome,
                each.shows or "nothing yet",
            )

    def _targets(self) -> Iterator[tuple[Cell, ...]]:
        now = {each.measure.pk: each for each in self.facts.measures}
        for each in rhythm.targets(self.viewer):
            found = now.get(each.measure_pk)
            now_at = found.now_figure if found else None
            yield (
                Claim(
                    "{measure}: {target} by {day}",
                    measure=Name(each.measure),
                    target=each.target,
                    day=each.by,
                    state="supported",
                ),
                each.owner,
                now_at or "not read yet",
                found.word if found else "not claimed",
            )

    def improved(self) -> Section:
        claims = self.facts.claims
        if not claims:
            return _section(
                "What improved",
                Claim("No improvement was claimed beforehand, so none can be shown."),
                Statement(
                    claims=(Claim("A claim counts if it was registered before anybody looked."),)
                ),
            )
        rows = tuple(
            (
                each.what_was_done,
                each.word or "not looked at yet",
                *rhythm.effect_of(each),
                each.contribution or "not said",
                "; ".join(each.rival_causes) or "none named",
            )
            for each in claims
        )
        good = sum(each.word in rhythm.UPHELD for each in claims)
        return _section(
            "What improved",
            Claim(
                "Of {all:count} improvements that were claimed beforehand, {good:count} can be upheld",
                all=count("claims", len(claims), "claims"),
                good=count("claims upheld", good, "claims"),
            ),
            Table(
                columns=(
                    *(Column(name=name) for name in ("What was done", "Verdict")),
                    Column(name="Effect", align="right", style="signed"),
                    Column(name="Range", align="right", style="range"),
                    *(
                        Column(name=name)
                        for name in ("Our part in it", "What else may have moved it")
                    ),
                ),
                rows=rows,
            ),
        )

    # Five and six: money, and what others say.

    def money(self) -> Section:
        found = self.facts.worth
        rows: list[tuple[Cell, ...]] = []
        if found.cost is not None:
            full = "" if found.is_full else ", and more: it is not counted in full"
            rows.append((f"Cost of the office, a year{full}", found.cost))
        if found.at_stake is not None:
            rows.append(("Lost each year to what its work is aimed at", found.at_stake))
        if found.break_even is not None:
            rows.append(("Share of that loss it must prevent to break even", found.break_even))
        rows += [
            ("Hard money that finance has validated", found.validated(hard=True)),
            ("Money not spent, validated; never added", found.validated(hard=False)),
        ]
        if found.return_on_cost is not None:
            rows.append(("Return on its full cost, for those quarters", found.return_on_cost))
        return _section(
            "The money",
            self._money_lead(),
            Table(
                columns=(Column(name="What"), Column(name="How much", align="right", style="full")),
                rows=tuple(rows),
            ),
            *self._not_counted(),
        )

    def _money_lead(self) -> Claim:
        found = self.facts.worth
        if found.return_on_cost is not None:
            return Claim(
                "The return that finance has agreed is {share} ({share:range})",
                share=found.return_on_cost,
            )
        if found.break_even is not None and found.break_even.value is not None:
            return Claim(
                "It pays for itself if it prevents {share} of the loss its work is aimed at; no return is "
                "claimed",
                share=found.break_even,
            )
        return Claim("Whether it pays is not known: cost, or what is at stake, is not recorded")

    def _not_counted(self) -> Iterator[Block]:
        found = self.facts.worth
        rows = [
            (each.benefit, str(each.likely), each.state, each.said)
            for each in (*found.of("rejected"), *found.of("waiting"))
        ]
        if rows:
            yield Table(
                columns=tuple(
                    Column(name=name)
                    for name in ("Not counted", "Claimed", "State", "What finance said")
                ),
                rows=tuple(rows),
            )
        if found.missing:
            yield Table(
                columns=(Column(name="What a return waits for"),),
                rows=tuple((each,) for each in found.missing),
            )

    def others(self) -> Section:
        heard = self.heard
        return _section(
            "What others say",
            self._answers(),
            Statement(
                claims=(
                    Claim(
                        "Received: {received:count}; waiting for an answer: {waiting:count}.",
                        received=count("objections received", heard.received, "objections"),
                        waiting=count("objections waiting", heard.waiting, "objections"),
                    ),
                    Claim(
                        "Who does not object may still not want it: ask each decider alone before the day."
                    ),
                )
            ),
            *self.asked_without_names(),
        )

    def _answers(self) -> Claim:
        """Of those answered in the year: some were received before it, and some of this year's still wait."""
        if not self.heard.answered:
            return Claim("In a year no objection was answered")
        return Claim(
            "In a year {changed:count} of {answered:count} answers to objections changed what we do",
            changed=count("objections that changed something", self.heard.changed, "objections"),
            answered=count("objections answered", self.heard.answered, "objections"),
        )

    def asked_without_names(self) -> Iterator[Block]:
        said = self.facts.pulses
        if said:
            yield from rhythm.pulses_told(said)
        else:
            yield Statement(
                claims=(
                    Claim("In the year before this review nobody was asked without their name."),
                )
            )

    # Seven to nine: what failed, both cases, the options.

    def failed(self) -> Section:
        rows = tuple(self._failures())
        if not rows:
            return _section(
                "What failed",
                Claim("Nothing that failed is in the records"),
                Statement(claims=(Claim("That is unlikely; ask those who were there."),)),
            )
        return _section(
            "What failed",
            self._failed_lead(len(rows)),
            Table(
                columns=tuple(
                    Column(name=name) for name in ("What", "How", "What can be said of it")
                ),
                rows=rows,
            ),
        )

    def _failed_lead(self, failures: int) -> Claim:
        broken = sum(each.state in _NOT_MET for each in self.expected)
        return Claim(
            "Failed, or did not come: {all:count}; of what was expected at the start {broken:count}",
            all=count("failures", failures, "things"),
            broken=count("expectations not met in full", broken, "expectations"),
        )

    def _failures(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.expected:
            if each.state in _NOT_MET:
                yield each.statement, each.outcome.lower(), each.shows
        for found in self.facts.measures:
            if found.standing != "better":
                how = "reads as worse" if found.standing == "worse" else "did not move"
                yield found.measure.name, how, found.because
        for valued in self.facts.worth.of("rejected"):
            yield valued.benefit, "claimed in money, and rejected", valued.said

    def case(self, what: str, points: list[Claim]) -> Section:
        kicker = f"The case for {what}"
        if not points:
            return _section(
                kicker,
                Claim("Nothing in the records speaks for {what}", what=Name(what)),
                Statement(claims=(Claim("Whoever thinks otherwise should be asked why."),)),
            )
        weightiest, *others = points
        if not others:
            return _section(kicker, weightiest, Statement(claims=(_ALONE,)))
        rows = tuple((each,) for each in others)
        return _section(kicker, weightiest, Table(columns=(Column(name="And"),), rows=rows))

    def options(self) -> Section:
        return _section(
            "Options",
            self._options_lead(),
            Table(
                columns=(
                    *(Column(name=name) for name in ("Option", "What follows")),
                    Column(name="Cost a year", align="right", style="full"),
                    Column(name="Who does what"),
                ),
                rows=options(self.viewer, self.facts),
                note="The cost of a smaller office goes by the hours of what it would still do: a reckoning, "
                "and not an offer.",
            ),
        )

    def _options_lead(self) -> Claim:
        cost = self.facts.worth.cost
        if cost is None:
            return Claim("Continue, change, shrink or stop: what follows from each")
        return Claim(
            "To go on as it is costs {cost:full} a year; what follows from each choice", cost=cost
        )

    # Ten and eleven: recommendation, next period.

    def recommended(self) -> Section:
        decision = self.decision
        if decision is None or not decision.recommendation:
            return _section(
                "What we recommend",
                Claim("No recommendation is recorded yet"),
                Statement(claims=(Claim("It is written where the decision is asked for."),)),
            )
        overdue = decision.needed_by if decision.needed_by < self.today else None
        return _section(
            "What we recommend",
            Claim("{words}", words=_words(decision.recommendation)),
            Ask(
                request=Claim("{question}", question=Name(decision.question)),
                recommendation=Claim("{words}", words=_words(decision.recommendation)),
                by=None if overdue else decision.needed_by,
                of=", ".join(str(each) for each in decision.deciders.all()),
            ),
            Statement(claims=(while_undecided(decision.if_not_decided, overdue=overdue),)),
        )

    def next_period(self) -> Section:
        items = scope.scope_items(self.viewer)
        kinds = {"will": "We do", "not_yet": "Not yet", "wont": "We won’t"}
        rows = tuple((kinds[each.kind], each.statement, each.reason) for each in items)
        ahead = [each for each in rhythm.targets(self.viewer) if each.by >= self.today]
        blocks: list[Block] = []
        if rows:
            columns = tuple(Column(name=name) for name in ("", "Scope", "Why"))
            blocks.append(Table(columns=columns, rows=rows[:_NEXT]))
        if ahead:
            blocks.append(
                Table(
                    columns=(
                        Column(name="Target"),
                        Column(name="To", align="right"),
                        Column(name="By", align="right"),
                        Column(name="Owner"),
                    ),
                    rows=tuple(
                        (each.measure, each.target, each.by, each.owner) for each in ahead[:_NEXT]
                    ),
                )
            )
        if not blocks:
            blocks.append(Statement(claims=(Claim("Neither scope nor targets are written down."),)))
        return _section(
            "The next period",
            _next_lead(sum(each.kind == "will" for each in items), len(ahead)),
            *blocks,
        )


def _expected(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[Table]:
    if rows:
        names = ("Expected", "By whom", "What happened", "What shows it")
        yield Table(
            columns=tuple(Column(name=name) for name in names),
            rows=rows,
            note="Each as it was recorded, in its order; none is left out.",
        )


def _aimed(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[Table]:
    if rows:
        yield Table(
            columns=(
                Column(name="Target, and its day"),
                Column(name="Owner"),
                Column(name="Now", align="right"),
                Column(name="Verdict"),
            ),
            rows=rows,
            finding=Claim("What was aimed for since, and where it stands"),
        )


def _next_lead(things: int, targets: int) -> Claim:
    """How much it would do and be held to."""
    if not (things and targets):
        return Claim("If it goes on: what it would do, and be measured by")
    return Claim(
        "If it goes on: {things} it would do, and {targets} to be measured by",
        things=Name(f"{in_words(things)} thing{'s' if things > 1 else ''}"),
        targets=Name(f"{in_words(targets)} target{'s' if targets > 1 else ''}"),
    )


def _section(kicker: str, lead: Claim, *blocks: Block) -> Section:
    return Section(kicker=kicker, lead=lead, blocks=blocks)


def _words(said: str) -> Name:
    """What somebody wrote, as a sentence."""
    return Name(ended(said))
