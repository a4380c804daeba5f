"""Erasing a person leaves no trace but the stub of their post, and no figure moves (3.1, 3.12, design.md 8)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from backing.conftest import Office
from backing.evidence.tests.importing import register
from backing.leaders.actions.conversations import capture
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.models import Heard, Leader, Touchpoint
from backing.people import erasing, key
from backing.people.models import Account, OrgUnit, Person
from backing.people.names import Names
from backing.people.tests.conftest import MAY
from backing.site.tests.opened import files_with

NAMED = ("Ana Lima", "Lima, Ana", "ana.lima@aldmoor.example")

PLANT = """
from datetime import UTC, datetime
from pathlib import Path
from backing.documents import actions as documents
from backing.leaders.actions.conversations import Promised, capture
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.actions.opinions import assess_stance
from backing.leaders.models import Touchpoint
from backing.mandate.models import ChangeProposal
from backing.people import key
from backing.people.actions import head
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import Person
from django.conf import settings
now = datetime.now(UTC)
Path(settings.BACKING_KEY_FILE).exists() or key.make(Path(settings.BACKING_KEY_FILE))
by = head()
record_as_offered(by=by, on=now.date())
ana = Person.objects.create(
    full_name="Ana Lima", job_title="Head of Property", email="ana.lima@aldmoor.example"
)
other = Person.objects.create(full_name="Gil Roe")
leader = put_on_the_list(ana, owner=by, on=now.date())
colleague = put_on_the_list(other, owner=by, on=now.date())
for one in (leader, colleague):
    assess_stance(one, level="neutral", basis="said_to_me", evidence="Quoted Lima, Ana.",
                  on=now.date(), by=by)
capture([ana], kind=Touchpoint.Kind.ONE_TO_ONE, at=now, by=by, words="Ana Lima asked for dates.",
        promised=Promised(what="Send Ana Lima the dates", due=now.date()))
ChangeProposal.objects.create(title="Stage checks", what_changes="As Ana Lima said", why="Ana  LIMA")
draft = documents.draft_of("D1")
documents.write(draft, "what-will-improve", heading="", words="Ana Lima will report each month.")
answer = ana.pk
"""
ERASE = """
from datetime import UTC, datetime
from backing.people.actions import head
from backing.people.models import Erasure, Person
from backing.site.verbs import doing
from backing.site.workspace import Workspace
work = Erasure.objects.create(
    person=Person.objects.get(pk={pk}), why="asked", by=head(), asked_at=datetime.now(UTC)
)
done = doing.do(Workspace.here(), work)
answer = [done, work.error, work.found]
"""
FIGURES = """
import json
from backing.documents.models import Issue
from boardpaper.composed import document_from
found = document_from(Issue.objects.get().composition.encode())
answer = [repr(each) for each in found.figures()]
"""


def test_no_trace_is_left_in_database_record_files_or_documents_and_no_figure_moves(
    office: Office, tmp_path: Path
) -> None:
    files = tmp_path / "registers"
    assert office.run("import", str(register(files, "register-2024.csv", 60))).returncode == 0
    ana = office.python(PLANT)
    issued = office.run(
        "document", "D1", "--to", str(tmp_path / "out"), "--format", "pdf,html,docx"
    )
    assert issued.returncode == 0, issued.stderr
    figures = office.python(FIGURES)
    edition = office.rows("SELECT name, rows_in, projects FROM evidence_edition")
    before = files_with(office.home, "Ana Lima")
    kinds = {Path(name).suffix for name in before if name.startswith("documents/")}
    assert kinds == {".pdf", ".html", ".docx"}
    assert any(name.startswith("files/") for name in before)
    assert any(name.startswith("record/") for name in before)
    assert "office.sqlite3" in before

    done, error, found = office.python(ERASE.format(pk=ana))

    assert done, error
    assert files_with(office.home, *NAMED) == []
    assert files_with(office.folder / "outside", "Lima") == []
    assert office.rows("SELECT full_name FROM people_person WHERE id = ?", ana) == [
        ("Former Head of Property",)
    ]
    assert office.rows("SELECT name, rows_in, projects FROM evidence_edition") == edition
    assert office.python(FIGURES) == figures
    assert found["files deleted"] == 1
    assert found["issued documents re-worded"] == 1
    again = office.run("document", "D1", "--to", str(tmp_path / "again"), "--format", "html")
    assert again.returncode == 0, again.stderr


@pytest.fixture
def key_file(tmp_path: Path, settings: object) -> None:
    settings.BACKING_KEY_FILE = tmp_path / "key"  # type: ignore[attr-defined]
    key.make(tmp_path / "key")


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_what_is_said_of_others_stays_without_the_name(ana: Account, tmp_path: Path) -> None:
    dev = Person.objects.create(full_name="Dev Stone", job_title="Head of Property")
    gil = Person.objects.create(full_name="Gil Roe", reports_to=dev)
    unit = OrgUnit.objects.create(name="Property", head=dev)
    for person in (dev, gil):
        put_on_the_list(person, owner=ana, on=MAY.date())
    capture([gil], kind=Touchpoint.Kind.MEETING, at=MAY, by=ana, words="Quoted dev stone on dates.")
    capture([dev], kind=Touchpoint.Kind.MEETING, at=MAY, by=ana, words="Asked for dates.")

    erasing.forget(dev, on=timezone.now(), erasure_list=tmp_path / "erasures.jsonl")

    (opened,) = Heard.objects.open_sealed(viewer=ana, purpose="test", now=MAY)
    assert opened[1]["words"] == "Quoted Former Head of Property on dates."
    assert not Leader.objects.filter(person=dev).exists()
    assert Touchpoint.objects.count() == 2
    unit.refresh_from_db()
    assert str(unit.head) == "Former Head of Property"
    erasing.forget(dev, on=timezone.now(), erasure_list=tmp_path / "erasures.jsonl")
    assert str(Person.objects.get(pk=dev.pk)) == "Former Head of Property"


@pytest.mark.django_db
def test_a_name_of_one_word_takes_no_word_of_the_language_with_it() -> None:
    names = Names.of(Person(full_name="Will", job_title="Clerk"))

    assert names.out_of("Will will ask.") == "Former Clerk will ask."
