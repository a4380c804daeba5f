"""The import in a real browser: clean and fitting at every stage, without JavaScript, and by dropping (X7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from backing.conftest import PATIENCE, Office
from backing.site.tests.browser import WIDTHS, looked_at

PATIENT = PATIENCE * 1000  # milliseconds

REGISTER = "\n".join(
    [
        "Proj No,Title,Dept,Original budget,Final cost,Original end,End,State,Colour",
        *(
            f"PR-{n},Depot {n},Logistics,{n}000,{n}100,0{n}/05/2024,0{n}/06/2024,Closed,blue"
            for n in range(1, 9)
        ),
        ",<b>No number</b>,Wholesale,1000,=1+1,08/05/2024,06/04/2024,Closed,green",
    ]
)


@pytest.fixture(scope="module")
def link(shared_office: Office) -> str:
    return shared_office.serve()


@pytest.fixture
def imports(link: str) -> str:
    return f"{link[: link.index('/enter/')]}/evidence/import/"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "closed-2025.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def look(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands: narrow by night, then wide by day."""
    wrong = []
    for width, light in (("phone", "dark"), ("desk", "light")):
        page.set_viewport_size({"width": WIDTHS[width], "height": 800})
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        wrong += looked_at(page, f"{name}-{width}-{light}")
    return wrong


def test_x7_every_stage_of_an_import_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], imports: str, register: Path
) -> None:
    context = chromium.new_context(storage_state=session, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(imports)
    wrong = look(page, "imports-empty")
    page.get_by_role("button", name="Read these files").click()
    page.get_by_label("Registers, schedules").set_input_files(register)
    page.get_by_role("button", name="Read these files").click()
    page.get_by_role("button", name="Take in 8 rows").wait_for(timeout=PATIENT)
    said = page.inner_text("h1")
    wrong += look(page, "import-understood")
    page.get_by_label("Title is").select_option("key")
    page.get_by_role("button", name="Read again with these").click()
    page.get_by_text("cannot both be").wait_for()
    wrong += look(page, "import-wrong")
    page.get_by_role("link", name="imports").click()
    page.get_by_role("link", name="closed-2025.csv").first.click()
    page.get_by_role("button", name="Take in 8 rows").click()
    page.get_by_text("The figures are there").wait_for(timeout=PATIENT)
    wrong += look(page, "import-in")
    page.get_by_role("link", name="Undo this import").click()
    wrong += look(page, "import-undo")
    page.goto(imports)
    wrong += look(page, "imports")
    context.close()

    assert wrong == []
    assert said.startswith("8 of 9 rows can be taken. One row needs you")


def test_without_javascript_files_are_read_corrected_taken_in_and_undone(
    chromium: Browser, session: dict[str, Any], imports: str, register: Path
) -> None:
    context = chromium.new_context(storage_state=session, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(imports)
    page.get_by_label("Registers, schedules").set_input_files(register)
    page.get_by_role("button", name="Read these files").click()
    until_there(page, "Take in 8 rows")
    page.get_by_label("Dept is").select_option("kind")
    page.get_by_role("button", name="Read again with these").click()
    until_there(page, "Take in 8 rows")
    chosen = page.get_by_label("Dept is").input_value()
    page.get_by_role("button", name="Take in 8 rows").click()
    until_there(page, "The figures are there")
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    until_there(page, "This import was undone")
    context.close()

    assert chosen == "kind"


def until_there(page: Page, text: str) -> None:
    """Follow "Look again" until the page says what is waited for."""
    for _ in range(600):
        if page.get_by_text(text).count():
            return
        page.get_by_role("link", name="Look again").click()
        page.wait_for_timeout(100)
    raise AssertionError(f"{text!r} never came; the page says {page.inner_text('main')!r}")


def test_files_dropped_on_the_page_are_sent_and_the_page_obeys_its_policy(
    chromium: Browser, session: dict[str, Any], imports: str
) -> None:
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(imports)
    held = page.evaluate_handle(
        "text => { const held = new DataTransfer();"
        " held.items.add(new File([text], 'dropped.csv')); return held; }",
        REGISTER,
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": held})
    page.get_by_role("button", name="Take in 8 rows").wait_for(timeout=PATIENT)
    named = page.inner_text(".columns .kicker")
    context.close()

    assert (named.startswith("dropped.csv: 9 columns."), said) == (True, [])


def test_x7_by_keyboard_alone_a_file_is_chosen_put_right_taken_in_and_becomes_figures(
    chromium: Browser, session: dict[str, Any], imports: str, tmp_path: Path
) -> None:
    chosen = tmp_path / "by-hand.csv"
    chosen.write_text(REGISTER.replace("8100,", "see note,"), encoding="utf-8")
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(imports)
    reached(page, 'input[type="file"]')
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(chosen)
    reached(page, ".drop button.main")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take in 8 rows").wait_for(timeout=PATIENT)
    reached(page, ".put-right summary")
    page.keyboard.press("Enter")
    reached(page, ".cell input[name=value]")
    page.keyboard.type("8,100")
    page.keyboard.press("Enter")
    page.locator('button[name="take-back"]:focus').wait_for()
    where = page.url
    reached(page, 'form[action$="/taking/"] button')
    page.keyboard.press("Enter")
    page.get_by_text("The figures are there").wait_for(timeout=PATIENT)
    reached(page, "a.button.main")
    page.keyboard.press("Enter")
    page.locator("h1 a.fig").first.wait_for(timeout=PATIENT)
    finding = page.inner_text("h1")
    context.close()

    assert where.rpartition("/import/")[2].strip("/").isdecimal()  # the cell was put right in place
    assert "cost" in finding


def reached(page: Page, what: str) -> None:
    """Go on with Tab until the focus, and the mark of it, is on what is looked for."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", f"{what} does not show that it has the focus"
            return
    raise AssertionError(f"{what} cannot be reached by keyboard")
