"""An issue reads the same after everything behind it has changed, and the next says what did (issue 5; D2, D3).

D1 is held to the same by `documents/tests/test_studio.py`; D14 is printed as of today and never kept.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backing.benefits.models import BenefitProfile, BusinessChange, StrategyGoal
from backing.benefits.tests.conftest import WHOLE, Company
from backing.benefits.tests.conftest import company as company  # noqa: PLC0414
from backing.documents import actions, files, work
from backing.documents.desk import changed, desk
from backing.documents.models import Issue
from backing.documents.tests.conftest import MAY
from backing.documents.tests.conftest import workspace as workspace  # noqa: PLC0414
from backing.people.models import Account
from backing.people.models.audited import Audited
from backing.scope import charters
from backing.scope.models import ScopeItem
from backing.site import steps
from backing.site.workspace import Workspace

pytestmark = pytest.mark.django_db


def issued(code: str, head: Account) -> Issue:
    """Issue a document and let the worker write it."""
    at = desk(head, code)
    assert at is not None
    if code == "D2":
        version = charters.being_written()
        assert version is not None
        charters.put(version, at.drafted, at.draft, by=head, now=MAY)
        made = Issue.objects.get(code=code)
    else:
        made = actions.issue(at.drafted, at.draft, by=head, now=MAY)
    Issue.objects.attempt_at(made.pk, made.attempt).begin(MAY)
    work.write(Issue.objects.get(pk=made.pk), steps.Pulse(made))
    steps.finish(made, steps.ON)
    made.refresh_from_db()
    return made


def kept(made: Issue) -> tuple[str, str, dict[str, bytes]]:
    """All that somebody can read of an issue, as it is kept now."""
    found = Issue.objects.get(pk=made.pk)
    read = {each.kind: files.path_of(each.stored_as).read_bytes() for each in found.files.all()}
    return found.composition, found.composition_hash, read


def scope_of_a_charter() -> None:
    ScopeItem.objects.create(kind="will", statement="Check each stage", reason="It is agreed")
    ScopeItem.objects.create(
        kind="wont", statement="Keep timesheets", reason="Nobody reads them", nobody_instead=True
    )
    charters.begin(on=MAY.date())


def rename(record: Audited, **to: str) -> None:
    for field, words in to.items():
        setattr(record, field, words)
    record.save()


def another_charter(company: Company) -> None:
    for item in ScopeItem.objects.all():
        item.delete()
    ScopeItem.objects.create(
        kind="wont", statement="Rank projects", reason="x", nobody_instead=True
    )
    ScopeItem.objects.create(kind="will", statement="Write the plan", reason="It is asked for")
    rename(company.head.person, full_name="Somebody Else")
    charters.begin(on=MAY.date())


def another_line(company: Company) -> None:
    rename(StrategyGoal.objects.get(), name="Enter two new markets")
    rename(BenefitProfile.objects.get(), title="Less rework at hand-over")
    BusinessChange.objects.get().delete()
    company.does("Weekly audit")


CASES: dict[str, tuple[Callable[[Company], object], Callable[[Company], None]]] = {
    "D2": (lambda _: scope_of_a_charter(), another_charter),
    "D3": (lambda company: company.line(WHOLE), another_line),
}


@pytest.mark.parametrize("code", CASES)
def test_an_issue_reads_the_same_after_all_behind_it_has_changed(
    company: Company, workspace: Workspace, code: str
) -> None:
    lay, change = CASES[code]
    lay(company)
    made = issued(code, company.head)
    before = kept(made)

    nothing = changed(made, desk(company.head, code)) if code != "D2" else None
    change(company)
    found = changed(made, desk(company.head, code))

    assert "pdf" in before[2]
    assert kept(made) == before
    assert nothing is None or nothing.headline == "Nothing changed since then."
    assert found.headline != "Nothing changed since then.", code
    assert found.sections
