"""An office whose evidence is the invented company's, computed once and stored for each test."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import trackrecord as tr
from backing import demo
from backing.conftest import Office
from backing.documents import files
from backing.evidence import picking
from backing.evidence.editions import listed
from backing.evidence.figures import stored, to_json
from backing.evidence.models import Edition, StoredFigure
from backing.people.access import Role
from backing.people.models import Account, Organisation
from backing.people.tests.conftest import account_of
from backing.site.workspace import Workspace
from trackrecord.figure import Figure

MAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
BREAKDOWNS = ["org_unit"]


@dataclass(frozen=True)
class Computed:
    """What the worker made of the demo's registers.  listings: the rows behind, as Parquet files."""

    edition: str
    as_at: date | None
    figures: list[Figure]
    listings: Path


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Computed:
    registers = tmp_path_factory.mktemp("registers")
    record = tr.read(*demo.write(registers))
    basis = tr.basis_of(record, by=BREAKDOWNS)
    home = _workspace(tmp_path_factory.mktemp("listed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picking, "WORKSPACE", home)
        listed.keep_values(record.edition, basis)
    figures = tr.figures(basis)
    return Computed(record.edition, record.as_at, figures, home.record)


def fill(office: Office, computed: Computed) -> None:
    """Let the demo's figures be the current edition of an office that runs."""
    shutil.copytree(computed.listings, office.home / "record", dirs_exist_ok=True)
    kept = office.folder / "figures.json"
    kept.write_text(json.dumps([to_json(figure) for figure in computed.figures]), "utf-8")
    office.python(
        "from pathlib import Path\n"
        "from backing.documents.tests.conftest import current\n"
        "from backing.evidence.figures import from_json\n"
        "from backing.people.models import Organisation\n"
        f"kept = json.loads(Path({str(kept)!r}).read_text('utf-8'))\n"
        f"current([from_json(each) for each in kept], name={computed.edition!r})\n"
        "Organisation(pk=1, name='Aldmoor Group', invented=True, currency='GBP').save()\n"
        "answer = None"
    )


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own, for the files that documents and evidence keep."""
    home = _workspace(tmp_path / "home")
    monkeypatch.setattr(files, "WORKSPACE", home)
    monkeypatch.setattr(picking, "WORKSPACE", home)
    return home


@pytest.fixture
def evidence(db: None, computed: Computed, workspace: Workspace) -> Edition:
    """The demo's figures as the current edition."""
    shutil.copytree(computed.listings, workspace.record, dirs_exist_ok=True)
    Organisation(pk=1, name="Aldmoor Group", invented=True, currency="GBP").save()
    return current(computed.figures, name=computed.edition)


def current(figures: list[Figure], *, name: str) -> Edition:
    """Let these figures be those that count."""
    Edition.objects.filter(is_current=True).update(is_current=False)
    edition = Edition.objects.create(
        name=name,
        made_at=MAY,
        is_current=True,
        has_rows=True,
        breakdowns=BREAKDOWNS,
        as_at=figures[0].as_at,
    )
    StoredFigure.objects.bulk_create(stored(edition, figures))
    return edition


@pytest.fixture
def ana(db: None) -> Account:
    return account_of("Ana", Role.PMO_HEAD)


def _workspace(home: Path) -> Workspace:
    found = replace(Workspace.here(), home=home)
    found.make()
    return found
