"""What benefits were worth: noted by the office, validated or rejected by finance alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE, Role
from backing.people.doors import open_to, viewer
from backing.worth import actions
from backing.worth.forms import ApartForm, ValuationForm, WordForm
from backing.worth.models import BenefitValuation, FinanceWord
from backing.worth.standing import standing, valuations
from backing.worth.views.finding import READERS, editable_or_404, form_page


@require_safe
@open_to(*READERS)
def valuation(request: HttpRequest, valuation_id: int) -> HttpResponse:
    """One, with every word that finance said to it."""
    return _valuation(request, valuation_id, WordForm())


@open_to(*OFFICE)
def create_valuation(request: HttpRequest) -> HttpResponse:
    new = BenefitValuation(noted_on=timezone.localdate(), noted_by=viewer(request))
    return _form(request, new, "Say what a benefit was worth")


@open_to(*OFFICE)
def edit_valuation(request: HttpRequest, valuation_id: int) -> HttpResponse:
    found = editable_or_404(request, BenefitValuation.objects.all(), valuation_id)
    return _form(request, found, str(found))


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, valuation_id: int) -> HttpResponse:
    """It counts no more, and stays listed."""
    found = editable_or_404(request, BenefitValuation.objects.all(), valuation_id)
    found.withdrawn_on = timezone.localdate()
    found.save()
    messages.success(request, f"“{found}” is withdrawn. It stays listed.")
    return redirect("worth")


@require_safe
@open_to(Role.FINANCE)
def finance(request: HttpRequest) -> HttpResponse:
    """What waits for the word of finance, and what had it."""
    found = valuations(viewer(request))
    today = timezone.localdate()
    waiting = [each for each in found if each.state == "waiting"]
    context = {
        "waiting": [each for each in waiting if each.last < today],
        "early": [each for each in waiting if each.last >= today],
        "settled": [each for each in found if each.state in ("validated", "rejected")],
        "form": WordForm(),
    }
    return render(request, "worth/finance.html", context)


@require_POST
@open_to(Role.FINANCE)
def create_word(request: HttpRequest, valuation_id: int) -> HttpResponse:
    """Finance says its word; nobody else can."""
    rows = BenefitValuation.objects.visible_to(viewer(request))
    found = get_object_or_404(rows, pk=valuation_id)
    form = WordForm(request.POST)
    if form.is_valid():
        now = timezone.now()
        try:
            said = actions.say(
                found,
                form.cleaned_data["word"],
                reason=form.cleaned_data["reason"],
                by=viewer(request),
                now=now,
                today=timezone.localdate(now),
            )
        except actions.NotForFinance as reason:
            form.add_error("reason", str(reason))
        else:
            messages.success(request, f"“{found}”: {said.get_word_display().lower()}.")
            return redirect("worth-finance")
    return _valuation(request, valuation_id, form)


@require_POST
@open_to(*OFFICE, Role.FINANCE)
def create_kept_apart(request: HttpRequest) -> HttpResponse:
    """Why two valuations do not count the same money."""
    looking = viewer(request)
    form = ApartForm(request.POST)
    seen = BenefitValuation.objects.visible_to(looking)
    if not form.is_valid():
        messages.error(request, "Say in a sentence why they do not count the same money.")
        return redirect("worth")
    one, other = form.cleaned_data["one"], form.cleaned_data["other"]
    if one == other or seen.filter(pk__in=[one.pk, other.pk]).count() != 2:
        raise Http404
    actions.keep_apart(
        one, other, why=form.cleaned_data["why"], by=looking, on=timezone.localdate()
    )
    messages.success(request, "Kept. Both count, and the reason is printed with them.")
    return redirect("worth")


def _valuation(request: HttpRequest, valuation_id: int, form: WordForm) -> HttpResponse:
    looking = viewer(request)
    record = get_object_or_404(BenefitValuation.objects.visible_to(looking), pk=valuation_id)
    found = next(each for each in valuations(looking) if each.pk == record.pk)
    words = FinanceWord.objects.visible_to(looking).filter(valuation=record)
    doubled = standing(looking, today=timezone.localdate()).doubled
    context = {
        "record": record,
        "each": found,
        "words": [
            (word, word.digest == record.digest) for word in words.select_related("by__person")
        ],
        "doubled": [pair for pair in doubled if found.pk in (pair.one.pk, pair.other.pk)],
        "form": form,
        "may_say": looking.role == Role.FINANCE and found.state != "withdrawn",
    }
    status = 422 if form.errors else 200
    return render(request, "worth/valuation.html", context, status=status)


def _form(request: HttpRequest, found: BenefitValuation, title: str) -> HttpResponse:
    form = ValuationForm(request.POST or None, instance=found, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"“{found}” is kept. It counts once finance has validated it.")
        return redirect("worth-valuation", found.pk)
    return form_page(request, form, title=title, back="worth")
