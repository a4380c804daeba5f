"""How a letter is brought to a server, at most once."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from backing.outbox.models.letters import Letter
from backing.people.access import Confidentiality, GatedQuerySet
from backing.site.work import LongWork, LongWorkQuerySet

MAY_HAVE_GONE: Final = "may_have_gone"


class SendingQuerySet(LongWorkQuerySet["Sending"], GatedQuerySet["Sending"]):  # type: ignore[override]
    """Long work behind the gate."""


class Sending(LongWork):
    """One letter on its way.

    let_go_at: from then on the server may have it.  It is written before the first byte of the message
    leaves and never taken back by the worker: one that was killed after it does not send again, and says
    that the letter may or may not have gone.  taken_at: the server said that it has it; said: in which words.
    """

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "sending"

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="sending")
    let_go_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)

    objects = SendingQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *LongWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(taken_at=None) | ~Q(let_go_at=None),
                name="a_server_has_only_what_was_let_go",
            ),
        ]

    @property
    def may_have_gone(self) -> bool:
        return self.error == MAY_HAVE_GONE

    def let_go(self, *, now: datetime) -> bool:
        """Take the one turn there is; False where it was taken before, or somebody said stop."""
        mine = self.this_attempt().to_go_on().filter(let_go_at=None)
        return mine.update(let_go_at=now) == 1

    def not_taken(self) -> None:
        """The server said that it will not have it: nothing has gone, and it may be tried again."""
        type(self).objects.filter(pk=self.pk, taken_at=None).update(let_go_at=None)

    def taken(self, *, said: str, now: datetime) -> None:
        type(self).objects.filter(pk=self.pk).update(taken_at=now, said=said[:200])
