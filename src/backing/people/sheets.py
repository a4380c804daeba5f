"""What of this app stands in the workbook: the organisation, its units and people, and what is owed to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import models

from backing.people.models import (
    AccessLog,
    AccessRequest,
    Account,
    Authenticator,
    EntryLink,
    Erasure,
    LegitimateInterests,
    Organisation,
    OrgUnit,
    OwnStatement,
    Person,
    RecoveryCode,
    Roster,
    RowKey,
    Workbook,
)
from backing.people.workbook.declared import Sheet


def _close(account: Any) -> None:
    """Whoever is only known from a workbook is let in by nobody: they are invited like everyone."""
    account.is_active = False
    account.set_unusable_password()


SHEETS: Final = (
    Sheet(
        model=Organisation,
        title="Organisation",
        holds="The organisation the office works for: one row.",
        without={"second_step_required": "how people sign in is set under Settings, People"},
        heads={
            "name": "Name",
            "invented": "Invented",
            "fiscal_year_starts": "Fiscal year starts in month",
        },
    ),
    Sheet(
        model=OrgUnit,
        title="Units",
        holds="A part of the organisation, or a firm that works for it.",
    ),
    Sheet(
        model=Person,
        title="People",
        holds="Somebody the office works with.",
        without={"opaque_id": "it is the key"},
        heads={
            "in_post_from": "In post from",
            "in_post_to": "In post to",
            "privacy_notice_sent_at": "Told what is kept on",
            "objection_at": "Objected on",
            "erased_at": "Forgotten on",
        },
        stands_once=("erased_at",),
    ),
    Sheet(
        model=Account,
        title="Accounts",
        holds="Who notes things, and as what. Nobody comes in by a row of this sheet.",
        without={
            "password": "nobody reads it",
            "last_login": "the office notes it itself",
            "email": "it stands with the person; an invitation asks for it",
            "is_active": "who may come in is set under Settings, People",
        },
        stands="Who may come in, and as what, is set under Settings, People.",
        made=_close,
    ),
    Sheet(
        model=LegitimateInterests,
        title="Grounds",
        holds="Why the office may keep what it makes of people: one row.",
    ),
    Sheet(
        model=AccessRequest,
        title="Access requests",
        holds="Somebody asked what is kept about them.",
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    OwnStatement: "about a person: it leaves by the pack that the person asks for",
    EntryLink: "lets somebody in; only a digest is kept",
    Authenticator: "what an app and the office share; nobody reads it",
    RecoveryCode: "lets somebody in; only a digest is kept",
    AccessLog: "written by the door to what is about people",
    Erasure: "work of the office's own, with counts alone",
    Roster: "a list that was brought in; what came of it are people",
    RowKey: "the keys of the workbook itself",
    Workbook: "a workbook that was brought back",
}
