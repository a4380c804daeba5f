"""Journeys 4.4, 4.6, 4.7, 4.8 and 4.10, and the pulse, on a phone: 360 px, a slow line, no JavaScript, and each page light.

Whoever walks counts what they touch, fill in and read.  Minutes are those of an unhurried person: three
seconds a touch, 36 words a minute typed with two thumbs (Palin et al. 2019), 200 read, and what the line takes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from backing.conftest import Office, wait_until


def today() -> str:
    """Asked when it is typed: a run of half an hour may have begun yesterday."""
    return datetime.now(UTC).date().isoformat()


LIGHT = 50_000  # bytes a page may take on a first visit, its styles and headers included
# Of whoever comes by a link, a line as in a cellar; of the head, who walks further, one as on a train.
CELLAR = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
TRAIN = {"offline": False, "latency": 100, "downloadThroughput": 94_000, "uploadThroughput": 31_000}
TOUCH, TYPED, READ = 3.0, 36 / 60, 200 / 60  # seconds a touch; words a second
ASKED = {"question": 22, "suggested": 16}  # words
OBJECTION = "The intake page asks what our own form has already. It costs us an hour a week."


class Hand:
    """Whoever holds the phone.  Every page comes as on a first visit: nothing is in its cache."""

    def __init__(self, context: BrowserContext, speed: dict[str, Any]) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.taps, self.fields, self.seconds = 0, 0, 0.0
        self.weights: dict[str, int] = {}
        self._bytes, self._under_way = 0, 0
        line = context.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.emulateNetworkConditions", speed)
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.loadingFinished", self._came)
        line.on("Network.loadingFailed", self._failed)

    @property
    def minutes(self) -> float:
        return self.seconds / 60

    def open(self, address: str) -> None:
        with self._a_page():
            self.page.goto(address)

    def tap(self, name: str | re.Pattern[str], *, role: Any = "button") -> None:
        """Touch what leads to another page."""
        with self._a_page(), self.page.expect_navigation(wait_until="load"):
            self._named(name, role).click()
        self._touched()

    def touch(self, name: str | Locator, *, role: Any = "radio") -> None:
        """Touch what stays on the page: a choice, or something folded up."""
        (self._named(name, role) if isinstance(name, str) else name).click()
        self._touched()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(words)
        self.fields += 1
        self.seconds += TOUCH + len(words.split()) / TYPED

    def choose(self, label: str, *options: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=list(options))
        self.fields += 1
        self.seconds += TOUCH * (1 + len(options))

    def fits(self) -> bool:
        """Nothing is cut off at the right."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def _named(self, name: str | re.Pattern[str], role: Any) -> Locator:
        return self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first

    def _touched(self) -> None:
        self.taps += 1
        self.seconds += TOUCH

    @contextmanager
    def _a_page(self) -> Iterator[None]:
        """What comes now is one page: weighed, waited for and read."""
        self._bytes, began = 0, time.monotonic()
        yield
        while self._under_way > 0:
            self.page.wait_for_timeout(20)
        self.seconds += time.monotonic() - began
        self.seconds += len(self.page.inner_text("main").split()) / READ
        self.weights[re.sub(r"\d+\.[^/]+", "…", self.page.url.split("/", 3)[3])] = self._bytes
        assert self.fits(), self.page.url

    def _asked(self, event: Any) -> None:
        if before := event.get("redirectResponse"):
            self._bytes += int(before["encodedDataLength"])
        else:
            self._under_way += 1

    def _came(self, event: Any) -> None:
        self._bytes += int(event["encodedDataLength"])
        self._under_way -= 1

    def _failed(self, event: Any) -> None:
        del event
        self._under_way -= 1


@pytest.fixture(scope="module")
def link(shared_office: Office) -> str:
    return shared_office.serve("--demo")


@pytest.fixture(scope="module")
def home(link: str) -> str:
    return link[: link.index("/enter/")]


@pytest.fixture
def hands(chromium: Browser) -> Iterator[Any]:
    """Phones, each new: of somebody with the session given, or of a stranger."""
    contexts = []

    def take(session: Any = None) -> Hand:
        contexts.append(
            chromium.new_context(
                storage_state=session,
                viewport={"width": 360, "height": 740},
                has_touch=True,
                java_script_enabled=False,
            )
        )
        return Hand(contexts[-1], TRAIN if session else CELLAR)

    yield take
    for each in contexts:
        each.close()


@pytest.fixture
def desk(chromium: Browser, session: dict[str, Any]) -> Iterator[Page]:
    """The head of the office at their own machine, who does what the one with the phone waits for."""
    context = chromium.new_context(storage_state=session, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def light(hand: Hand) -> bool:
    """Every page came, and none was too heavy."""
    assert hand.weights
    assert max(hand.weights.values()) < LIGHT, hand.weights
    return min(hand.weights.values()) > 10_000


def link_in_letter(page: Page, way: str) -> str:
    """What the letter on the page would bring to somebody."""
    letter = page.locator("pre")
    expect(letter).to_contain_text(way)
    found = re.search(rf"http\S+{way}\S+", letter.inner_text())
    assert found
    return found[0]


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name).first.click()


def test_j4_4_the_head_tells_a_win_and_reports_what_did_not_move_on_a_phone(
    hands: Any, home: str, session: dict[str, Any]
) -> None:
    """A win from the records to the sponsor's update, then the monthly report (S24-c, S29-b; D5, D6, D7)."""
    hand = hands(session)
    hand.open(f"{home}/sponsor/wins/")
    hand.tap(re.compile("^Take it up"))
    hand.fill("For whom it is better", "Whoever waits for a decision")
    hand.choose("Credit units", "Group IT")
    hand.choose("Whose result it is", "Anton Weir")
    hand.fill("Its owner approved it on", today())
    hand.fill("What the sponsor may say, in eighty words at most", "Anton’s board answers sooner.")
    hand.tap("Keep it")
    hand.tap("Confirm it")
    expect(hand.page.locator("main")).to_contain_text("Confirmed")
    assert (hand.taps, hand.fields) == (3, 5)
    assert hand.minutes < 6

    telling = hands(session)
    telling.open(f"{home}/sponsor/assignments/1/update/")
    telling.fill("The headline", "The board decides on the charter in nine days")
    telling.fill(
        "One thing that goes badly, and what you do about it", "Intake is late. Our fault."
    )
    telling.fill("Ask 1", "Open the item yourself?")
    telling.fill("What you suggest", "Yes, two sentences.")
    telling.fill("By", today())
    telling.tap("Keep it")
    telling.tap("Make the link")
    assert "/sponsor/for/" in link_in_letter(telling.page, "/sponsor/for/")
    assert (telling.taps, telling.fields) == (2, 5)
    assert telling.minutes < 5

    reporting = hands(session)
    reporting.open(f"{home}/keep-it/report/")
    expect(reporting.page.locator("main")).to_contain_text("It stands in the report either way.")
    reporting.fill("What comes next", "The intake page replaces two forms.")
    reporting.tap("Keep it, and read the report")
    expect(reporting.page.locator("main")).to_contain_text("What got worse or did not move")
    assert (reporting.taps, reporting.fields) == (1, 1)
    assert reporting.minutes < 15
    assert all(map(light, (hand, telling, reporting)))


def test_j4_6_the_sponsor_answers_and_passes_a_win_on_within_five_minutes_on_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    desk.goto(f"{home}/sponsor/")
    with desk.expect_navigation(wait_until="load"):
        desk.get_by_role("link", name=re.compile("^Three project managers say the same")).click()
    press(desk, "Make the link")
    hand = hands()
    hand.open(link_in_letter(desk, "/sponsor/for/"))

    main = hand.page.locator("main")
    for part in ("One number", "One win to pass on", "One thing going badly", "Two asks"):
        expect(main).to_contain_text(part)
    screens = hand.page.evaluate("document.documentElement.scrollHeight / 780")
    for ask, answer in enumerate(("Yes", "Talk to me")):
        hand.touch(hand.page.locator("fieldset").nth(ask).get_by_label(answer, exact=True))
    hand.tap("Send my answers")
    expect(main).to_contain_text("You said: yes")
    expect(main).to_contain_text("You said: talk to me")
    hand.touch(hand.page.get_by_text("Read the words and share them"))
    share = hand.page.get_by_role("link", name="Share these words")
    expect(share).to_have_attribute("href", re.compile("^mailto:.*body="))

    hand.tap("I passed it on")
    expect(hand.page.get_by_role("status")).to_contain_text("Passed on. Thank you.")
    assert (hand.taps, hand.fields) == (5, 0)
    assert hand.minutes < 5
    assert screens <= 1.5
    assert light(hand)


def test_j4_6_the_longest_update_there_is_takes_less_than_two_screens_of_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    """Three hundred words, one number, one win, one bad thing, three asks; what is usual takes 1.5 (see above)."""
    desk.goto(f"{home}/sponsor/assignments/1/update/")
    told = {"headline": 20, "number": 38, "bad": 50, "next": 20}  # the win's own words are 56
    asked = {f"{part}_{place}": most for place in (1, 2, 3) for part, most in ASKED.items()}
    for name, count in (told | asked).items():
        desk.locator(f"[name={name}]").fill(words(count))
    for place in (1, 2, 3):
        desk.locator(f"[name=by_{place}]").fill(today())
    desk.get_by_label("One win to pass on").select_option(
        label="A change request is answered sooner than before"
    )
    press(desk, "Keep it")
    press(desk, "Make the link")
    hand = hands()
    hand.page.set_viewport_size({"width": 360, "height": 780})
    hand.open(link_in_letter(desk, "/sponsor/for/"))

    expect(hand.page.locator("main")).to_contain_text("Three asks")
    assert hand.page.evaluate("document.documentElement.scrollHeight / innerHeight") < 2
    hand.touch(hand.page.get_by_text("What comes next"))
    expect(hand.page.get_by_text(words(told["next"])).last).to_be_visible()
    assert light(hand)


def words(count: int) -> str:
    """So many words of ordinary length."""
    once = "the office asks whether every project in Retail and Logistics could have one common date before March"
    said = (once.split() * count)[:count]
    return " ".join(said).capitalize()


def test_j4_7_somebody_objects_in_two_minutes_and_sees_what_changed_because_of_it_on_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    desk.goto(f"{home}/pushback/links/")
    desk.get_by_label("About a change").select_option(label="One intake for new projects")
    press(desk, "Make the link")
    hand = hands()
    hand.open(link_in_letter(desk, "/pushback/say/"))

    expect(hand.page.locator("h1")).to_contain_text("One intake for new projects")
    hand.fill("What is the problem?", OBJECTION)
    hand.tap("Send it")
    expect(hand.page.locator("h1")).to_contain_text("We have it. Answer due")
    follow = hand.page.url
    assert (hand.taps, hand.fields) == (1, 1)
    assert hand.minutes < 2

    answered(desk, home)

    again = hands()
    again.open(follow)
    expect(again.page.locator("h1")).to_contain_text("The intake page takes its place.")
    again.tap("Yes, dealt with")
    expect(again.page.locator("h1")).to_contain_text("Dealt with, you say.")
    assert (again.taps, again.fields) == (1, 0)
    assert again.minutes < 1
    assert light(hand)
    assert light(again)


def test_j4_7_the_head_of_a_unit_corrects_what_a_change_means_there_and_objects_on_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    """What, for which projects, when, what stops, hours, promises; then what changed because of them (S08, S12)."""
    desk.goto(f"{home}/why/changes/")
    with desk.expect_navigation(wait_until="load"):
        desk.get_by_role("link", name="One intake for new projects").first.click()
    change = desk.url
    press(desk, re.compile("^Write to them: Helena Ravensworth"))
    own = link_in_letter(desk, "/pushback/area/")
    hand = hands()
    hand.open(own)

    main = hand.page.locator("main")
    for part in (
        *("Every new project enters by one page", "From", "for you; elsewhere"),
        *("The budget request of two pages", "8 hours to begin with, 3 hours a month"),
        "No new form in the week of month-end.",
    ):
        expect(main).to_contain_text(part)
    reading = hand.minutes
    hand.touch(hand.page.get_by_text("Something is otherwise"))
    hand.fill("What is otherwise?", "Five hours: the close takes the first week.")
    hand.fill("Hours a month (if you know)", "5")
    hand.tap("Correct it")
    expect(main).to_contain_text("An answer is due")
    assert (hand.taps, hand.fields) == (2, 2)
    assert hand.minutes - reading < 2

    objector = hands()
    objector.open(own)
    reading = objector.minutes
    objector.touch(objector.page.get_by_text("I object, have a condition"))
    objector.fill("What is the problem?", "Month-end reporting clashes.")
    objector.fill("You would agree if… (if there is a condition)", "The close is spared.")
    objector.tap("Send it")
    expect(objector.page.locator("h1")).to_contain_text("We have it. Answer due")
    assert (objector.taps, objector.fields) == (2, 2)
    assert objector.minutes - reading < 2

    desk.goto(change)
    desk.get_by_text("Answer", exact=True).first.click()
    desk.get_by_label("Yes, corrected as they say").first.check()
    desk.get_by_label("In your words").first.fill("Yes, we had not counted the close.")
    press(desk, "Send the answer to their page")
    answered(desk, home, "Month-end reporting clashes.", removed="Your own status template.")

    again = hands()
    again.open(own)
    for part in (
        *("You said: “Month-end reporting clashes.”", "Changed: The intake page takes its place."),
        *("Removed: Your own status template.", "Corrected as they say."),
    ):
        expect(again.page.locator("main")).to_contain_text(part)
    expect(again.page.get_by_role("status")).to_contain_text("You looked at it on")
    assert all(map(light, (hand, objector, again)))


def answered(desk: Page, home: str, objection: str = OBJECTION, *, removed: str = "") -> None:
    """The office accepts what was said last."""
    desk.goto(f"{home}/pushback/")
    ways = desk.locator("main a[href^='/pushback/']")
    expect(ways.first).to_be_visible()
    numbers = [
        int(found[1])
        for way in ways.all()
        if (found := re.fullmatch(r"/pushback/(\d+)/", way.get_attribute("href") or ""))
    ]
    desk.goto(f"{home}/pushback/{max(numbers)}/")
    expect(desk.locator("main")).to_contain_text(objection)
    desk.get_by_role("radio").first.check()
    desk.get_by_label("Why", exact=True).fill("You are right.")
    desk.get_by_label("What changes, and from when").fill("The intake page takes its place.")
    desk.get_by_label(re.compile("^What falls away")).fill(removed)
    press(desk, re.compile("^Answer$"))


def test_j4_8_a_project_manager_confirms_a_row_and_objects_within_two_minutes_each_on_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    wait_until(lambda: registers_are_in(desk, home))
    press(desk, re.compile("^Make owner"))
    desk.goto(f"{home}/pushback/pages/")
    press(desk, re.compile("^Write the letter"))
    own = link_in_letter(desk, "/pushback/for/")

    reader = hands()
    reader.open(own)
    main = reader.page.locator("main")
    for part in (
        "minutes a month of you",
        "It has fallen",
        "What is asked of you",
        "Asked no more",
    ):
        expect(main).to_contain_text(part)
    reading = reader.minutes
    reader.tap(re.compile("^Look at "))
    reader.tap("This is right")
    expect(reader.page.locator("h1")).to_contain_text("Thank you")
    assert (reader.taps, reader.fields) == (2, 0)
    assert reader.minutes - reading < 2

    objector = hands()
    objector.open(own)
    reading = objector.minutes
    objector.touch(objector.page.get_by_text("Object to it").first)
    objector.tap("It is of no use")
    expect(objector.page.locator("h1")).to_contain_text("We have it. Answer due")
    assert (objector.taps, objector.fields) == (2, 0)
    assert objector.minutes - reading < 2
    assert reading < 5
    assert light(reader)
    assert light(objector)


def registers_are_in(desk: Page, home: str) -> bool:
    """The worker has read the company's registers, which it begins with."""
    desk.goto(f"{home}/evidence/owners/")
    return desk.get_by_role("button", name=re.compile("^Make owner")).count() > 0


def test_s07_the_pulse_is_answered_in_two_minutes_without_a_name_on_a_phone(
    hands: Any, home: str, desk: Page
) -> None:
    """Two marks, one line, one button; then thanks, and a link that has done its work (3.8)."""
    desk.goto(f"{home}/keep-it/pulses/")
    desk.get_by_label("Project managers asked").fill("5")
    press(desk, "Make the links")
    ways = desk.locator("code.link-to-send")
    expect(ways).to_have_count(5)
    own = ways.first.inner_text()
    hand = hands()
    hand.open(own)

    marks = hand.page.locator("fieldset")
    expect(marks).to_have_count(2)
    for question, mark in enumerate(("4", "2")):
        hand.touch(marks.nth(question).get_by_label(mark, exact=True))
    hand.fill("One thing we should stop (if you like)", "The weekly rating.")
    hand.tap("Send it")
    expect(hand.page.locator("h1")).to_contain_text("Thank you")
    assert (hand.taps, hand.fields) == (3, 1)
    assert hand.minutes < 2
    hand.open(own)
    expect(hand.page.locator("h1")).to_contain_text("this link has done its work")
    assert light(hand)


def test_j4_10_a_new_leader_inherits_no_notes_and_gets_the_pack_from_a_phone(
    hands: Any, home: str, session: dict[str, Any]
) -> None:
    hand = hands(session)
    hand.open(f"{home}/leaders/")
    hand.fill("Names", "Nora Quill")
    hand.tap("Put them on the list")
    row = hand.page.get_by_role("row", name=re.compile("^Nora Quill"))
    expect(row).to_contain_text("unknown")
    hand.tap("Anton Weir", role="link")
    expect(hand.page.locator("main")).to_contain_text("I am asked for the same people")
    hand.tap("Who follows in the post", role="link")
    hand.fill("Who follows", "Nora Quill")
    hand.fill("From", today())
    hand.tap("Note who follows")
    expect(hand.page.locator("main")).to_contain_text("Followed by Nora Quill")

    hand.open(f"{home}/leaders/")
    hand.tap("Nora Quill", role="link")
    expect(hand.page.locator("main")).not_to_contain_text("I am asked for the same people")
    hand.tap("Print a one-page brief", role="link")
    with hand.page.expect_download() as download:
        hand.touch("Print the pack for a new leader", role="button")
    assert download.value.path().read_bytes().startswith(b"%PDF")

    assert (hand.taps, hand.fields) == (7, 3)
    assert light(hand)
