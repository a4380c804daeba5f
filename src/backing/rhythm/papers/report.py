"""D7, the improvement report: put together from the measures, and never without what got worse.

The studio may move its sections and add to them; the two that say what did not go well cannot be left out
(`documents.drafting.MUST_STAY`), only explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from backing.evidence.models import Edition, MeasureReading
from backing.leaders.models import Commitment
from backing.mandate import public as mandate
from backing.people.access import OFFICE
from backing.people.models import Account, Organisation
from backing.pushback.public import tally
from backing.rhythm import in_figures
from backing.rhythm.models import Report
from backing.rhythm.papers.pulse import pulse_section
from backing.rhythm.periods import current_report
from backing.rhythm.progress import NOT_CLAIMED, Progress, progress
from backing.rhythm.public import UPHELD, Claimed, claimed, effect_of
from backing.rhythm.run_charts import has_enough, run_chart
from boardpaper.blocks import (
    Ask,
    Block,
    ChartBlock,
    Column,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.claim import Claim, Name
from boardpaper.wording import en, ended
from trackrecord.figure import Figure

NOT_BETTER: Final = "What got worse or did not move"
_CHARTS: Final = {Report.Kind.MONTH: 1, Report.Kind.QUARTER: 8}


def improvement_report(viewer: Account) -> Document | None:
    """The report of the current period; None while nothing is measured."""
    return report_of(viewer, current_report(timezone.localdate()))


def report_of(viewer: Account, report: Report) -> Document | None:
    """The report of one period, from what was known at its end."""
    measures = progress(viewer, since=report.first_day, until=report.last_day)
    if not measures:
        return None
    organisation = Organisation.ours()
    edition = Edition.objects.visible_to(viewer).current()
    told = _Told(viewer, report, measures)
    return Document(
        code="D7",
        title=f"Improvement report, {report.get_kind_display().lower()}",
        organisation=organisation.on_paper,
        invented=organisation.invented,
        edition=edition.name if edition else "",
        as_at=report.last_day,
        sections=tuple(told.sections()),
        audience="Management",
    )


@dataclass(frozen=True)
class _Told:
    """What the report says, section by section."""

    viewer: Account
    report: Report
    measures: tuple[Progress, ...]

    @cached_property
    def claims(self) -> tuple[Claimed, ...]:
        return claimed(self.viewer)

    @cached_property
    def stuck(self) -> tuple[Progress, ...]:
        """What is not better, what is worse first."""
        return (*self._of("worse"), *self._of("unmoved"))

    def _of(self, standing: str) -> tuple[Progress, ...]:
        return tuple(each for each in self.measures if each.standing == standing)

    def sections(self) -> Iterator[Section]:
        yield self._in_short()
        yield self._table()
        yield self._not_better()
        yield from self._charts()
        if self.claims:
            yield self._done()
        yield self._promised()
        yield from pulse_section(self.viewer, self.report)
        if self.report.next_steps:
            yield self._next()

    # In short.

    def _in_short(self) -> Section:
        return Section(
            kicker="In short",
            lead=self._headline(),
            blocks=(
                *self._why(),
                Statement(claims=tuple(self._three_sentences())),
                *self._ask(),
            ),
        )

    def _ask(self) -> Iterator[Block]:
        """What the readers are asked stands on the first page, where it is read."""
        if self.report.ask:
            yield Ask(request=Claim("{ask}", ask=_words(self.report.ask)))

    def _headline(self) -> Claim:
        better, worse = len(self._of("better")), len(self._of("worse"))
        counts: dict[str, Any] = {"all": self._count("measures", len(self.measures))}
        said = "Of {all:count} measures none moved the right way by more than chance yet"
        if better:
            said = "{better:count} of {all:count} measures moved the right way by more than chance"
            counts["better"] = self._count("measures_better", better)
        if not worse:
            return Claim(f"{said}; none reads as worse.", **counts)
        counts["worse"] = self._count("measures_worse", worse)
        return Claim(f"{said}; worse than at the baseline: {{worse:count}}.", **counts)

    def _why(self) -> Iterator[Block]:
        origin = mandate.origin(self.viewer)
        if origin is not None:
            yield Quotation(
                words=origin.in_their_words.strip("“”"),
                said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
                on=origin.on,
                context="Why the office exists",
            )

    def _three_sentences(self) -> Iterator[Claim]:
        """The strongest, the one to worry about, and what is open."""
        better, worse = self._of("better"), self._of("worse")
        for each, so in ((better, "It moved the right way"), (worse, "It reads as worse")):
            if each and each[0].baseline is not None and (now := each[0].now_figure):
                one = each[0]
                yield Claim(
                    f"{{measure}} stood at {{before}} and stands at {{now}}. {so}.",
                    measure=Name(one.measure.name),
                    before=in_figures.baseline(one.baseline),  # type: ignore[arg-type]
                    now=now,
                    state="supported",
                )
        early = [each for each in self.claims if each.word == "No evidence yet"]
        dated = sorted((each.claimable_on, each) for each in early if each.claimable_on)
        if early:
            yield Claim(
                "Claims on which it is too early to say: {open:count}.",
                open=self._count("claims_open", len(early), "claims"),
            )
        if dated:
            day, first = dated[0][0], dated[0][1]
            assert day is not None
            yield Claim(
                "The first that could be told is {what}, by about {day}.",
                what=Name(first.measure),
                day=day,
            )

    # The measures, all of them.

    def _table(self) -> Section:
        return Section(
            kicker="Measures",
            lead=self._claimed_lead(),
            blocks=(
                Table(
                    columns=(
                        Column(name="Measure"),
                        Column(name="Baseline", align="right", style="short"),
                        Column(name="Now", align="right", style="short"),
                        Column(name="Verdict"),
                        Column(name="Readings", align="right"),
                    ),
                    rows=tuple(self._row(each) for each in self.measures),
                    note=(
                        "Now is the middle of the last three readings. Only a verdict makes a measure better, "
                        "by more than chance; it is named as worse already when its last readings are. “Not "
                        "claimed”: nobody registered beforehand what was expected of it."
                    ),
                ),
            ),
        )

    def _claimed_lead(self) -> Claim:
        registered = sum(each.word != NOT_CLAIMED for each in self.measures)
        if not registered:
            return Claim("Of no measure was it registered beforehand what to expect")
        return Claim(
            "Of {registered:count} of {all:count} measures it was registered beforehand what to expect",
            registered=self._count("measures_registered", registered),
            all=self._count("measures", len(self.measures)),
        )

    def _row(self, each: Progress) -> tuple[Figure | str, ...]:
        return (
            each.measure.name,
            in_figures.baseline(each.baseline) if each.baseline else "no baseline yet",
            each.now_figure or "not read",
            each.word,
            str(len(each.readings)),
        )

    def _not_better(self) -> Section:
        """All that got worse or did not move: it can be explained, and not left out (S29-c)."""
        worse = len(self._of("worse"))
        if not self.stuck:
            lead = Claim("Nothing got worse, and nothing stood still.", state="judgement")
            return Section(
                kicker=NOT_BETTER,
                lead=lead,
                blocks=(Statement(claims=(Claim("There is no measure to be named here."),)),),
            )
        lead = (
            Claim(
                "Worse or reading worse: {worse:count}; not moved: {unmoved:count}",
                worse=self._count("measures_worse", worse),
                unmoved=self._count("measures_unmoved", len(self.stuck) - worse),
            )
            if worse
            else Claim(
                "Not moved, as far as anybody can tell: {unmoved:count}",
                unmoved=self._count("measures_unmoved", len(self.stuck)),
            )
        )
        rows = tuple(
            (
                each.measure.name,
                "worse" if each.standing == "worse" else "did not move",
                each.because,
                self.report.explanations.get(str(each.measure.pk), "not explained yet"),
            )
            for each in self.stuck
        )
        columns = ("Measure", "How", "What can be said", "Why, as far as we know")
        return Section(
            kicker=NOT_BETTER,
            lead=lead,
            blocks=(
                Table(
                    columns=tuple(Column(name=name) for name in columns),
                    rows=rows,
                    highlight=tuple(range(worse)),
                ),
                *self._taken_back(),
            ),
        )

    def _taken_back(self) -> Iterator[Block]:
        """Readings that were withdrawn since the period began: a bad one may have been among them."""
        withdrawn = MeasureReading.objects.visible_to(self.viewer).filter(
            measure__in=[each.measure for each in self.measures],
            withdrawn_at__date__gte=self.report.first_day,
        )
        found = withdrawn.values_list("measure__name", flat=True)
        if found:
            said = Claim(
                "Readings withdrawn since the period began: {withdrawn:count}, of {names}.",
                withdrawn=self._count("readings_withdrawn", len(found), "readings"),
                names=Name(", ".join(sorted(set(found)))),
            )
            yield Statement(claims=(said,))

    # Pictures, and what was done.

    def _charts(self) -> Iterator[Section]:
        kind = Report.Kind(self.report.kind)
        drawn = (
            (each, run_chart(each.measure, each.readings, each.baseline))
            for each in (*self._of("worse"), *self._of("better"), *self._of("unmoved"))
        )
        enough = [(each, chart) for each, chart in drawn if chart is not None and has_enough(chart)]
        shown = enough[: _CHARTS[kind]]
        if shown:
            yield Section(
                kicker="Run charts: pictures, and not the verdict",
                lead=_moved(shown[0][0]),
                blocks=tuple(ChartBlock(chart=chart) for _, chart in shown),
            )

    def _done(self) -> Section:
        rows = tuple(
            (
                each.what_was_done,
                each.word or "not looked at yet",
                *effect_of(each),
                "; ".join(each.rival_causes) or "none named",
            )
            for each in self.claims
        )
        upheld = sum(each.word in UPHELD for each in self.claims)
        return Section(
            kicker="What we did",
            lead=Claim(
                "Of {all:count} things that were done differently, {upheld:count} can be upheld",
                all=self._count("claims", len(self.claims), "claims"),
                upheld=self._count("claims_upheld", upheld, "claims"),
            ),
            blocks=(
                Table(
                    columns=(
                        Column(name="What is done differently"),
                        Column(name="Verdict"),
                        Column(name="Effect", align="right", style="signed"),
                        Column(name="Range", align="right", style="range"),
                        Column(name="What else may have moved it"),
                    ),
                    rows=rows,
                    note="Each was written down before anybody looked at the data.",
                ),
            ),
        )

    # What was promised and heard.

    def _promised(self) -> Section:
        first, last = self.report.first_day, self.report.last_day
        due = (
            Commitment.objects.visible_to(self.viewer)
            .filter(promised_by__account__role__in=OFFICE, due__gte=first, due__lte=last)
            .exclude(status=Commitment.Status.RENEGOTIATED)
        )
        kept = due.filter(kept_on__lte=F("due")).count()
        heard = tally(self.viewer, first=first, last=last)
        lead = Claim("No promise of ours to a leader fell due")
        if due.exists():
            lead = Claim(
                "{kept:count} of {due:count} promises to leaders that fell due were kept in time",
                kept=self._count("promises_kept", kept, "promises"),
                due=self._count("promises_due", due.count(), "promises"),
            )
        claims = [
            Claim(
                "Objections received: {received:count}; answered: {answered:count}; where something was "
                "changed: {changed:count}; waiting: {waiting:count}.",
                received=self._count("objections_received", heard.received, "objections"),
                answered=self._count("objections_answered", heard.answered, "objections"),
                changed=self._count("objections_changed", heard.changed, "objections"),
                waiting=self._count("objections_waiting", heard.waiting, "objections"),
            ),
        ]
        if self.report.stopped_asking:
            claims.append(
                Claim("We stopped asking for this: {what}", what=_words(self.report.stopped_asking))
            )
        return Section(
            kicker="Promises and objections",
            lead=lead,
            blocks=(Statement(claims=tuple(claims)),),
        )

    def _next(self) -> Section:
        said = Claim("{next}", next=_words(self.report.next_steps))
        return Section(
            kicker="What comes next",
            lead=Claim("What comes next"),
            blocks=(Statement(claims=(said,)),),
        )

    def _count(self, name: str, value: int, unit: str = "measures") -> Figure:
        """A count of the office's own records, at the end of the period."""
        return Figure(
            measure=f"report_{name}",
            version=1,
            definition=f"Counted for this report in the office’s records: {name.replace('_', ' ')}.",
            unit=unit,
            value=value,
            n=value,
            as_at=self.report.last_day,
            basis=f"the office as kept on {en.day(self.report.last_day)}",
        )


def _moved(shown: Progress) -> Claim:
    """What the first picture shows, in words."""
    measure, now = Name(shown.measure.name), shown.now_figure
    if shown.baseline is None or now is None:
        return Claim("{measure}, reading by reading", measure=measure)
    so = {"worse": "it reads as worse", "better": "it moved the right way"}
    return Claim(
        f"{{measure}} went from {{before}} to {{now}}: {so.get(shown.standing, 'it did not move')}",
        measure=measure,
        before=in_figures.baseline(shown.baseline),
        now=now,
    )


def _words(said: str) -> Name:
    """What somebody wrote, as a sentence."""
    return Name(ended(said))


def not_better_in(document: Document) -> Sequence[str]:
    """The measures that a report names as worse or unmoved; what RULE-30 asks of issued ones."""
    for section in document.sections:
        if section.kicker == NOT_BETTER:
            for block in section.blocks:
                if isinstance(block, Table):
                    return [str(row[0]) for row in block.rows]
    return []
