"""The hash of a composition: what changes it, and what must not."""

from __future__ import annotations

from dataclasses import replace

from boardpaper.blocks import Document, Section
from boardpaper.claim import Claim, Person
from boardpaper.composition import composition, composition_hash
from boardpaper.tests import sample


def paper(lead: Claim) -> Document:
    section = Section(lead=lead, blocks=())
    return Document(
        code="D7", title="A paper", organisation="Aldmoor Group", sections=(section,), edition="e"
    )


def test_the_same_document_has_the_same_hash() -> None:
    assert composition_hash(sample.document()) == composition_hash(sample.document())


def test_another_figure_is_another_composition() -> None:
    first, second = (
        paper(Claim("It cost {more}.", more=figure))
        for figure in (sample.FIRST_COST, replace(sample.FIRST_COST, value=0.19))
    )

    assert composition_hash(first) != composition_hash(second)


def test_erasing_a_person_changes_no_hash() -> None:
    named, erased = (
        paper(Claim("{who} agreed.", who=Person("p-7", shown)))
        for shown in ("Ana Silva", "former COO")
    )

    assert composition_hash(named) == composition_hash(erased)
    assert b"Ana" not in composition(named)
