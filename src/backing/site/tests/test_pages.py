"""The frame around every page: headers, navigation, what went wrong, and parts that are still to come."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from backing.people.access import Role
from backing.people.models import Account, Organisation, Person
from backing.site import release, urls
from backing.site.parts import PARTS

pytestmark = pytest.mark.django_db

TEMPLATES = sorted(Path(settings.BASE_DIR).rglob("templates/**/*.html"))


@pytest.fixture
def head() -> Client:
    """A browser in which the head of the office is signed in."""
    cache.clear()
    account = Account.objects.create(
        person=Person.objects.create(full_name="Ana"), role=Role.PMO_HEAD
    )
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def test_s05_the_navigation_is_the_brief(head: Client) -> None:
    page = head.get("/").content.decode()
    navigation = page[page.index("<nav") : page.index("</nav>")]

    names = re.findall(r">([^<>\n]+)</a>", navigation)
    assert names == [
        "This week",
        "Why",
        "Leaders",
        "Benefits",
        "Scope",
        "Evidence",
        "Sponsor",
        "Keep it",
        "Worth",
    ]


@pytest.mark.parametrize(
    "part", [part for part in PARTS if not part.address], ids=lambda part: part.slug
)
def test_a_part_that_is_not_built_says_so_and_what_it_will_do(head: Client, part: object) -> None:
    page = head.get(f"/{part.slug}/").content.decode()  # type: ignore[attr-defined]

    assert "not built yet" in page
    assert part.first.split("’")[0] in page  # type: ignore[attr-defined]
    assert page.count('aria-current="page"') == 1


def test_every_answer_forbids_what_we_did_not_write(head: Client) -> None:
    answers = [
        head.get(to) for to in ("/", "/nowhere/at/all/", "/sign-in/", urls_static("page.css"))
    ]

    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def urls_static(name: str) -> str:
    return f"{settings.STATIC_URL}site/{name}"


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
    )

    assert TEMPLATES
    assert [
        template.name for template in TEMPLATES if inline.search(template.read_text("utf-8"))
    ] == []


def test_no_view_gives_its_page_a_question_for_a_title() -> None:
    """A title says what was found, or the plain act: questions are for the fields below it."""
    views = (path for path in Path(settings.BASE_DIR).rglob("*.py") if path.parent.name == "views")
    lines = [line for path in views for line in path.read_text("utf-8").splitlines()]
    asked = [line for line in lines if re.search(r'"[A-Z][^"]*\?"', line) and "label=" not in line]

    assert len(lines) > 1_000
    assert asked == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(head: Client) -> None:
    head.get("/settings/")
    cookies = {cookie.key.rpartition("-")[2]: cookie for cookie in head.cookies.values()}

    assert set(cookies) == {"session", "csrf"}
    assert cookies["csrf"]["httponly"]
    assert cookies["csrf"]["samesite"] == "Lax"


def test_a_name_that_tries_to_be_script_is_only_a_name(head: Client) -> None:
    organisation = Organisation(pk=1, name="<script>alert(1)</script>")
    organisation.save()

    page = head.get("/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_x8_settings_are_kept_and_can_be_looked_back_on(head: Client) -> None:
    answers = {
        "name": "Aldmoor Group",
        "currency": "gbp",
        "fiscal_year_starts": "4",
        "language": "en",
    }

    assert head.post("/settings/", answers).status_code == 302
    ours = Organisation.ours()
    assert (ours.name, ours.currency, ours.fiscal_year_starts) == ("Aldmoor Group", "GBP", 4)
    assert ours.history.get().history_user.person.full_name == "Ana"


def test_a_wrong_answer_is_named_beside_its_field_and_nothing_is_kept(head: Client) -> None:
    answers = {"name": "Aldmoor", "currency": "pounds", "fiscal_year_starts": "4", "language": "en"}
    answer = head.post("/settings/", answers)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Organisation.objects.exists()


def test_a_form_from_elsewhere_changes_nothing_and_says_what_to_do(head: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = head.cookies
    answer = strict.post("/settings/", {"name": "Elsewhere"})

    assert answer.status_code == 403
    assert b"Open the page afresh" in answer.content


def test_a_name_this_machine_does_not_go_by_is_refused_in_words(head: Client) -> None:
    answer = head.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"Go back and try once more" in answer.content


def test_a_fault_says_what_to_do_and_nothing_of_what_was_written(
    head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError(f"a secret from {request.path}")

    broken.rule = urls.views.home.rule  # type: ignore[attr-defined]
    monkeypatch.setattr(urls, "urlpatterns", [path("broken/", broken), *urls.urlpatterns])
    clear_url_caches()
    answer = head.get("/broken/")
    clear_url_caches()

    assert answer.status_code == 500
    assert b"please report it" in answer.content
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "released today"),
        (0, "released today"),
        (1, "released 1 day ago"),
        (20, "released 2 weeks ago"),
        (400, "released 1 year ago"),
    ],
)
def test_the_footer_says_how_old_the_release_is_and_asks_no_one(days: int, words: str) -> None:
    assert release.age(release.RELEASED + timedelta(days=days)) == words
    assert date(2026, 11, 1) <= release.RELEASED
