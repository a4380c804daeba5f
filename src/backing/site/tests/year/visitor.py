"""Somebody at a browser without scripts: opens pages, follows links, fills in the forms that stand on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html

HOST: Final = "127.0.0.1"
_LEADS_AWAY: Final = re.compile(r"^/(sign-out|static)/")


class Astray(AssertionError):
    """What a page answered is not what somebody who uses it may expect."""


@dataclass(slots=True)
class Page:
    """A page that came back, as it is read."""

    address: str
    tree: Any

    @classmethod
    def of(cls, address: str, answer: Any) -> Page:
        """What came back for an address, wherever it led."""
        where = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        at = urlsplit(urljoin(address, where))._replace(scheme="", netloc="", fragment="")
        return cls(at.geturl(), html.fromstring(answer.content))

    @property
    def text(self) -> str:
        return " ".join(self.tree.text_content().split())

    @property
    def title(self) -> str:
        """What it says first."""
        return " ".join("".join(self.tree.xpath("//h1[1]//text()")).split())

    def links(self) -> list[str]:
        """Where its links lead within the office, in a settled order."""
        found = {
            urljoin(self.address, each).partition("#")[0] for each in self.tree.xpath("//a/@href")
        }
        return sorted(each for each in found if _is_ours(each))

    def form(self, *, to: str = "", with_field: str = "") -> Any:
        """The first form that is sent there, or that has the field."""
        for form in self.tree.forms:
            sent_to = urljoin(self.address, form.get("action") or self.address)
            is_there = not to or urlsplit(sent_to).path == to
            if is_there and (not with_field or with_field in form.fields):
                return form
        raise Astray(
            f"{self.address} has no form to {to or 'send'} with {with_field or 'fields'}: {self.title}"
        )

    def form_addresses(self) -> list[str]:
        return [
            urlsplit(urljoin(self.address, form.get("action") or self.address)).path
            for form in self.tree.forms
        ]


class Visitor:
    """One person's browser; it keeps its cookies."""

    def __init__(self) -> None:
        self.client = Client(SERVER_NAME=HOST, enforce_csrf_checks=True)

    def open(self, address: str) -> Page:
        """The page there; raises Astray where a link leads to no page."""
        return self._page("GET", address, self.client.get(address, follow=True))

    def status(self, address: str) -> int:
        """How a link answers, whatever stands behind it: a page or a file."""
        return self._settled(self.client.get(address, follow=True))

    def send(
        self, page: Page, /, *, to: str = "", with_field: str = "", press: str = "", **typed: Any
    ) -> Page:
        """Fill in a form of the page and send it; what is not typed stays as the page offered it.

        press: name=value of the button, where it has one.  A field whose name is taken here ends in _.
        Raises Astray where the office refuses.
        """
        typed = {name.rstrip("_"): value for name, value in typed.items()}
        form = page.form(to=to, with_field=with_field or next(iter(typed), ""))
        data = _filled(form, typed)
        if press:
            name, _, value = press.partition("=")
            data[name] = [value]
        address = urljoin(page.address, form.get("action") or page.address)
        return self._page(form.method, address, self._sent(form, address, data))

    def file(self, page: Page, *, to: str) -> bytes:
        """What a form of the page gives as a file."""
        form = page.form(to=to)
        answer = self._sent(form, to, _filled(form, {}))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200 or "html" in answer.headers["Content-Type"]:
            raise Astray(f"{to} gave no file ({answer.status_code}).")
        return bytes(content)

    def _sent(self, form: Any, address: str, data: dict[str, list[str]]) -> Any:
        send = self.client.get if form.method == "GET" else self.client.post
        return send(address, data, follow=True, headers={"Referer": f"http://{HOST}/"})

    @staticmethod
    def _settled(answer: Any) -> int:
        if answer.streaming:
            for _ in answer:
                pass
        answer.close()
        return int(answer.status_code)

    @staticmethod
    def _page(method: str, address: str, answer: Any) -> Page:
        if answer.status_code != 200:
            said = html.fromstring(answer.content or b"<p>nothing</p>")
            wrong = [
                each.text_content().strip()
                for each in said.xpath("//*[contains(@class,'error') or contains(@class,'wrong')]")
            ]
            raise Astray(
                f"{method} {address} answered {answer.status_code}: {'; '.join(wrong) or said.text_content()[:400]}"
            )
        return Page.of(address, answer)


def _filled(form: Any, typed: dict[str, Any]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    for name, value in typed.items():
        if name not in form.fields:
            raise Astray(f"The form to {form.get('action')} has no field {name}.")
        if value is None:
            data.pop(name, None)
        else:
            data[name] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return data


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return (
        parts.netloc in ("", HOST)
        and not parts.scheme.startswith("mail")
        and (parts.path.startswith("/") and not _LEADS_AWAY.match(parts.path))
    )


def choices(form: Any, name: str) -> Iterator[str]:
    """What may be chosen in a field, the empty choice left out."""
    field = form.inputs[name]
    options = getattr(field, "value_options", None) or [each.get("value") for each in field]
    return (option for option in options if option)
