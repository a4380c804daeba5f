"""The author's desk: a document composed from what is there now, as its draft wants it."""

from __future__ import annotations

from dataclasses import dataclass

from backing.documents.actions import draft_of
from backing.documents.comparing import Since, since
from backing.documents.drafting import Drafted, drafted
from backing.documents.models import Draft, Issue
from backing.documents.models.codes import Code
from backing.documents.papers import case_for_the_pmo
from backing.documents.stored_case import StoredCase
from backing.evidence.public import current_evidence
from backing.people.models import Account, Organisation
from boardpaper.blocks import Document
from boardpaper.composed import document_from

UNNAMED = "Your organisation"
# The documents that can be composed so far.
COMPOSED = (Code.CASE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an author works on."""

    draft: Draft
    grounds: StoredCase
    drafted: Drafted


def desk(viewer: Account, code: str) -> Desk | None:
    """The desk for a document; None while there is no evidence to compose it from, down to its rows."""
    evidence = current_evidence(viewer)
    if evidence is None or not evidence.has_rows:
        return None
    grounds = StoredCase.on(evidence)
    composed = _composed(grounds, Organisation.ours())
    draft = draft_of(code)
    return Desk(draft=draft, grounds=grounds, drafted=drafted(composed, draft, grounds))


def _composed(grounds: StoredCase, organisation: Organisation) -> Document:
    """The case before its draft changes it.

    It follows from the edition, the organisation and the names that may be shared, so what was composed
    from these is composed once: of ten thousand projects the rows behind take a second.
    """
    whose = (organisation.name or UNNAMED, organisation.invented)
    key = (grounds.edition, *whose, frozenset(grounds.names.items()))
    found = _last_composed.get(key)
    if found is None:
        found = case_for_the_pmo(
            grounds, organisation=whose[0], by=grounds.by, invented=organisation.invented
        )
        _last_composed.clear()
        _last_composed[key] = found
    return found


_last_composed: dict[object, Document] = {}  # one at most


def changed(issue: Issue, at: Desk | None) -> Since:
    """What changed since an issue."""
    issued = document_from(issue.composition.encode())
    if at is None:
        return since(issued, None, None)
    return since(issued, at.drafted.document, at.grounds)
