"""D4, the brief before a conversation: one page for whoever goes, and one that may be shared.

It is rendered and never kept.  Lists are cut until everything stands on one page; the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from backing.documents.printing import to_print
from backing.leaders.models import Commitment, Leader
from backing.leaders.papers import talk
from backing.leaders.papers.told import Between, Thought
from backing.people.models import Account
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
from boardpaper.limits import overflow
from boardpaper.wording import en, ended

T = TypeVar("T")
MOST_ROWS: Final = 4
NOT_RECORDED: Final = "Reason for commissioning: not recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What the reader goes for.  purpose: one line, may be empty."""

    leader: Leader
    viewer: Account
    now: datetime
    today: date
    purpose: str = ""


def leader_brief(meeting: Meeting) -> Document:
    """For whoever goes: with what is thought of the leader.  Raises backing.people.key.NoKey."""
    between = Between.of(meeting.leader, meeting.viewer)
    thought = Thought.of(meeting.leader, between, meeting.viewer, now=meeting.now)
    return _on_one_page(lambda rows: _Brief(meeting, between, thought, rows).document())


def share_safe_brief(meeting: Meeting) -> Document:
    """For others in the office: nothing of what is thought is opened, so nothing of it is in it."""
    between = Between.of(meeting.leader, meeting.viewer)
    return _on_one_page(lambda rows: _Brief(meeting, between, None, rows).document())


def _on_one_page(compose: Callable[[int], Document]) -> Document:
    """The document with as many rows a list as one page takes."""
    for rows in range(MOST_ROWS, 1, -1):
        document = compose(rows)
        if not list(overflow(document)):
            return document
    return compose(1)


@dataclass(frozen=True, slots=True)
class _Brief:
    meeting: Meeting
    between: Between
    thought: Thought | None
    rows: int

    def document(self) -> Document:
        return to_print(
            code="D4",
            title="Before a conversation"
            if self.thought
            else "Before a conversation, to be shared",
            now=self.meeting.now,
            audience=str(self.meeting.viewer) if self.thought else "the project office",
            sections=tuple(self.sections()),
        )

    def sections(self) -> Iterator[Section]:
        yield self.head()
        yield Section(
            lead=Claim("What they care about")
            if self.between.cares
            else Claim("What they care about is not known yet: ask, do not invent"),
            blocks=tuple(self.cares()),
        )
        yield Section(lead=Claim("Between us"), blocks=tuple(self.promises()))
        yield Section(
            lead=Claim("Changes that touch them") if self.between.changes else Claim("Changes"),
            blocks=tuple(self.positions()),
        )
        yield Section(lead=Claim("In the conversation"), blocks=tuple(self.conversation()))

    def head(self) -> Section:
        person = self.meeting.leader.person
        post = person.job_title or (str(person.org_unit) if person.org_unit else "")
        lead = Claim("{who}, {post}", who=Name(str(person)), post=Name(post)) if post else None
        return Section(
            lead=lead or Claim("{who}", who=Name(str(person))),
            blocks=(
                Statement(claims=tuple(self.purpose()), margin=tuple(self.facts())),
                self.origin(),
            ),
        )

    def purpose(self) -> Iterator[Claim]:
        if self.meeting.purpose:
            yield Claim("{purpose}", purpose=Name(ended(self.meeting.purpose)), klass="PMO")
        elif self.between.decides:
            first = self.between.decides[0]
            yield Claim(
                "They decide by {day}: {question}",
                day=first.needed_by,
                question=Name(first.question),
                klass="PMO",
            )
        elif self.between.met is None:
            yield Claim("A first conversation: to listen, and to propose nothing.", klass="PMO")
        else:
            yield Claim("To hear where things stand for them.", klass="PMO")
        if self.thought and self.thought.heard:
            yield Claim(
                "Last time: {words}", words=Name(ended(self.thought.heard)), klass="RELATIONSHIP"
            )

    def facts(self) -> Iterator[Claim | str]:
        if self.between.met:
            yield Claim("Met {day}", day=self.between.met, klass="PMO")
        else:
            yield "Never spoken with."
        if self.thought and self.between.met:
            every = self.thought.assessed.every
            yield f"A talk every {every} days is agreed, or usual."
        if self.thought and self.thought.listens:
            yield Claim(
                "Listens to {people}",
                people=Name(", ".join(self.thought.listens)),
                klass="RELATIONSHIP",
            )

    def origin(self) -> Block:
        origin = self.between.origin
        if origin is None:
            return Statement(claims=(Claim(NOT_RECORDED),))
        return Quotation(
            words=origin.in_their_words.strip("“”"),
            said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
            on=origin.on,
        )

    def cares(self) -> Iterator[Block]:
        if self.between.cares:
            yield Table(
                columns=(Column(name="In their words"), Column(name="Where from")),
                rows=tuple(
                    (
                        f"“{each.statement.strip('“”')}”",
                        _dated(each.get_source_display(), each.noted_on),
                    )
                    for each in self.cut(self.between.cares)
                ),
                note=self.more(self.between.cares),
            )
        if self.between.projects:
            yield Table(
                columns=(
                    Column(name="Their projects"),
                    Column(name="State"),
                    Column(name="Against the first plan"),
                ),
                rows=tuple(
                    (
                        each.name,
                        each.state,
                        ", ".join(
                            f"{name.lower()} {words}" for name, words in each.against_first.items()
                        )
                        or "not stated",
                    )
                    for each in self.cut(self.between.projects)
                ),
            )

    def promises(self) -> Iterator[Block]:
        """Open ones, ours first."""
        found = [("We, to them", each) for each in self.between.ours]
        found += [("They, to us", each) for each in self.between.theirs]
        if not found:
            yield Statement(claims=(Claim("No promise is open, on either side."),))
            return
        yield Table(
            columns=(Column(name="Promised"), Column(name="What"), Column(name="By")),
            rows=tuple((whose, each.what, self.due(each)) for whose, each in self.cut(found)),
            note=self.more(found),
        )

    def due(self, promise: Commitment) -> Cell:
        late = (self.meeting.today - promise.due).days
        return f"{late} days late" if late > 0 else promise.due

    def positions(self) -> Iterator[Block]:
        thought = self.thought
        if thought:
            yield Statement(claims=tuple(self.standing(thought)))
        if not self.between.changes:
            yield Statement(claims=(Claim("No change is proposed yet."),))
            return
        rows: list[tuple[Cell, ...]] = []
        for change in self.cut(self.between.changes):
            stand = thought.stands.get(change.pk) if thought else None
            stated = self.between.stated.get(change.pk)
            if stand:
                words = f"{stand.evidence} {stand.condition}".strip()
                rows.append((change.title, stand.value, _dated(words, stand.on)))
            elif stated:
                rows.append(
                    (change.title, stated.value, _dated(f"“{stated.in_their_words}”", stated.on))
                )
            else:
                not_asked = "not asked yet" if thought else "nothing for the record"
                rows.append((change.title, not_asked, ""))
        name = "On what evidence" if thought else "For the record"
        yield Table(
            columns=(Column(name="Change"), Column(name="Position"), Column(name=name)),
            rows=tuple(rows),
            note=self.more(self.between.changes),
        )

    def standing(self, thought: Thought) -> Iterator[Claim]:
        stance = thought.stance
        if stance is None or not stance.is_known:
            yield Claim("Where they stand is unknown.", klass="RELATIONSHIP")
            return
        stale = " (stale)" if stance.is_stale(self.meeting.today) else ""
        yield Claim(
            "{level}{stale}, {day}: {evidence}",
            level=Name(str(stance.level.label)),
            stale=Name(stale),
            day=stance.on,
            evidence=Name(ended(stance.evidence or stance.basis.label)),
            klass="RELATIONSHIP",
        )
        if thought.assessed.can_block:
            yield Claim(
                "Can stop: {what}",
                what=Name(ended(thought.assessed.can_block)),
                klass="RELATIONSHIP",
            )

    def conversation(self) -> Iterator[Block]:
        if self.between.met is None:
            if self.thought:
                yield Statement(claims=tuple(talk.opening(self.between, self.thought)))
            yield Table(
                columns=(Column(name="Ask"), Column(name="In their words")),
                rows=tuple((words, "") for words in talk.LISTENING),
            )
        else:
            ask = talk.question(self.between, self.thought)
            opening = talk.opening(self.between, self.thought) if self.thought else ()
            yield Statement(claims=(*opening, Claim("Ask:"), ask))
        if self.between.ask is not None:
            yield Ask(
                request=Claim("{what}.", what=Name(self.between.ask.what.rstrip(".")), klass="PMO"),
                by=self.between.ask.by,
                of=str(self.meeting.leader),
            )
        else:
            yield Statement(claims=(Claim("Ask them for nothing this time."),))
        yield Statement(
            claims=(Claim("Afterwards: thirty seconds on their page, in their words if you can."),)
        )

    def cut(self, found: Sequence[T]) -> Sequence[T]:
        return found[: self.rows]

    def more(self, found: Sequence[object]) -> str:
        return "There are others on their page in the office." if len(found) > self.rows else ""


def _dated(words: str, on: date) -> str:
    return f"{words} ({en.day(on)})"
