"""D2, the charter: twelve sections, each from the records, with what a person wrote where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.utils import timezone

from backing.documents.papers.recorded import Item, Kind
from backing.documents.papers.targets import NO_BASELINE, NO_READING
from backing.documents.papers.will_and_wont import items_table
from backing.mandate import public as mandate
from backing.people.models import Account, Organisation
from backing.rhythm import public as rhythm
from backing.scope import addressable
from backing.scope.charters import WRITTEN, being_written
from backing.scope.models import (
    Activity,
    Charter,
    DataRequest,
    HandOver,
    RaciAssignment,
    ScopeItem,
    Service,
)
from backing.scope.told import parts
from backing.sponsor import public as sponsor
from backing.worth import public as worth
from boardpaper.blocks import (
    Ask,
    Block,
    Column,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended, in_words
from trackrecord.figure import Figure

OBJECTIVES: Final = 5
_ROWS: Final = 8  # of a table: the charter has six pages
# What a person wrote and which section it stands in; the change log is not compared with itself.
CHANGE_LOG: Final = "change-log-and-acknowledgements"


def charter(viewer: Account) -> Document | None:
    """The version that is being written, or the one that stands; None while nobody has begun one."""
    version = being_written() or Charter.objects.visible_to(viewer).current()
    return None if version is None else composed(version, viewer)


def composed(version: Charter, viewer: Account) -> Document:
    """One version, in full."""
    return _document(version, tuple(_Charter(version, viewer).sections()))


def on_one_page(version: Charter, viewer: Account) -> Document:
    """Why, what and what not, and until when: for whoever has a minute."""
    text = _Charter(version, viewer)
    return _document(
        version,
        (
            Section(lead=text.standing, blocks=tuple(text.why())),
            Section(lead=Claim("What we will do, and what not"), blocks=text.items()),
            Section(lead=Claim("Until when"), blocks=tuple(text.review())),
        ),
    )


def _document(version: Charter, sections: tuple[Section, ...]) -> Document:
    organisation = Organisation.ours()
    stamp = "" if version.basis_id else ", proposed"
    return Document(
        code="D2",
        title=f"Charter of the project office, version {version.version}{stamp}",
        organisation=organisation.on_paper,
        invented=organisation.invented,
        edition="",
        audience="Everyone who works with the office",
        sections=sections,
    )


@dataclass(frozen=True)
class _Charter:
    version: Charter
    viewer: Account

    @cached_property
    def origin(self) -> mandate.Origin | None:
        return mandate.origin(self.viewer)

    @property
    def standing(self) -> Claim:
        """What it rests on, as one sentence: the stamp."""
        basis = self.version.basis
        if basis is None or basis.decided_on is None:
            return Claim("Proposed: no decision of management rests under this version yet.")
        return Claim(
            "This charter rests on the decision of {day}: {words}",
            day=basis.decided_on,
            words=Name(ended(basis.outcome)),
        )

    def sections(self) -> Iterator[Section]:
        yield _section("Basis of authority", self.standing, *self.basis())
        yield _section("Why", self.problem(), *self.why())
        yield _section("Purpose and objectives", self.purpose(), *self.objectives())
        yield _section("Will, won’t, not yet", self.scope_lead(), *self.items())
        yield _section(
            "Customers and services",
            self.services_lead(),
            *self.services(),
        )
        yield _section(
            "Decision rights and escalation", self.sponsors(), *self.written("decision_rights")
        )
        yield _section("Responsibilities", self.parts_lead(), *self.parts())
        yield _section("How we engage", self.asked_lead(), *self.asked())
        yield _section("People and cost", self.cost_lead(), *self.written("people"))
        yield _section("Success, failure and review", self.review_lead(), *self.review())
        yield _section(
            "Risks and assumptions",
            Claim("What may go wrong, and what we take for granted"),
            *self.written("risks", "assumptions"),
        )
        yield _section("Change log and acknowledgements", self.log_lead(), *self.log())

    # One to three: basis, why, purpose.

    def basis(self) -> Iterator[Block]:
        basis = self.version.basis
        if basis is None or basis.decided_on is None:
            yield Statement(
                claims=(Claim("Until management has decided, it binds nobody and may change."),)
            )
            return
        who = ", ".join(str(person) for person in basis.deciders.all())
        claims = [Claim("Asked was: {question}", question=Name(ended(basis.question)))]
        if who:
            claims.append(Claim("Decided by {who}.", who=Name(who)))
        if basis.conditions:
            claims.append(Claim("On condition: {what}", what=Name(ended(basis.conditions))))
        yield Statement(claims=tuple(claims))

    def problem(self) -> Claim:
        if self.origin is None:
            return Claim("Reason for commissioning: not recorded.")
        return Claim("{problem}", problem=Name(ended(self.origin.problem)))

    def why(self) -> Iterator[Block]:
        origin = self.origin
        if origin is None:
            yield Statement(claims=(Claim("Who asked for this office is not recorded yet."),))
            return
        yield Quotation(
            words=origin.in_their_words.strip("“”"),
            said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
            on=origin.on,
        )
        if origin.expected_results:
            yield Statement(
                claims=(
                    Claim("What is expected: {what}", what=Name(ended(origin.expected_results))),
                )
            )

    def purpose(self) -> Claim:
        words = self.text("purpose")
        return (
            Claim("{words}", words=Name(ended(words)))
            if words
            else Claim("What the office is for is not written down yet.")
        )

    def objectives(self) -> Iterator[Block]:
        targets = rhythm.targets(self.viewer)[:OBJECTIVES]
        if not targets:
            yield Statement(claims=(Claim("No objective with a measure is set yet."),))
            return
        yield Table(
            columns=(
                Column(name="Objective"),
                Column(name="Owner"),
                Column(name="From", align="right"),
                Column(name="Now", align="right"),
                Column(name="To", align="right"),
                Column(name="By", align="right"),
            ),
            rows=tuple(
                (
                    each.measure,
                    each.owner,
                    _open(each.baseline) or NO_BASELINE,
                    _open(each.now) or NO_READING,
                    _open(each.target),
                    each.by,
                )
                for each in targets
            ),
        )

    # Four and five: scope, services.

    def scope_lead(self) -> Claim:
        gaps = ScopeItem.objects.wont().filter(nobody_instead=True)
        if gaps.exists():
            return Claim(
                "What we will do and what not; some of what we won’t do is done by nobody."
            )
        return Claim("What we will do, what we won’t, and who does that instead")

    def items(self) -> tuple[Block, ...]:
        found = tuple(
            Item(
                kind=_kind(item),
                statement=item.statement,
                reason=item.reason,
                instead=item.instead.name if item.instead else "",
                since=item.from_on,
            )
            for item in ScopeItem.objects.visible_to(self.viewer).select_related("instead")
        )
        if not found:
            return (
                Statement(claims=(Claim("Nothing is said yet of what we will and won’t do."),)),
            )
        return (items_table(found),)

    def services_lead(self) -> Claim:
        count = Service.objects.visible_to(self.viewer).count()
        if not count:
            return Claim("What can be asked of the office is not described yet.")
        many = "services are" if count > 1 else "service is"
        return Claim(
            f"{{count}} {many} there to be asked for.", count=Name(in_words(count).capitalize())
        )

    def services(self) -> Iterator[Block]:
        found = Service.objects.visible_to(self.viewer)[:_ROWS]
        if not found:
            yield Statement(claims=(Claim("No service is described yet."),))
            return
        yield Table(
            columns=(
                Column(name="Service"),
                Column(name="For whom"),
                Column(name="What they gain"),
                Column(name="How to ask for it"),
            ),
            rows=tuple(
                (each.name, each.for_whom, each.benefit, each.how_to_request) for each in found
            ),
        )

    # Six to nine: decision rights, parts, what is asked, cost.

    def sponsors(self) -> Claim:
        now = sponsor.sponsor_now(self.viewer, today=timezone.localdate())
        if not now.names:
            return Claim("No sponsor is named yet, nor a deputy.")
        said = "The sponsor is {names}" if len(now.names) == 1 else "The sponsors are {names}"
        deputy = (
            f"; in their absence {_all(now.deputies)}"
            if now.deputies
            else "; no deputy is named yet"
        )
        return Claim(f"{said}{{deputy}}.", names=Name(_all(now.names)), deputy=Name(deputy))

    def parts_lead(self) -> Claim:
        """For how many activities nobody answers today, counted as the page of who does what counts them."""
        done = parts(self.viewer, on=timezone.localdate())
        if not done:
            return Claim("What the office does is not written down yet.")
        open_ones = sum(not each.accountable for each in done)
        if not open_ones:
            return Claim("Each activity has one who answers for it.")
        many = "activities" if open_ones > 1 else "activity"
        return Claim(f"For {{count}} {many} nobody answers yet.", count=Name(in_words(open_ones)))

    def parts(self) -> Iterator[Block]:
        today = timezone.localdate()
        assigned = RaciAssignment.objects.visible_to(self.viewer).on(today)
        rows: dict[str, dict[str, list[str]]] = {}
        ours = Activity.objects.visible_to(self.viewer).live().ours()
        for each in assigned.filter(activity__in=ours).select_related("activity", "unit", "person"):
            rows.setdefault(each.activity.name, {}).setdefault(each.role, []).append(each.party)
        if rows:
            yield Table(
                columns=tuple(
                    Column(name=name)
                    for name in ("Activity", "Accountable", "Responsible", "Consulted", "Informed")
                ),
                rows=tuple(
                    (name, *(", ".join(parts.get(role, ())) for role in "ARCI"))
                    for name, parts in list(rows.items())[:_ROWS]
                ),
                note="The rest stands in the office’s own list." if len(rows) > _ROWS else "",
            )
        else:
            yield Statement(claims=(Claim("Who answers for what is not written down yet."),))
        going = HandOver.objects.visible_to(self.viewer).standing()
        found = list(going.select_related("activity", "giver", "receiver"))
        if found:
            yield Table(
                columns=(
                    Column(name="What changes hands"),
                    Column(name="From"),
                    Column(name="To"),
                    Column(name="Giver’s last day", align="right"),
                    Column(name="Receiver’s first day", align="right"),
                ),
                rows=tuple(
                    (
                        each.activity.name,
                        each.giver.name,
                        each.receiver.name,
                        each.giving_ends,
                        each.taking_starts,
                    )
                    for each in found[:_ROWS]
                ),
                finding=_changing_hands(found),
            )

    def asked_lead(self) -> Claim:
        """How many things we ask, and of how many nobody can say what for."""
        asked = DataRequest.objects.visible_to(self.viewer).asked_on(timezone.localdate())
        count, idle = asked.count(), asked.filter(decision_it_feeds="").count()
        if not count:
            return Claim("We ask nothing of others regularly.")
        of_you = "We ask {count} things of you" if count > 1 else "We ask {count} thing of you"
        if not idle:
            return Claim(f"{of_you}; each feeds a decision.", count=Name(in_words(count)))
        return Claim(
            f"{of_you}; {{idle}} {'feeds' if idle == 1 else 'feed'} no decision yet.",
            count=Name(in_words(count)),
            idle=Name(in_words(idle)),
        )

    def asked(self) -> Iterator[Block]:
        yield from self.written("engagement")
        found = DataRequest.objects.visible_to(self.viewer).asked_on(timezone.localdate())[:_ROWS]
        if not found:
            return
        yield Table(
            columns=(
                Column(name="What we ask"),
                Column(name="Of whom"),
                Column(name="How often"),
                Column(name="Minutes each", align="right"),
                Column(name="Which decision it feeds"),
                Column(name="What you get back"),
            ),
            rows=tuple(
                (
                    each.what,
                    str(each.to_person or each.get_to_role_display()),
                    each.get_frequency_display(),
                    str(each.minutes_each),
                    each.decision_it_feeds or "none yet",
                    each.gives_back or "nothing yet",
                )
                for each in found
            ),
        )

    def cost_lead(self) -> Claim:
        cost = worth.cost_a_year(self.viewer, today=timezone.localdate()) or self._budget()
        if cost is None:
            return Claim("What the office costs is not recorded yet.")
        return Claim("The office costs {cost} a year.", cost=replace(cost, klass="OPEN"))

    def _budget(self) -> Figure | None:
        origin = self.origin
        if origin is None or origin.budget_minor is None or not origin.currency:
            return None
        return addressable.cost_a_year(origin.budget_minor, origin.currency)

    # Ten to twelve: review, risks, log.

    def review_lead(self) -> Claim:
        return Claim(
            "It is reviewed by {day} at the latest; no is an answer.", day=self.version.review_due
        )

    def review(self) -> Iterator[Block]:
        yield from self.written("success")
        tests = [line.strip() for line in self.text("stop_if").splitlines() if line.strip()]
        yield Statement(
            claims=tuple(Claim("Stop us if {what}", what=Name(ended(each))) for each in tests)
            or (Claim("When we should stop is not written down yet."),)
        )
        yield Ask(
            request=Claim("Continue, change, shrink or stop the office."),
            by=self.version.review_due,
        )

    def log_lead(self) -> Claim:
        note = self.version.change_note
        if not note:
            return Claim(
                "What changed in it is not said."
                if self.version.version > 1
                else "This is the first version."
            )
        return Claim(
            "Version {version}: {note}",
            version=Name(str(self.version.version)),
            note=Name(ended(note)),
        )

    def log(self) -> Iterator[Block]:
        versions = Charter.objects.visible_to(self.viewer).filter(version__lte=self.version.version)
        yield Table(
            columns=(
                Column(name="Version"),
                Column(name="Written", align="right"),
                Column(name="State"),
                Column(name="What changed"),
            ),
            rows=tuple(
                (
                    str(each.version),
                    each.written_on,
                    "agreed" if each.basis_id else "proposed",
                    each.change_note or ("first version" if each.version == 1 else "not said"),
                )
                for each in versions
            ),
        )
        yield Statement(
            claims=(
                Claim(
                    "Each leader is asked to acknowledge this version or to object to it; their answers are "
                    "kept with their day."
                ),
            )
        )

    # What a person wrote.

    def text(self, name: str) -> str:
        return str(self.version.sections.get(name, "")).strip()

    def written(self, *names: str) -> Iterator[Block]:
        """What a person wrote under these names, or that it is not written down yet."""
        for name in names:
            words = self.text(name)
            if not words:
                what = WRITTEN[name][:1].lower() + WRITTEN[name][1:]
                yield Statement(claims=(Claim("Not written down yet: {what}.", what=Name(what)),))
                continue
            for paragraph in words.splitlines():
                if paragraph.strip():
                    yield Statement(claims=(Claim("{words}", words=Name(paragraph.strip())),))


def _section(kicker: str, lead: Claim, *blocks: Block) -> Section:
    return Section(kicker=kicker, lead=lead, blocks=blocks)


def _changing_hands(going: Sequence[HandOver]) -> Claim:
    """How many activities go to others, and how many of them nobody does for some days."""
    count, gaps = len(going), sum(each.gap is not None for each in going)
    change = "{count} activity changes hands" if count == 1 else "{count} activities change hands"
    if not gaps:
        return Claim(f"{change}; no day is left without anybody", count=Name(in_words(count)))
    return Claim(
        f"{change}; {{gaps}} of them with days on which nobody does it",
        count=Name(in_words(count)),
        gaps=Name(in_words(gaps)),
    )


def _kind(item: ScopeItem) -> Kind:
    kinds: dict[str, Kind] = {"will": "will", "wont": "wont", "not_yet": "not_yet"}
    return kinds[item.kind]


def _open(figure: Figure | None) -> Figure | None:
    """The charter is open to all: what the office sets as its objective it publishes."""
    return replace(figure, klass="OPEN") if figure is not None else None


def _all(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
