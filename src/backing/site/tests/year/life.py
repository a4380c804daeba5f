"""What people do in the office in a year: some of it on a date, the rest by chance, all of it by pages.

The only exceptions are the monthly register, which comes by the command as a scheduled task would bring
it, and the leader's account, whose invitation is not what this is about.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.urls import reverse
from lxml import html

from backing.demo import SEED, register_2025, sheet, world
from backing.demo.position import positions
from backing.documents import files
from backing.documents.models import Issue
from backing.evidence.models import Measure
from backing.leaders.models import Commitment, Leader
from backing.mandate.models import MandateDecision
from backing.pushback.actions import FOLLOW_LASTS, SAY_LASTS
from backing.pushback.models import Pushback
from backing.site.tests.year import office
from backing.site.tests.year.cast import SECRET, Cast, buttons, link_in
from backing.site.tests.year.managers import Managers
from backing.site.tests.year.money import Money
from backing.site.tests.year.pulses import Pulses
from backing.site.tests.year.visitor import Astray
from backing.site.tests.year.wins import Wins
from backing.site.verbs import bring_in
from backing.sponsor.models import SponsorAssignment, SponsorUpdate, Win

_OBJECTIONS: Final = (
    ("Another form for what the register already says.", "Read it from the register."),
    ("The stage check costs me two days before each board.", "Check the large ones only."),
    ("Nobody told us why the dates must be given twice.", "Say what each date is for."),
    ("We do this in our own unit already.", "Let us show what we have."),
)
_CAUSES: Final = ("lack_of_time", "lack_of_awareness", "duplicate_of_existing", "status_quo")
_SAID: Final = (
    "Wants the dates before the board meets",
    "Asks what the office stops doing",
    "Would rather see fewer reports",
    "Says the stage check helped twice",
)


class Year:
    """The people, their browsers, and what has happened so far."""

    def __init__(self, folder: Path, cast: Cast, *, begins: date) -> None:
        self.folder, self.cast, self.begins = folder, cast, begins
        self.head, self.stranger, self.chance = cast.head, cast.stranger, cast.chance
        self.managers, self.money = Managers(cast), Money(cast)
        self.pulses, self.wins = Pulses(cast), Wins(cast)
        self.month = begins.month
        self.objecting, self.objecting_until = (
            "",
            begins,
        )  # where anyone affected says what is wrong
        # By pushback: where whoever raised it looks, and until when that opens.
        self.followed: dict[int, tuple[str, date]] = {}
        self.given: list[str] = []  # links that were sent
        self.done: dict[str, int] = {}
        self.wrong: list[str] = []  # what went wrong on this day
        self._projects = world.projects(SEED)

    def day(self, today: date) -> list[str]:
        """All that happens on one day; gives what went wrong, after which the rest of the day goes on."""
        self.wrong = []
        self.cast.sign_in()
        if today.month != self.month:
            self.month = today.month
            self.month_begins(today)
        if today.weekday() < 5:
            self.weekday(today)
        return self.wrong + office.do_what_waits()

    def look(self, today: date) -> list[str]:
        """What the acts themselves promise, each day: what counts, what is told, what is shown."""
        return [*self.money.look(), *self.wins.look(), *self.pulses.look(today)]

    def weekday(self, today: date) -> None:
        for odds, act in (
            (0.35, self.talk),
            (0.5, self.see_to_promises),
            (0.07, self.object_to_something),
            (0.6, self.answer_objections),
            (0.4, self.follow_objections),
            (0.05, self.wins.take_up_a_win),
            (0.1, self.wins.ask_about_a_win),
            (0.1, self.wins.pass_on_a_win),
            (0.35, self.managers.write_to_a_manager),
            (0.5, self.managers.confirm_a_row),
            (0.1, self.managers.say_of_what_is_asked),
            (0.06, self.money.note_a_valuation),
            (0.1, self.money.finance_says),
            (0.9, self.pulses.answer_a_pulse),
            (1.0, self.decide_what_is_due),
            (0.08, self.tell_the_sponsor),
            (0.3, self.sponsor_answers),
            (0.03, self.set_aside_a_request),
        ):
            if self.chance.random() < odds:
                self.did(act, today)

    def month_begins(self, today: date) -> None:
        """The dated things: figures, readings, the report, a change of sponsor, the review."""
        self.did(self.register_comes, today)
        self.did(self.readings, today)
        month = (today.year - self.begins.year) * 12 + today.month - self.begins.month
        if month % 3 == 1:
            self.did(self.pulses.open_a_pulse, today)
        if month % 3 == 0:
            self.did(self.report, today)
        if month == 7:
            self.did(self.sponsor_changes, today)
        if month == 11:
            self.did(self.mandate_review, today)

    def did(self, act: Callable[[date], bool], today: date) -> None:
        try:
            done = act(today)
        except Astray as astray:
            self.wrong.append(f"{act.__name__}: {astray}")
            done = False
        self.done[act.__name__] = self.done.get(act.__name__, 0) + bool(done)

    # Conversations and promises.

    def talk(self, today: date) -> bool:
        """Thirty seconds after a conversation; now and then something is promised in it."""
        leader = self.chance.choice(list(Leader.objects.filter(person__in_post_to=None)))
        promise: dict[str, Any] = {}
        if self.chance.random() < 0.4:
            due = today + timedelta(days=self.chance.randint(3, 21))
            what = f"The list of dates, asked for on {today}"
            promise = {"promise": what, "due": due, "whose": self.chance.choice(["ours", "theirs"])}
        page = self.head.open(reverse("leader", args=[leader.pk]))
        self.head.send(
            page,
            to=reverse("create-contact", args=[leader.pk]),
            kind=self.chance.choice(["one_to_one", "meeting", "message"]),
            said=f"{self.chance.choice(_SAID)}; {SECRET}",
            **promise,
        )
        return True

    def see_to_promises(self, today: date) -> bool:
        due = Commitment.objects.filter(status=Commitment.Status.OPEN, due__lte=today)
        found = due.order_by("due", "pk").first()
        if found is None:
            return False
        page = self.head.open(reverse("promise-outcome", args=[found.pk]))
        self.head.send(page, with_field="outcome", outcome=self.chance.choice(["kept", "broken"]))
        return True

    # Pushback.

    def object_to_something(self, today: date) -> bool:
        """By the link that everybody has, without an account, in confidence half of the time.

        A new one is sent round before the one that they have opens no more.
        """
        if today >= self.objecting_until or self.chance.random() < 0.1:
            page = self.head.open(reverse("pushback-links"))
            letter = self.head.send(page, with_field="about", about=f"What we ask in {today:%B %Y}")
            self.objecting = link_in(letter)
            self.objecting_until = today + SAY_LASTS
        text, instead = self.chance.choice(_OBJECTIONS)
        before = set(Pushback.objects.values_list("pk", flat=True))
        said = self.stranger.send(
            self.stranger.open(self.objecting),
            with_field="text",
            text=text,
            instead=instead,
            in_confidence="on" if self.chance.random() < 0.5 else None,
        )
        (raised,) = set(Pushback.objects.values_list("pk", flat=True)) - before
        self.followed[raised] = said.address, today + FOLLOW_LASTS
        return True

    def answer_objections(self, today: date) -> bool:
        waiting = Pushback.objects.filter(responses=None).order_by("pk").first()
        if waiting is None:
            return False
        page = self.head.open(reverse("pushback", args=[waiting.pk]))
        if not waiting.cause:
            to = reverse("pushback-cause", args=[waiting.pk])
            page = self.head.send(page, to=to, cause=self.chance.choice(_CAUSES))
        self.head.send(
            page,
            to=reverse("pushback-answer", args=[waiting.pk]),
            kind=self.chance.choice(["accept_change", "partly"]),
            text="You are right about the part that the register holds.",
            what_changes="From next month it is read from the register.",
        )
        return True

    def follow_objections(self, today: date) -> bool:
        """Whoever raised it looks, and says once whether the answer deals with it."""
        for raised, (address, until) in list(self.followed.items()):
            if today >= until:
                del self.followed[raised]
                continue
            page = self.stranger.open(address)
            if reverse("said-view", args=[address.split("/")[-2]]) in page.form_addresses():
                self.stranger.send(page, with_field="words", press="view=resolved")
                del self.followed[raised]
                return True
        return False

    # The sponsor.

    def assignment(self) -> SponsorAssignment | None:
        return SponsorAssignment.objects.filter(until=None).order_by("-since", "-pk").first()

    def tell_the_sponsor(self, today: date) -> bool:
        assignment = self.assignment()
        if assignment is None:
            return False
        page = self.head.open(reverse("create-sponsor-update", args=[assignment.pk]))
        page = self.head.send(
            page,
            with_field="headline",
            headline=f"Where we stand in {today:%B %Y}",
            bad="Two units answer late; we speak with both next week.",
            next="The stage checks open in Retail.",
            question_1="May we take the two late answers to the board?",
            suggested_1="Yes, with both names left out.",
            by_1=today + timedelta(days=10),
        )
        letter = self.head.send(page, to=f"{page.address}link/")
        self.given.append(link_in(letter))
        return True

    def sponsor_answers(self, today: date) -> bool:
        if not self.given or self.stranger.status(self.given[-1]) != 200:
            return False
        page = self.stranger.open(self.given[-1])
        asks = [each.partition("=")[0] for each in buttons(page, "ask-")]
        if not asks:
            return False
        self.stranger.send(
            page,
            to=f"{page.address}answers/",
            press=f"{asks[0]}={self.chance.choice(['yes', 'talk'])}",
        )
        return True

    def sponsor_changes(self, today: date) -> bool:
        """The sponsor leaves the post; a successor is named, and asked to carry the office."""
        leaving = self.assignment()
        assert leaving is not None
        page = self.head.open(reverse("person", args=[leaving.person_id]))
        follows = (
            Leader.objects.exclude(person=leaving.person)
            .filter(person__in_post_to=None)
            .order_by("pk")[1]
            .person
        )
        form = page.form(to=reverse("person-successor", args=[leaving.person_id]))
        form.fields["to"], form.fields["on"] = str(follows), str(today)
        self.head.send(page, with_field="on")
        page = self.head.open(reverse("create-sponsor"))
        self.head.send(
            page,
            with_field="origin",
            person=follows.pk,
            origin="assigned",
            since=today,
            span=[str(unit.pk) for unit in leaving.span.all()],
            personal_success="Fewer surprises at the board",
        )
        return True

    def set_aside_a_request(self, today: date) -> bool:
        assignment = self.assignment()
        if assignment is None:
            return False
        page = self.head.open(reverse("create-override"))
        self.head.send(
            page,
            with_field="reason",
            request="The second status report of the month",
            waived_by=assignment.person_id,
            on=today,
            reason="The quarter ends, and one report says the same.",
        )
        return True

    # Once a month.

    def register_comes(self, today: date) -> bool:
        path = self._written(today.replace(day=1) - timedelta(days=1))
        wanted = argparse.Namespace(files=[path], mapping=None, dry_run=False)
        if bring_in.run(wanted) != 0:
            raise Astray(f"{path.name} was not imported.")
        return True

    def _written(self, as_at: date) -> Path:
        """The register as the company's own tool exports it on a day."""
        held = positions(self._projects, as_at=as_at, archived_before=register_2025.ARCHIVED_BEFORE)
        return sheet.write(
            sheet.Register(
                titles=("Aldmoor Group (invented company) – Project register", f"As at {as_at}"),
                name="Projects",
                as_at=as_at,
                columns=register_2025.COLUMNS,
                rows=[[column.cell(one) for column in register_2025.COLUMNS] for one in held],
                totals={},
                notes=("This company, its people and its projects are invented.",),
            ),
            self.folder / f"register-{as_at}.xlsx",
        )

    def readings(self, today: date) -> bool:
        """Each measure of the office is read, as far as it is read by hand."""
        read = False
        for measure in Measure.objects.order_by("pk"):
            page = self.head.open(reverse("measure", args=[measure.pk]))
            to = reverse("create-reading", args=[measure.pk])
            if to not in page.form_addresses():
                continue
            last = measure.readings.order_by("-at", "-pk").first()
            value = float(last.value) if last else 20.0
            at = today - timedelta(days=1)
            self.head.send(
                page, to=to, at=at, value=round(value * self.chance.uniform(0.93, 1.03), 2)
            )
            read = True
        return read

    def report(self, today: date) -> bool:
        """The quarter's report: what somebody adds, then issued."""
        page = self.head.open(reverse("report"))
        explained = {
            name: "One quarter says little; the next reading is due in a month."
            for name in page.form(with_field="kind").fields
            if name.startswith("why_")
        }
        page = self.head.send(
            page,
            with_field="kind",
            kind="quarter",
            first_day=_months_before(today, 3),
            last_day=today.replace(day=1) - timedelta(days=1),
            stopped_asking="The second status report.",
            next_steps="The stage checks open in Retail.",
            ask="Say who decides on late answers.",
            **explained,
        )
        return self.issue("D7")

    def issue(self, code: str) -> bool:
        before = Issue.objects.filter(code=code).count()
        page = self.head.open(reverse("studio", args=[code]))
        self.head.send(page, to=reverse("create-issue", args=[code]))
        office.do_what_waits()
        last = Issue.objects.filter(code=code).order_by("-number").first()
        if last is None or last.state != Issue.State.DONE:
            raise Astray(f"{code} was not issued: {last and last.error}")
        return Issue.objects.filter(code=code).count() > before

    def mandate_review(self, today: date) -> bool:
        """Whether the office should go on is put to those who decide; the review is issued for it."""
        page = self.head.open(reverse("create-decision"))
        deciders = [str(each.person) for each in Leader.objects.order_by("pk")[:2]]
        self.head.send(
            page,
            with_field="question",
            kind="renewal",
            question="Should the office go on for another year?",
            options="Go on as it is\nGo on with less\nStop",
            recommendation="Go on with less.",
            if_not_decided="The office ends with its budget.",
            deciders=", ".join(deciders),
            needed_by=today + timedelta(days=45),
        )
        return self.issue("D8")

    def decide_what_is_due(self, today: date) -> bool:
        """Management decides on the day by which it was asked to; before that on the mandate, the review is issued."""
        due = MandateDecision.objects.filter(decided_on=None, needed_by__lte=today)
        found = due.order_by("needed_by", "pk").first()
        if found is None:
            return False
        if found.kind in (MandateDecision.Kind.MANDATE, MandateDecision.Kind.RENEWAL):
            self.issue("D8")
        page = self.head.open(reverse("decision-outcome", args=[found.pk]))
        self.head.send(page, outcome=self.chance.choice(found.options), on=today)
        return True

    def papers(self, today: date) -> list[str]:
        """What is put on the table at the end: the case, the report, the review, the update, a win."""
        self.cast.sign_in()
        self.tell_the_sponsor(today)
        to = self.folder.parent / "papers"
        to.mkdir(exist_ok=True)
        for code in ("D1", "D7", "D8"):
            self.issue(code)
            last = Issue.objects.filter(code=code).latest("number")
            for file in last.files.all():
                (to / f"{code}.{file.kind}").write_bytes(files.kept(file.stored_as, file.digest))
        update = SponsorUpdate.objects.latest("pk")
        page = self.head.open(reverse("sponsor-update", args=[update.pk]))
        (to / "D5.html").write_bytes(html.tostring(page.tree))
        told = Win.objects.filter(status__in=[Win.Status.CONFIRMED, Win.Status.SHARED])
        page = self.head.open(reverse("win", args=[told.latest("confirmed_on").pk]))
        for address in page.form_addresses():
            if "/pack/" in address:
                kind = address.rstrip("/").rpartition("/")[2]
                (to / f"D6.{kind}").write_bytes(self.head.file(page, to=address))
        return sorted(each.name for each in to.iterdir())


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
