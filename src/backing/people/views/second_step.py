"""The second step of signing in, and the page where each sets it up for themselves."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from backing.people import actions
from backing.people.access import Role
from backing.people.code_forms import CodeForm, FirstCodeForm
from backing.people.coming_in import let_in, waiting_for_code
from backing.people.doors import (
    open_before_the_second_step,
    open_to,
    open_to_strangers,
    viewer,
)
from backing.people.key import NoKey
from backing.people.models import Account, Authenticator, Organisation
from backing.people.models.authenticators import AuthenticatorQuerySet

UNSEEN = "no-store"


@open_to_strangers("who gave their password is not signed in before the code")
def second_step(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    waiting = waiting_for_code(request, now=now)
    if waiting is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None, authenticator=waiting.authenticator, now=now)
    if request.method == "POST" and form.is_valid():
        return let_in(request, waiting.account, onward=waiting.onward)
    status = 422 if form.errors else 200
    return render(request, "people/second_step.html", {"form": form}, status=status)


@open_before_the_second_step
def security(request: HttpRequest) -> HttpResponse:
    return _security(request, Authenticator.objects.filter(account=viewer(request)).first())


@require_POST
@open_before_the_second_step
def create_authenticator(request: HttpRequest) -> HttpResponse:
    """Begin, or begin again with another secret; nothing is asked for before the first code came."""
    account = viewer(request)
    if not account.has_password or _in_use(account).exists():
        raise BadRequest
    try:
        Authenticator.objects.begin(account, now=timezone.now())
    except NoKey as error:
        messages.error(request, str(error))
    return redirect("security")


@require_POST
@open_before_the_second_step
def create_first_code(request: HttpRequest) -> HttpResponse:
    found = get_object_or_404(Authenticator, account=viewer(request), in_use_since=None)
    form = FirstCodeForm(request.POST, authenticator=found, now=timezone.now())
    if not form.is_valid():
        return _security(request, found, form)
    return _show_once(request, form.recovery_codes)


@require_POST
@open_before_the_second_step
def create_recovery_codes(request: HttpRequest) -> HttpResponse:
    found = get_object_or_404(_in_use(viewer(request)))
    form = CodeForm(request.POST, authenticator=found, now=timezone.now())
    if not form.is_valid():
        return _security(request, found, form)
    return _show_once(request, found.renew_recovery_codes())


@require_POST
@open_before_the_second_step
def create_removal(request: HttpRequest) -> HttpResponse:
    """Their own: for another phone, or for none."""
    found = get_object_or_404(_in_use(viewer(request)))
    form = CodeForm(request.POST, authenticator=found, now=timezone.now())
    if not form.is_valid():
        return _security(request, found, form)
    found.delete()
    messages.success(request, "Your app is taken out of use.")
    return redirect("security")


@require_POST
@open_to(Role.PMO_HEAD)
def create_removal_of(request: HttpRequest, account_id: int) -> HttpResponse:
    """Somebody else's, who lost it: logged, and they sign in with the password alone until they set up another."""
    account, head = get_object_or_404(Account, pk=account_id), viewer(request)
    if account == head:
        raise BadRequest
    removed = actions.remove_authenticator(
        account, by=head, why=actions.LOST_AND_TOLD_THE_HEAD, now=timezone.now()
    )
    if not removed:
        raise BadRequest
    messages.success(request, f"{account} signs in without a code until they set up another app.")
    return redirect("people")


@require_POST
@open_to(Role.PMO_HEAD)
def create_asking_of_everyone(request: HttpRequest) -> HttpResponse:
    """Whoever asks it of everyone does it already, so that nobody shuts the door on themselves."""
    is_asked = request.POST.get("asked") == "1"
    if is_asked and not _in_use(viewer(request)).exists():
        raise BadRequest
    organisation = Organisation.ours()
    organisation.second_step_required = is_asked
    organisation.save()
    said = "Everyone is asked for a code" if is_asked else "A code is each one’s own choice"
    messages.success(request, f"{said} from now on.")
    return redirect("people")


def _security(
    request: HttpRequest, found: Authenticator | None, form: CodeForm | FirstCodeForm | None = None
) -> HttpResponse:
    context: dict[str, object] = {"app": found, "form": form}
    if found is not None and found.in_use_since is not None:
        context["form"] = form or CodeForm(authenticator=found, now=timezone.now())
    elif found is not None:
        context["form"] = form or FirstCodeForm(authenticator=found, now=timezone.now())
        try:
            context |= {"picture": _picture(found), "letters": _in_groups(found.letters())}
        except NoKey as error:
            context["keyless"] = str(error)
    answer = render(
        request, "people/security.html", context, status=422 if form and form.errors else 200
    )
    answer["Cache-Control"] = UNSEEN
    return answer


def _show_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    answer = render(request, "people/recovery_codes.html", {"codes": codes})
    answer["Cache-Control"] = UNSEEN
    return answer


def _in_use(account: Account) -> AuthenticatorQuerySet:
    return Authenticator.objects.filter(account=account).in_use()


def _picture(app: Authenticator) -> SafeString:
    """Black on white by light and dark: cameras read nothing else reliably."""
    name = Organisation.ours().name
    code = segno.make(app.address(f"Backing, {name}" if name else "Backing"), micro=False)
    drawn = code.svg_inline(
        scale=5, border=4, dark="#000", light="#fff", title="QR code for the app"
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here, and holds no text but the title


def _in_groups(letters: str) -> str:
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
