"""Who may see and change what: four classes, seven roles, one gate.

The two tables below are requirements.md 3.11 as it stands there.  "Own" means what a record says it
means: a leader's own area, a project manager's own projects, the one leader a member looks after.
What is not in a table may not be seen.  A model names its class once; every read goes through
`visible_to(viewer)` and every change through `editable_by(viewer)`, so there is no second place in
which to forget the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from backing.people.models import Account

    Viewer: TypeAlias = Account | AnonymousUser

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Role(models.TextChoices):
    PMO_HEAD = "pmo_head", "Head of the PMO"
    PMO_MEMBER = "pmo_member", "Member of the PMO"
    SPONSOR = "sponsor", "Sponsor"
    LEADER = "leader", "Leader"
    PROJECT_MANAGER = "project_manager", "Project manager"
    FINANCE = "finance", "Finance"
    DPO = "dpo", "Data-protection officer"


OFFICE = (Role.PMO_HEAD, Role.PMO_MEMBER)


class Confidentiality(models.TextChoices):
    """From open to strict, in this order."""

    OPEN = "open", "Open to everyone with an account"
    MGMT = "mgmt", "For management"
    PMO = "pmo", "For the project office"
    RELATIONSHIP = "relationship", "About a person"


def strictest(classes: Iterable[Confidentiality]) -> Confidentiality:
    """The class of what was made from all of these; open where it was made from nothing."""
    order = list(Confidentiality)
    return max(classes, key=order.index, default=Confidentiality.OPEN)


class Reach(Enum):
    NONE = "none"
    OWN = "own"
    ALL = "all"


Table = Mapping[Confidentiality, Mapping[str, Reach]]

READS: Table = {
    Confidentiality.OPEN: dict.fromkeys(Role.values, Reach.ALL),
    Confidentiality.MGMT: {
        Role.PMO_HEAD: Reach.ALL,
        Role.PMO_MEMBER: Reach.ALL,
        Role.SPONSOR: Reach.ALL,
        Role.LEADER: Reach.OWN,
        Role.PROJECT_MANAGER: Reach.OWN,
        Role.FINANCE: Reach.ALL,
        Role.DPO: Reach.ALL,
    },
    Confidentiality.PMO: {
        Role.PMO_HEAD: Reach.ALL,
        Role.PMO_MEMBER: Reach.ALL,
        Role.LEADER: Reach.OWN,
        Role.PROJECT_MANAGER: Reach.OWN,
    },
    Confidentiality.RELATIONSHIP: {Role.PMO_HEAD: Reach.ALL, Role.PMO_MEMBER: Reach.OWN},
}

WRITES: Table = {
    Confidentiality.OPEN: dict.fromkeys(OFFICE, Reach.ALL),
    Confidentiality.MGMT: {**dict.fromkeys(OFFICE, Reach.ALL), Role.FINANCE: Reach.OWN},
    Confidentiality.PMO: dict.fromkeys(OFFICE, Reach.ALL),
    Confidentiality.RELATIONSHIP: {Role.PMO_HEAD: Reach.ALL, Role.PMO_MEMBER: Reach.OWN},
}


class Classed(Protocol):
    """A model that has said how confidential it is."""

    confidentiality: ClassVar[Confidentiality]


class GatedQuerySet(models.QuerySet[M_co]):
    """Records behind the gate.  A model that has an "own" says so in `own_to`."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self._within(READS, viewer, self.own_to)

    def editable_by(self, viewer: Viewer) -> Self:
        return self._within(WRITES, viewer, self.editable_as_own_by)

    def own_to(self, viewer: Account) -> Self:
        """What of these is the viewer's own; nothing, unless a model knows better."""
        del viewer
        return self.none()

    def editable_as_own_by(self, viewer: Account) -> Self:
        return self.own_to(viewer)

    def _within(self, table: Table, viewer: Viewer, own: Any) -> Self:
        if isinstance(viewer, AnonymousUser) or not viewer.is_active:
            return self.none()
        classed: type[Classed] = self.model  # type: ignore[assignment]  # held by a test of all models
        reach = table[classed.confidentiality].get(viewer.role, Reach.NONE)
        if reach is Reach.ALL:
            return self.all()
        found: Self = own(viewer) if reach is Reach.OWN else self.none()
        return found
