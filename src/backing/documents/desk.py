"""The author's desk: a document composed from what is there now, as its draft wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from django.utils import timezone

from backing.documents.actions import draft_of
from backing.documents.comparing import Since, since
from backing.documents.drafting import Drafted, drafted
from backing.documents.models import Draft, Issue
from backing.documents.models.codes import Code
from backing.documents.office_case import recorded
from backing.documents.papers import case_for_the_pmo
from backing.documents.papers.recorded import Recorded
from backing.documents.stored_case import Named, OwnFigures, StoredCase
from backing.evidence.public import current_evidence
from backing.people.models import Account, Organisation
from backing.people.of_apps import of_apps
from boardpaper.blocks import Document
from boardpaper.composed import document_from

# Gives the document as the office's records have it now; None while there is nothing to compose it from.
Compose = Callable[[Account], Document | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an author works on."""

    draft: Draft
    grounds: Named
    drafted: Drafted


@cache
def composers() -> Mapping[str, Compose]:
    """What other apps compose for the studio, by code: the `COMPOSES` of their `papers`."""
    return MappingProxyType(
        {
            code: compose
            for papers in of_apps("papers")
            for code, compose in getattr(papers, "COMPOSES", {}).items()
        }
    )


@cache
def issued_on(code: str) -> str:
    """The name of the page on which alone a document is issued, "" where the studio does it.

    For a document that is more than its text: the `ISSUED_ON` of an app's `papers`.
    """
    pages = (getattr(papers, "ISSUED_ON", {}).get(code, "") for papers in of_apps("papers"))
    return next((page for page in pages if page), "")


def composed_codes() -> tuple[str, ...]:
    """The documents that can be composed so far, in their order."""
    return tuple(code for code in Code.values if code == Code.CASE or code in composers())


def desk(viewer: Account, code: str) -> Desk | None:
    """The desk for a document; None while there is nothing to compose it from.

    The case needs evidence, down to its rows; what others compose needs what they say it needs.
    """
    if code == Code.CASE:
        return _case(viewer)
    document = composers()[code](viewer)
    return None if document is None else desk_with(document)


def _drafted(document: Document, draft: Draft, grounds: Named) -> Drafted:
    return drafted(document, draft, grounds, today=timezone.localdate())


def desk_with(document: Document) -> Desk:
    """The desk with a document that is composed already, as its draft wants it."""
    grounds, draft = OwnFigures.in_document(document), draft_of(document.code)
    return Desk(draft=draft, grounds=grounds, drafted=_drafted(document, draft, grounds))


def _case(viewer: Account) -> Desk | None:
    evidence = current_evidence(viewer)
    if evidence is None or not evidence.has_rows:
        return None
    told = recorded(viewer)
    grounds = StoredCase.on(evidence, told)
    composed = _composed(grounds, Organisation.ours(), told)
    draft = draft_of(Code.CASE)
    return Desk(draft=draft, grounds=grounds, drafted=_drafted(composed, draft, grounds))


def _composed(grounds: StoredCase, organisation: Organisation, told: Recorded) -> Document:
    """The case before its draft changes it.

    It follows from the edition, the organisation, what the office recorded and the names that may be
    shared, so what was composed from these is composed once: of ten thousand projects the rows behind take
    a second.
    """
    whose = (organisation.on_paper, organisation.invented)
    key = (grounds.edition, *whose, frozenset(grounds.names.items()), repr(told))
    found = _last_composed.get(key)
    if found is None:
        found = case_for_the_pmo(
            grounds,
            organisation=whose[0],
            by=grounds.by,
            invented=organisation.invented,
            recorded=told,
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
