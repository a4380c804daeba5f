"""Hand-overs: the list, one of them, and the message that asks a side for its word."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.outbox.actions import write
from backing.people.access import OFFICE
from backing.people.bearing import address_of
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.models import Organisation
from backing.scope import actions, letters
from backing.scope.forms.handovers import DatesForm, HandOverForm, ItemForm
from backing.scope.models import Activity, HandOver, HandOverItem, HandOverLink, Side
from backing.scope.models.links import LASTS
from backing.scope.public import ChangingHands, hand_overs
from backing.scope.views.finding import editable_or_404, form_page


@require_safe
@open_to_all_accounts
def list_page(request: HttpRequest) -> HttpResponse:
    found = hand_overs(viewer(request), today=timezone.localdate())
    context = {"hand_overs": found, "gaps": [each for each in found if each.gap]}
    return render(request, "scope/hand_overs.html", context)


@open_to(*OFFICE)
def create_hand_over(request: HttpRequest) -> HttpResponse:
    activities = Activity.objects.visible_to(viewer(request)).live()
    form = HandOverForm(request.POST or None, activities=activities)
    if request.method == "POST" and form.is_valid():
        made = actions.begin_hand_over(form.hand_over)
        return redirect("hand-over", made.pk)
    return form_page(
        request, form, title="Put down what goes from one unit to another", back="hand-overs"
    )


@require_safe
@open_to_all_accounts
def hand_over(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    return _page(request, hand_over_id)


@require_POST
@open_to(*OFFICE)
def create_dates(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Other days; both sides are asked anew."""
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    form = DatesForm(request.POST)
    if not form.is_valid():
        return _page(request, hand_over_id, form)
    actions.change_dates(found, **form.cleaned_data)
    messages.success(request, "The days are kept. Ask both sides for their word on them.")
    return redirect("hand-over", hand_over_id)


@require_POST
@open_to(*OFFICE)
def create_ticks(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Lines of the checklist that one side has done, as it told the office."""
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    for side in Side:
        named = request.POST.getlist(side.value)
        keys = [int(pk) for pk in named if pk.isdigit()]
        ticked = HandOverItem.objects.filter(hand_over=found, pk__in=keys)
        actions.tick(found, side=side, items=ticked, on=timezone.localdate())
    messages.success(request, "Kept.")
    return redirect("hand-over", hand_over_id)


@require_POST
@open_to(*OFFICE)
def create_item(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    form = ItemForm(request.POST)
    if form.is_valid():
        HandOverItem.objects.create(
            hand_over=found, item=form.cleaned_data["item"], position=found.items.count()
        )
    return redirect("hand-over", hand_over_id)


@require_POST
@open_to(*OFFICE)
def create_calling_off(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    found.called_off_on = timezone.localdate()
    found.save()
    messages.success(request, f"The hand-over of {found.activity} is called off.")
    return redirect("hand-overs")


@require_POST
@open_to(*OFFICE)
def create_message(request: HttpRequest, hand_over_id: int, side: str) -> HttpResponse:
    """A new link for the head of one side, and the letter that carries it."""
    if side not in Side.values:
        raise Http404
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    unit = found.giver if side == Side.GIVER else found.receiver
    if unit.head is None:
        messages.error(request, f"Nobody is known to head {unit}. Say who does, under Units.")
        return redirect("hand-over", hand_over_id)
    now = timezone.now()
    token = HandOverLink.ask(unit.head, by=viewer(request), now=now, hand_over=found, side=side)
    message = letters.about_a_hand_over(
        found,
        to=unit.head,
        address=address_of(request, "hand-over-word", token),
        office=Organisation.ours().name,
        until=timezone.localdate(now + LASTS),
    )
    letter = write(
        "A hand-over to agree with",
        about=f"hand-over-{found.pk}-{side}",
        subject=message.subject,
        text=message.text,
        to=unit.head,
        by=viewer(request),
        now=now,
    )
    return redirect("letter", letter.pk)


@require_POST
@open_to(*OFFICE)
def create_link_closing(request: HttpRequest, hand_over_id: int, side: str) -> HttpResponse:
    """The link of one side opens no more; what it said stays."""
    found = editable_or_404(request, HandOver.objects.standing(), hand_over_id)
    if not HandOverLink.close(hand_over=found, side=side, now=timezone.now()):
        raise Http404
    messages.success(request, "The link opens no more.")
    return redirect("hand-over", hand_over_id)


def _page(request: HttpRequest, pk: int, form: DatesForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    found = _of(hand_overs(viewer(request), today=today), pk)
    dates = {name: getattr(found, name) for name in DatesForm.base_fields}
    now = timezone.now()
    context = {
        "hand_over": found,
        "this_day": today,
        "form": form or DatesForm(initial=dates),
        "item": ItemForm(),
        "sides": [
            (key, side, bool(HandOverLink.open_to(now=now, hand_over=pk, side=key)))
            for key, side in (("giver", found.giver), ("receiver", found.receiver))
        ],
    }
    return render(request, "scope/hand_over.html", context, status=422 if form else 200)


def _of(found: tuple[ChangingHands, ...], pk: int) -> ChangingHands:
    one = next((each for each in found if each.pk == pk), None)
    if one is None:
        raise Http404
    return one
