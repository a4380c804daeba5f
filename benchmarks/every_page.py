"""Every page of an office as one role sees it, looked at in Chromium: four ways, and by keyboard.

    BACKING_HOME=... .venv/bin/python benchmarks/every_page.py ADDRESS ROLE

ADDRESS is that of an office which is served, BACKING_HOME its workspace: take the demo's, for the account of
the role signs in past the door.  Goes through one page of each name that has an address of its own or that a link
leads to.  At 1280 and 360 pixels, by day and by night, it asks axe and whether the page is wider than the screen;
once a page, whether the first Tab is on the link that skips to the content, whether Tab comes by every control,
and whether it shows.  Set BACKING_PICTURES to a folder to keep the pictures.  Says what is wrong, and how many
pages were looked at; an address that nobody has said how to try is a fault, too.
"""

# ruff: noqa: E402  # Django is set up before what needs it is taken in

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backing.site.tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop of its own beside us

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Error, Page, sync_playwright

from backing.people.models import Account
from backing.site.tests import grepping
from backing.site.tests.browser import looked_at_all_ways

NOT_ASKED = {"sign-out"}
LINKS = "[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])"
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
# After the first Tab, since only then does a browser draw the focus of what a script focuses.
BY_KEYBOARD = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .flatMap(one => {
    if (one.tabIndex < 0) return ['is not reached by Tab: ' + one.outerHTML.slice(0, 120)];
    const look = () => [one, ...one.querySelectorAll('rect')].map(getComputedStyle)
      .map(has => [has.outlineStyle, has.outlineWidth, has.boxShadow, has.stroke, has.strokeWidth]).join();
    one.blur();
    const before = look();
    one.focus();
    return look() === before ? ['does not show its focus: ' + one.outerHTML.slice(0, 120)] : [];
  })"""


def cookie(role: str) -> str:
    """The session of whoever has the role."""
    account = Account.objects.filter(role=role).order_by("pk").first()
    if account is None:
        raise SystemExit(f"Nobody in this office has the role {role}. Invite somebody first.")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key


def name_of(path: str) -> str:
    """Of an address; each document and each part counts for itself."""
    found = resolve(path.partition("?")[0])
    more = found.kwargs.values() if set(found.kwargs) in ({"code"}, {"slug"}) else ()
    return "-".join([str(found.url_name), *map(str, more)])


def pages(page: Page, office: str) -> Iterator[str]:
    """Goes to one page after the other; gives the name of each that is one."""
    waiting = ["/", *(reverse(name) for name, varies in grepping.addresses() if not varies)]
    seen = set(NOT_ASKED)
    while waiting:
        path = waiting.pop(0)
        try:
            name = name_of(path)
        except Resolver404:
            continue
        if name in seen:
            continue
        page.set_viewport_size({"width": 1280, "height": 800})
        try:
            answer = page.goto(office + path)
        except Error:  # a file is taken instead
            seen.add(name)
            continue
        if answer is None or answer.status >= 500:
            print(f"{name}: does not answer")
        if answer is None or not answer.ok or "html" not in answer.headers.get("content-type", ""):
            continue
        seen.add(name)
        waiting += page.evaluate(LINKS)
        yield name


def by_keyboard(page: Page) -> list[str]:
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    skips = first == "Skip to the content"
    page.evaluate(UNFOLD)
    return [*([] if skips else [f"Tab begins at: {first[:60]}"]), *page.evaluate(BY_KEYBOARD)]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("address")
    asked.add_argument("role")
    given = asked.parse_args()
    count, wrong = 0, [f"{name}: has no rule" for name in grepping.without_a_rule()]
    print("".join(f"{fault}\n" for fault in wrong), end="")
    session = {"name": settings.SESSION_COOKIE_NAME, "value": cookie(given.role)}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True)  # for axe alone
        context.add_cookies([{**session, "url": given.address}])  # type: ignore[list-item]
        page = context.new_page()
        for name in pages(page, given.address):
            count += 1
            found = [f"{name}: {fault}" for fault in by_keyboard(page)]
            found += looked_at_all_ways(page, f"{given.role}-{name}")
            print("\n".join(found) or f"{name}: nothing is wrong", flush=True)
            wrong += found
        browser.close()
    print(f"{count} pages as {given.role}, four ways each: {len(wrong)} faults")


if __name__ == "__main__":
    main()
