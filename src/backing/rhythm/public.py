"""What other parts of the office may know of the rhythm: the numbers that its rules rest on."""

from __future__ import annotations

from backing.people.advising import Office
from backing.rhythm.models import SetThreshold


def thresholds_as_set() -> Office:
    """The thresholds that somebody has set; of the others the defaults hold."""
    return Office(dict(SetThreshold.objects.values_list("key", "value")))
