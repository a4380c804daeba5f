"""What one side of a hand-over sees of its link: dates, checklist, and a yes or a no.  No account, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backing.people.bearing import closed, link_or_answer
from backing.people.doors import open_to_strangers
from backing.people.models import Organisation
from backing.scope import actions
from backing.scope.forms.handovers import AnswerForm
from backing.scope.models import HandOver, HandOverLink, Side

WHY = "the head of a unit may have no account; what does not open gets the page of what never was"


@require_safe
@open_to_strangers(WHY)
def word(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs look before their readers do."""
    found = link_or_answer(request, HandOverLink, token)
    return found if isinstance(found, HttpResponse) else _page(request, token, found)


@csrf_exempt
@require_POST
@open_to_strangers(WHY)
def create_answer(request: HttpRequest, token: str) -> HttpResponse:
    found = link_or_answer(request, HandOverLink, token)
    if isinstance(found, HttpResponse):
        return found
    hand_over = found.hand_over
    if hand_over.called_off_on is not None:
        return _page(request, token, found)
    items = list(hand_over.items.all())
    form = AnswerForm(request.POST, items=[(item.pk, item.item) for item in items])
    if not form.is_valid():
        return _page(request, token, found, form)
    today, now = timezone.localdate(), timezone.now()
    words = "" if form.says_yes else form.cleaned_data["words"]
    to = form.cleaned_data["days"] or hand_over.days_in_a_word
    try:
        actions.answer(found, to=to, yes=form.says_yes, words=words, now=now, on=today)
    except actions.OtherDays:
        return _page(request, token, found, other_days=True)
    ticked = [item for item in items if str(item.pk) in form.cleaned_data["items"]]
    actions.tick(hand_over, side=Side(found.side), items=ticked, on=today)
    return closed(redirect("hand-over-word", token))


def _page(
    request: HttpRequest,
    token: str,
    link: HandOverLink,
    form: AnswerForm | None = None,
    *,
    other_days: bool = False,
) -> HttpResponse:
    hand_over = HandOver.objects.select_related("activity", "giver", "receiver").get(
        pk=link.hand_over_id
    )
    giver = link.side == Side.GIVER
    items = list(hand_over.items.all())
    done = [item.pk for item in items if (item.done_on if giver else item.accepted_on)]
    accepted = hand_over.giver_accepted_on if giver else hand_over.receiver_accepted_on
    said = hand_over.giver_said if giver else hand_over.receiver_said
    initial = {
        "items": [str(pk) for pk in done],
        "words": said,
        "days": hand_over.days_in_a_word,
    }
    context = {
        "token": token,
        "link": link,
        "hand_over": hand_over,
        "this_day": timezone.localdate(),
        "giver": giver,
        "accepted": accepted,
        "said": said,
        "other_days": other_days,
        "form": form or AnswerForm(items=[(i.pk, i.item) for i in items], initial=initial),
        "office": Organisation.ours(),
    }
    answer = render(
        request,
        "scope/hand_over_word.html",
        context,
        status=409 if other_days else 422 if form else 200,
    )
    return closed(answer)
