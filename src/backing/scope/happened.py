"""What happened with the charter: each version as it was put before the leaders, and as it came into force."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from backing.people.happenings import Happened
from backing.people.models import Account
from backing.scope.models import Charter


def happened(viewer: Account) -> Iterator[Happened]:
    way = reverse("charter")
    for each in Charter.objects.visible_to(viewer).exclude(proposed_on=None):
        assert each.proposed_on is not None  # asked for
        yield Happened(
            on=each.proposed_on,
            kind="Charter",
            what=f"Version {each.version} was proposed",
            words=each.change_note,
            way=way,
            reached_leaders=True,
        )
        if each.effective is not None:
            yield Happened(
                on=each.effective,
                kind="Charter",
                what=f"Version {each.version} came into force",
                way=way,
            )
