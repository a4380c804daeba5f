"""Taking a list of activities in, in one transaction, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from backing.people.models import OrgUnit
from backing.people.models.audited import past_the_guard
from backing.scope.lists.understood import Line, understand
from backing.scope.models import Activity, ActivityList

_AT_ONCE: Final = 500
_CHANGED: Final = ("code", "hours_per_month", "begins", "until")


@dataclass(frozen=True, slots=True)
class Undone:
    """gone: activities that are there no more.  kept: those that something rests on by now."""

    gone: int
    kept: int


@transaction.atomic
def take_in(found: ActivityList, *, now: datetime) -> int:
    """Make of every row that counts an activity; gives how many.  Its cells are not kept any longer.

    A blank cell changes nothing of an activity that is known.
    """
    locked = ActivityList.objects.select_for_update().get(pk=found.pk)
    if locked.taken_at is not None:
        return 0
    lines = understand(locked).counting
    units, new_units = _units(lines)
    known = Activity.objects.in_bulk([line.known for line in lines if line.known])
    was = {pk: _values(each) for pk, each in known.items()}
    on = timezone.localdate(now)
    new, old = [], []
    for line in lines:
        activity = known.get(line.known or 0)
        if activity is None:
            unit = units[line.unit] if line.unit else locked.unit
            activity = Activity(name=line.name, org_unit=unit, noted_on=on)
            new.append(activity)
        else:
            old.append(activity)
        _fill(activity, line)
    past_the_guard(Activity).bulk_create(new, batch_size=_AT_ONCE)
    past_the_guard(Activity).bulk_update(old, list(_CHANGED), batch_size=_AT_ONCE)
    Activity.history.bulk_history_create(new, batch_size=_AT_ONCE, default_user=locked.by)
    Activity.history.bulk_history_create(
        old, batch_size=_AT_ONCE, update=True, default_user=locked.by
    )
    locked.made = {
        "activities": [each.pk for each in new],
        "units": [unit.pk for unit in new_units],
        "changed": [
            {"activity": each.pk, "was": was[each.pk], "is": _values(each)} for each in old
        ],
    }
    locked.taken_at, locked.rows = now, []
    locked.save()
    return len(lines)


@transaction.atomic
def undo(found: ActivityList, *, now: datetime) -> Undone:
    """As it was before, but for what somebody has changed or built on since."""
    locked = ActivityList.objects.select_for_update().get(pk=found.pk)
    if locked.taken_at is None or locked.undone_at is not None:
        return Undone(0, 0)
    for each in locked.made["changed"]:
        _put_back(each)
    kept = 0
    for activity in Activity.objects.filter(pk__in=locked.made["activities"]):
        if _is_in_use(activity):
            kept += 1
        else:
            activity.delete()
    for unit in OrgUnit.objects.filter(pk__in=locked.made["units"]):
        _drop(unit)
    gone = len(locked.made["activities"]) - kept
    locked.undone_at, locked.made = now, {}
    locked.save()
    return Undone(gone=gone, kept=kept)


def throw_away(found: ActivityList) -> None:
    """It was only looked at."""
    ActivityList.objects.filter(pk=found.pk, taken_at=None).delete()


def _fill(activity: Activity, line: Line) -> None:
    activity.code = line.code or activity.code
    activity.hours_per_month = line.hours if line.hours is not None else activity.hours_per_month
    begins, until = line.begins or activity.begins, line.until or activity.until
    if not (begins and until and until < begins):
        activity.begins, activity.until = begins, until


def _units(lines: tuple[Line, ...]) -> tuple[dict[str, OrgUnit], list[OrgUnit]]:
    here = {unit.name.casefold(): unit for unit in OrgUnit.objects.all()}
    new = []
    names = sorted({line.unit for line in lines if line.unit})
    for name in names:
        if name.casefold() not in here:
            here[name.casefold()] = OrgUnit.objects.create(name=name)
            new.append(here[name.casefold()])
    return {name: here[name.casefold()] for name in names}, new


def _values(activity: Activity) -> dict[str, str]:
    """As JSON keeps them; "" for none."""
    found = {name: getattr(activity, name) for name in _CHANGED}
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _put_back(each: Mapping[str, Any]) -> None:
    """What the list changed, where it still is what the list made of it."""
    activity = Activity.objects.filter(pk=each["activity"]).first()
    if activity is None:
        return
    now = _values(activity)
    for name, value in each["was"].items():
        if now[name] == each["is"][name]:
            setattr(activity, name, _as_kept(name, value))
    activity.save()


def _as_kept(name: str, value: str) -> Any:
    if name == "code":
        return value
    if not value:
        return None
    return value if name == "hours_per_month" else date.fromisoformat(value)


def _is_in_use(activity: Activity) -> bool:
    """Whether anything was built on it since: a part, a service, a sentence, a line of sight."""
    for relation in Activity._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.label.rpartition(".")[2].startswith("Historical"):
            continue
        if past_the_guard(model).filter(**{relation.field.name: activity}).exists():
            return True
    return bool(activity.history.filter(history_type="~").exists())


def _drop(unit: OrgUnit) -> None:
    """A unit of the list goes, unless something rests on it."""
    if unit.people.exists() or unit.children.exists():
        return
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        return
