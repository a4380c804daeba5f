"""Changes: drafting, issuing, and the organisation's own templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from backing.documents import files
from backing.documents.drafting import Drafted
from backing.documents.models import Draft, Issue, IssuedFile, Template
from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.site import jobs
from boardpaper.composition import composition, composition_hash
from boardpaper.gate import GateFinding

FORMATS = tuple(IssuedFile.Kind.values)


class NotIssued(Exception):
    """The document may not be issued now; the sentence says why."""


class Stopped(NotIssued):
    """The claim gate stands in the way (RULE-20)."""

    def __init__(self, findings: Sequence[GateFinding]) -> None:
        count = len(findings)
        what = "One sentence has" if count == 1 else f"{count} sentences have"
        super().__init__(f"{what} nothing behind it. Put it right or take it out, then issue.")
        self.findings = tuple(findings)


def draft_of(code: str) -> Draft:
    """The draft of a document, begun where there is none."""
    return Draft.objects.get_or_create(code=code)[0]


@transaction.atomic
def write(draft: Draft, key: str, *, heading: str, words: str) -> None:
    """Put somebody's own heading and sentences into a section; blank ones take theirs out."""
    draft = _held(draft)
    own = {name: text for name, text in (("heading", heading), ("words", words)) if text}
    others = {other: texts for other, texts in draft.own_words.items() if other != key}
    draft.own_words = {**others, key: own} if own else others
    draft.save()


@transaction.atomic
def leave_out(draft: Draft, key: str) -> None:
    """Leave a section out of the document."""
    draft = _held(draft)
    draft.left_out = [*(other for other in draft.left_out if other != key), key]
    draft.save()


@transaction.atomic
def put_back(draft: Draft, key: str) -> None:
    """Take a section in again."""
    draft = _held(draft)
    draft.left_out = [other for other in draft.left_out if other != key]
    draft.save()


@transaction.atomic
def put_in_order(draft: Draft, keys: Sequence[str]) -> None:
    """Give the sections this order."""
    draft = _held(draft)
    draft.order = list(keys)
    draft.save()


@transaction.atomic
def set_up(
    draft: Draft, *, audience: str, slides_template: Template | None, text_template: Template | None
) -> None:
    """For whom it is, and in whose templates it is set."""
    draft = _held(draft)
    draft.audience = audience
    draft.slides_template, draft.text_template = slides_template, text_template
    draft.save()


def issue(
    drafted: Drafted,
    draft: Draft,
    *,
    by: Account,
    now: datetime,
    formats: Sequence[str] = FORMATS,
) -> Issue:
    """Freeze the document as it stands and have the worker write its files.

    Raises Stopped where the claim gate stands in the way, NotIssued while an issue is being written.
    """
    if drafted.stopping:
        raise Stopped(drafted.stopping)
    try:
        with transaction.atomic():
            made = _issue(drafted, draft, by=by, now=now, formats=formats)
            jobs.start(made)
    except IntegrityError as error:
        raise NotIssued(
            f"{draft.code} is being issued at this moment. Wait until that is done."
        ) from error
    return made


def _issue(
    drafted: Drafted, draft: Draft, *, by: Account, now: datetime, formats: Sequence[str]
) -> Issue:
    last = Issue.objects.of(draft.code).standing().aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    at = now.replace(microsecond=0)
    document = replace(drafted.document, issue=number, issued_at=at)
    return Issue.objects.create(
        code=draft.code,
        number=number,
        title=document.title,
        audience=document.audience,
        klass=Confidentiality(document.klass.lower()),
        composition=composition(document).decode(),
        composition_hash=composition_hash(document),
        editions=[document.edition],
        redactions=list(drafted.redactions),
        formats=[kind for kind in FORMATS if kind in formats],
        issued_at=at,
        issued_by=by,
        slides_template=draft.slides_template,
        text_template=draft.text_template,
        asked_at=now,
    )


def _held(draft: Draft) -> Draft:
    """The draft as it stands, held until the transaction ends: two people may work on one."""
    return Draft.objects.select_for_update().get(pk=draft.pk)


def add_template(
    *, kind: str, name: str, content: bytes, lacking: Sequence[str], by: Account, now: datetime
) -> Template:
    """Keep a template that was tried; its file first, so that no row names what is not there."""
    stored = files.keep(files.TEMPLATES, content, kind)
    return Template.objects.create(
        kind=kind,
        name=name[:255],
        digest=stored.digest,
        size=stored.size,
        stored_as=stored.stored_as,
        missing=list(lacking),
        by=by,
        added_at=now,
    )


@transaction.atomic
def retire_template(template: Template, *, now: datetime) -> None:
    """Take a template out of use; issues that were set in it keep it."""
    template.retired_at = now
    template.save()
    for draft in Draft.objects.select_for_update():
        if template in (draft.slides_template, draft.text_template):
            draft.slides_template = (
                None if draft.slides_template == template else draft.slides_template
            )
            draft.text_template = None if draft.text_template == template else draft.text_template
            draft.save()
