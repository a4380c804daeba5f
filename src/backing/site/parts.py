"""The parts of the office in the order of the brief, as the navigation names them (S05-a).

A part that is not built yet says so on a page of its own, with the first thing it will do.  When an app
brings its pages, its part names their address here and its sentences go.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    slug: str
    name: str
    question: str  # what a reader of the brief comes here to ask
    first: str  # the first thing it will do
    brief: str  # the sentence of the brief it answers
    address: str = ""  # the name of its own address, once it has pages

    @property
    def app(self) -> str:
        """The label of the app that has its pages."""
        return {"why": "mandate", "keep-it": "rhythm"}.get(self.slug, self.slug)


PARTS = (
    Part(
        "why",
        "Why",
        "Who asked for this office, when, and in what words?",
        "It will keep the words in which the office was asked for, with their date, and put them at "
        "the head of whatever management reads.",
        "The PMO has been commissioned for a reason.",
        address="why",
    ),
    Part(
        "leaders",
        "Leaders",
        "Whose support decides, and what do we know of it?",
        "It will list the leaders to work with, each with what they said or did, when, and what they "
        "were promised; where nothing is known, it will say unknown.",
        "These are the ones to focus your relationship building on since they can dictate your success.",
        address="leaders",
    ),
    Part(
        "benefits",
        "Benefits",
        "What will the office add to the business?",
        "It will draw a line from what the office does, through what the business does differently, "
        "to the goals of the organisation, with an owner at each step.",
        "Draw a line from your intended work and outputs to the business goals and strategy.",
        address="benefits",
    ),
    Part(
        "scope",
        "Scope",
        "What will the office do, and what not?",
        "It will hold what the office will do, will not do and does not do yet, and what it asks of "
        "others, in minutes.",
        "Make it clear what your PMO will – and won’t – do.",
        address="scope",
    ),
    Part(
        "evidence",
        "Evidence",
        "What do past projects say?",
        "It will take the registers and schedules you have, show what it understood, and answer with "
        "figures that open down to file and row.",
        "Take the time to look at the past performance of projects and see what’s gone wrong.",
        address="evidence",
    ),
    Part(
        "sponsor",
        "Sponsor",
        "Who speaks for the office at the top, and what have we given them?",
        "It will say whether a sponsor is assigned or still sought, and give them one number, one win "
        "and at most three asks, on a phone, in five minutes.",
        "Work well with them, keep them updated, and give them wins to share with their colleagues.",
        address="sponsor",
    ),
    Part(
        "keep-it",
        "Keep it",
        "Has it improved, and does anyone remember why?",
        "It will compare projects before and after, say plainly when it cannot tell, and report on the "
        "rhythm agreed with management.",
        "Keep up your communications and regularly report on the improvements you see in projects.",
        address="keep-it",
    ),
    Part(
        "worth",
        "Worth",
        "What does the office cost, and what does it return?",
        "It will count the full cost of the office, the time it asks of others included, and show what "
        "must come true for it to pay; a return only once finance has agreed one.",
        "As your PMO matures, you may be able to start to demonstrate an ROI.",
        address="worth",
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}
