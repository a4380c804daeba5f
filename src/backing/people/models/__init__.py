"""The records of the app, one subject a module."""

from backing.people.models.accounts import Account, EntryLink
from backing.people.models.authenticators import Authenticator, RecoveryCode
from backing.people.models.bearers import BearerLink
from backing.people.models.duties import (
    AccessRequest,
    Erasure,
    LegitimateInterests,
    OwnStatement,
)
from backing.people.models.organisation import Organisation, OrgUnit
from backing.people.models.persons import Person
from backing.people.models.rosters import Roster
from backing.people.models.sealed import AccessLog, Sealed
from backing.people.models.workbooks import RowKey, Workbook

__all__ = [
    "AccessLog",
    "AccessRequest",
    "Account",
    "Authenticator",
    "BearerLink",
    "EntryLink",
    "Erasure",
    "LegitimateInterests",
    "OrgUnit",
    "Organisation",
    "OwnStatement",
    "Person",
    "RecoveryCode",
    "Roster",
    "RowKey",
    "Sealed",
    "Workbook",
]
