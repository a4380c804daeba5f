"""What many rules rest on is fetched once a look: the first that asks fetches it, the others are told.

A look is a moment in which somebody reads and nobody writes: a page that is shown, the rules of a week.

    @once_a_look
    def open_decisions(viewer: Account) -> tuple[OpenDecision, ...]: ...

    with one_look():
        open_decisions(viewer)  # asks the database
        open_decisions(viewer)  # does not

Outside a look every call asks.  What a fact gives must be a value that nobody changes, for all who ask
are given the same one; and it must not be sealed, for each opening of that is logged by itself.  A look
forgets everything when it ends, so nothing has to be taken back when a record is written.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Asked = ParamSpec("Asked")
Fact = TypeVar("Fact")

_seen: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within one look this changes nothing: the outer one goes on."""
    if _seen.get() is not None:
        yield
        return
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def a_page_is_one_look(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whoever only asks for a page writes nothing."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return answer(request)
        with one_look():
            return answer(request)

    return answered


def once_a_look(fact: Callable[Asked, Fact]) -> Callable[Asked, Fact]:
    """This fact is fetched once a look for the same arguments, which must be hashable."""

    @wraps(fact)
    def told(*args: Asked.args, **named: Asked.kwargs) -> Fact:
        seen = _seen.get()
        if seen is None:
            return fact(*args, **named)
        asked = (fact, args, tuple(sorted(named.items())))
        if asked not in seen:
            seen[asked] = fact(*args, **named)
        found: Fact = seen[asked]
        return found

    return told
