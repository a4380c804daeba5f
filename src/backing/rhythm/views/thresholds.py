"""The numbers that rules rest on: what each is, why, and who set another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import Account
from backing.rhythm.actions import set_threshold
from backing.rhythm.forms import ThresholdForm
from backing.rhythm.models import SetThreshold
from backing.rhythm.watched import WATCHED
from backing.rhythm.week import thresholds as known_thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a threshold is set to, why, by whom and on which day."""

    value: float
    why: str
    by: str
    on: date


@open_to(*OFFICE)
def thresholds(request: HttpRequest) -> HttpResponse:
    found = _settings(viewer(request))
    rows = [(each, WATCHED[each.rule], found.get(each.key)) for each in known_thresholds()]
    return render(request, "rhythm/thresholds.html", {"rows": rows, "set": len(found)})


@open_to(*OFFICE)
def threshold(request: HttpRequest, key: str) -> HttpResponse:
    """One threshold, to be set; to its default, and nobody has set it."""
    found = next((each for each in known_thresholds() if each.key == key), None)
    if found is None:
        raise Http404
    setting = _settings(viewer(request)).get(key)
    form = ThresholdForm(
        request.POST or None,
        threshold=found,
        initial={"value": setting.value, "why": setting.why}
        if setting
        else {"value": found.default},
    )
    if request.method == "POST" and form.is_valid():
        set_threshold(found, form.cleaned_data["value"], why=form.cleaned_data["why"])
        messages.success(request, "Set. It holds from now on.")
        return redirect("thresholds")
    context = {"threshold": found, "watched": WATCHED[found.rule], "setting": setting, "form": form}
    return render(request, "rhythm/threshold.html", context, status=422 if form.errors else 200)


def _settings(looking: Account) -> dict[str, Setting]:
    """By key.  Who and when is what the history of the record says of its latest change."""
    held = SetThreshold.objects.visible_to(looking)
    latest = SetThreshold.history.filter(id__in=held.values("pk")).order_by("history_date")
    found = {}
    for one in latest.select_related("history_user__person"):
        by = str(one.history_user) if one.history_user else "the office itself"
        on = timezone.localdate(one.history_date)
        found[one.key] = Setting(value=one.value, why=one.why, by=by, on=on)
    return found
