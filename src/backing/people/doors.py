"""Every address has a rule that says whom it opens to; one without a rule opens to nobody.

A view wears its rule: `@open_to(*OFFICE)`, or `@open_to_strangers("why")`.  The middleware asks before
the view runs, and a test walks all addresses.  Whom a door does not open to gets the same 404 as for an
address that never was: not even existence leaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from backing.people.access import Role
from backing.people.models import Account

P = ParamSpec("P")
BY_PROVIDER = "by_provider"  # in the session of who was let in by the organisation's own provider
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    roles: frozenset[str]  # of those signed in
    strangers: str = ""  # why anyone may come in without an account; empty: they may not
    comes_first: bool = (
        False  # opens also to who has yet to set up the code that the office asks for
    )

    def admits(self, viewer: Account | AnonymousUser) -> bool:
        if self.strangers:
            return True
        return isinstance(viewer, Account) and viewer.is_active and viewer.role in self.roles


def open_to(*roles: str) -> Callable[[View[P]], View[P]]:
    """This page is for these roles; what they see on it is the gate's business (`visible_to`)."""
    return _ruled(Rule(roles=frozenset(roles)))


def open_to_all_accounts(view: View[P]) -> View[P]:
    """This page is for everyone who has an account."""
    return open_to(*Role.values)(view)


def open_before_the_second_step(view: View[P]) -> View[P]:
    """This page is for everyone who has an account, also while they owe the set-up of a code."""
    return _ruled(Rule(roles=frozenset(Role.values), comes_first=True))(view)


def open_to_strangers(why: str) -> Callable[[View[P]], View[P]]:
    """This page needs no account; `why` is for whoever reads the rules."""
    return _ruled(Rule(roles=frozenset(), strangers=why))


def rule_of(view: Callable[..., object]) -> Rule | None:
    """The rule a view wears, if it wears one."""
    rule: Rule | None = getattr(view, "rule", None)
    return rule


class Doors:
    """Django middleware: asks each view's rule before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        del args, kwargs
        rule = rule_of(view)
        if rule is None or not rule.admits(request.user):
            raise Http404
        if owes_a_code(request) and not rule.strangers and not rule.comes_first:
            return redirect("security")
        return None


def owes_a_code(request: HttpRequest) -> bool:
    """Whether the office asks everyone for a code and the one looking has no app that shows any.

    Who comes by the organisation's own provider owes none: what that asks for is its own matter.
    """
    owes = isinstance(request.user, Account) and request.user.owes_second_step
    return owes and not request.session.get(BY_PROVIDER)


def viewer(request: HttpRequest) -> Account:
    """Who is looking, on a page that opens to accounts only."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def _ruled(rule: Rule) -> Callable[[View[P]], View[P]]:
    def wear(view: View[P]) -> View[P]:
        view.rule = rule  # type: ignore[attr-defined]  # functions carry it; `rule_of` reads it
        return view

    return wear
