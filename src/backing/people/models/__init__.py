"""The records of the app, one subject a module."""

from backing.people.models.accounts import Account, EntryLink
from backing.people.models.organisation import Organisation, OrgUnit
from backing.people.models.persons import Person
from backing.people.models.sealed import AccessLog, Sealed

__all__ = ["AccessLog", "Account", "EntryLink", "OrgUnit", "Organisation", "Person", "Sealed"]
