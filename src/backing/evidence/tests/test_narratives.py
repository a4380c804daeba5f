"""What coders read is what the registers tell last (issue 3, item 6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import trackrecord
from backing.evidence.models import MirroredNarrative
from backing.evidence.narratives import is_coded_twice, mirror_narratives
from trackrecord.decisions import CauseAgreed
from trackrecord.keys import Key
from trackrecord.record import Record

pytestmark = pytest.mark.django_db

HEADER = "Project no.,Project name,Original finish,Actual finish,Root cause,What happened\n"
LATE = "The supplier missed nine weeks of milestones and changed its delivery lead twice"


def record_of(tmp_path: Path, **exports: str) -> Record:
    files = []
    for name, rows in exports.items():
        files.append(tmp_path / f"{name.replace('_', '-')}.csv")
        files[-1].write_text(HEADER + rows, "utf-8")
    return trackrecord.read(*files, register="projects")


def test_the_latest_narrative_of_a_project_is_the_one_that_is_read(tmp_path: Path) -> None:
    record = record_of(
        tmp_path,
        projects_2023_12_31="A1,Till,2023-03-31,,,It waits for a decision of the steering group.\n",
        projects_2024_12_31=f"A1,Till,2023-03-31,2024-05-01,,{LATE}.\n"
        "A2,Yard,2023-03-31,2023-03-01,,\n",
    )

    assert mirror_narratives(record) == 1
    told = MirroredNarrative.objects.get()
    assert (told.register, told.key, told.text) == ("projects", "A1", f"{LATE}.")


def test_an_edition_made_again_leaves_one_narrative_a_project(tmp_path: Path) -> None:
    record = record_of(tmp_path, projects_2024_12_31=f"A1,Till,2023-03-31,2024-05-01,,{LATE}.\n")

    mirror_narratives(record)
    mirror_narratives(record)

    assert MirroredNarrative.objects.count() == 1


def test_a_project_whose_register_names_a_cause_is_coded_until_somebody_refuses_it(
    tmp_path: Path,
) -> None:
    record = record_of(
        tmp_path, projects_2024_12_31=f"A1,Till,2023-03-31,2024-05-01,skills,{LATE}.\n"
    )
    mirror_narratives(record)
    assert MirroredNarrative.objects.get().stated == ["skills"]

    refused = CauseAgreed(
        project=Key("projects", "A1"), cause="skills", by="x", on=date(2025, 1, 2), agreed=False
    )
    mirror_narratives(record.with_decision(refused))

    told = MirroredNarrative.objects.get()
    assert (told.stated, told.is_coded) == (["skills"], False)


def test_a_cause_without_a_narrative_is_kept_for_its_owner_to_agree(tmp_path: Path) -> None:
    record = record_of(tmp_path, projects_2024_12_31="A1,Till,2023-03-31,2024-05-01,skills,\n")

    mirror_narratives(record)

    told = MirroredNarrative.objects.get()
    assert (told.key, told.text, told.stated) == ("A1", "", ["skills"])


def test_about_a_fifth_is_drawn_to_be_coded_twice_and_always_the_same() -> None:
    drawn = [is_coded_twice(f"projects/P{number}") for number in range(1000)]

    assert 150 < sum(drawn) < 250
    assert drawn == [is_coded_twice(f"projects/P{number}") for number in range(1000)]
