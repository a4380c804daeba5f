"""Coming in, going out, and who else may come in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.outbox.actions import drop, write
from backing.people import actions, letters, provider
from backing.people.access import Role
from backing.people.bearing import address_of, not_kept, of_a_guess, reaches_others
from backing.people.coming_in import after_password, let_in
from backing.people.doors import (
    open_before_the_second_step,
    open_to,
    open_to_strangers,
    viewer,
)
from backing.people.forms import InvitationForm, PasswordForm, SignInForm
from backing.people.models import Account, Authenticator, EntryLink, Organisation

LOOPBACK = ("127.0.0.1", "::1")


@open_to_strangers("who signs in has not signed in yet")
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = request.POST.get("next") or request.GET.get("next") or ""
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        assert form.account is not None
        return after_password(request, form.account, onward=onward, now=timezone.now())
    status = 422 if form.errors else 200
    context = {"form": form, "next": onward}
    if provider.is_configured():
        context["provider"] = settings.BACKING_OIDC_NAME
    return render(request, "people/sign_in.html", context, status=status)


@require_POST
@open_before_the_second_step
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@open_to_strangers("the link is the way in; what does not open gets the page of what never was")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    if not EntryLink.is_signed(token):
        return of_a_guess(request, "people")
    link = EntryLink.objects.carrying(token, now=timezone.now())
    if link is None:
        raise Http404
    if link.purpose == EntryLink.Purpose.INVITATION:
        return _set_first_password(request, link)
    if request.META.get("REMOTE_ADDR") not in LOOPBACK or not link.use(now=timezone.now()):
        raise Http404
    return let_in(request, link.account)


def _set_first_password(request: HttpRequest, link: EntryLink) -> HttpResponse:
    """The link is spent when the password is set, not when a mail program looks at it."""
    form = PasswordForm(request.POST or None, account=link.account)
    if request.method == "POST" and form.is_valid():
        if not link.use(now=timezone.now()):
            raise Http404
        link.account.introduce(**form.cleaned_data)
        return after_password(request, link.account, now=timezone.now())
    status = 422 if form.errors else 200
    return not_kept(
        render(request, "people/first_password.html", {"form": form, "link": link}, status=status)
    )


@open_before_the_second_step
def password(request: HttpRequest) -> HttpResponse:
    account = viewer(request)
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        account.introduce(**form.cleaned_data)
        update_session_auth_hash(request, account)
        messages.success(request, "Your password is set. You sign in with it from now on.")
        return redirect("people" if account.role == Role.PMO_HEAD else "home")
    return render(
        request, "people/password.html", {"form": form}, status=422 if form.errors else 200
    )


@open_to(Role.PMO_HEAD)
@transaction.atomic
def people(request: HttpRequest) -> HttpResponse:
    """Who has an account; and an invitation, once the one who invites has a password."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not viewer(request).has_password:
            raise BadRequest
        account, token = actions.invite(**form.cleaned_data, now=timezone.now())
        return _hand_out(request, account, token)
    accounts = Account.objects.select_related("person").order_by("person__full_name", "pk")
    context = {
        "form": form,
        "accounts": accounts,
        "with_code": set(Authenticator.objects.in_use().values_list("account", flat=True)),
    }
    status = 422 if form.errors else 200
    return render(request, "people/people.html", context, status=status)


@require_POST
@open_to(Role.PMO_HEAD)
@transaction.atomic
def create_link(request: HttpRequest, account_id: int) -> HttpResponse:
    """Another link for somebody, in a letter or to hand over."""
    account = get_object_or_404(Account.objects.filter(is_active=True), pk=account_id)
    if account == viewer(request):
        raise BadRequest
    return _hand_out(request, account, actions.new_link(account, now=timezone.now()))


@require_POST
@open_to(Role.PMO_HEAD)
def create_closing(request: HttpRequest, account_id: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=account_id)
    if account == viewer(request):
        raise BadRequest
    account.close()
    drop(about=letters.INVITATION, to=account.person, own=True)
    messages.success(request, f"{account} can no longer come in.")
    return redirect("people")


def _hand_out(request: HttpRequest, account: Account, token: str) -> HttpResponse:
    """The letter that carries the link, for the eyes of the head alone; or the link itself, to hand over."""
    by, now = viewer(request), timezone.now()
    address = address_of(request, "enter", token)
    if "to_hand_over" in request.POST:
        drop(about=letters.INVITATION, to=account.person, own=True)
        context = {
            "invited": account,
            "address": address,
            "reaches_others": reaches_others(request),
        }
        return not_kept(render(request, "people/link.html", context))
    office = Organisation.ours().name
    letter = write(
        "A way in",
        about=letters.INVITATION,
        subject=letters.subject_of_a_way_in(account, office=office),
        text=letters.with_a_way_in(
            account,
            address=address,
            by=by,
            office=office,
            until=timezone.localdate(now + actions.INVITATION_LASTS),
        ),
        to=account.person,
        address=account.email or "",
        by=by,
        now=now,
        own=True,
    )
    return redirect("letter", letter.pk)
