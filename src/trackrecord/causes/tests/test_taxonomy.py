"""The twelve causes, and what registers call them (S21-c, methods.md 3.1)."""

from __future__ import annotations

import pytest

from trackrecord.causes.taxonomy import (
    HOUSE,
    UNKNOWN,
    Taxonomy,
    TaxonomyError,
    normalise,
)
from trackrecord.causes.vocabularies import IN_USE, PUBLISHED
from trackrecord.errors import UnknownName


def test_there_are_twelve_causes_in_four_families_of_three() -> None:
    assert HOUSE.families == ("Commitment", "Change", "Capacity", "Control")
    assert [HOUSE.family_of(name) for name in HOUSE.names] == [
        family for family in HOUSE.families for _ in range(3)
    ]


@pytest.mark.parametrize("name", HOUSE.names)
def test_a_cause_is_known_by_its_own_name_in_any_dress(name: str) -> None:
    assert normalise(f"  {name.upper()} ") == name
    assert normalise(f"C-07: {name}") == name


@pytest.mark.parametrize("vocabulary", PUBLISHED)
def test_every_published_list_maps_whole_onto_the_twelve(vocabulary: str) -> None:
    assert {normalise(entry) for entry in PUBLISHED[vocabulary]} <= set(HOUSE.names)
    assert all(normalise(entry) == cause for entry, cause in PUBLISHED[vocabulary].items())


def test_the_nao_ogc_eight_are_all_there() -> None:
    eight = (
        "link to strategy; senior ownership; stakeholder engagement; skills and method; "
        "manageable steps; value over price; supplier understanding; team integration"
    )

    assert None not in [normalise(cause) for cause in eight.split("; ")]


def test_usual_wordings_are_known() -> None:
    assert all(normalise(word) == cause for cause, words in IN_USE.items() for word in words)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Scope creep", "uncontrolled scope change"),
        ("suplier performance", "supplier performance"),
        ("Risk & issue handling", "poor risk and issue handling"),
        ("bad estimates", "optimistic estimate"),
        ("3.2 - Lack of resources", "resource shortage"),
        ("Legislation/Regulations", "external or legislation"),
        ("not known", UNKNOWN),
    ],
)
def test_close_wording_is_understood(text: str, cause: str) -> None:
    assert normalise(text) == cause


@pytest.mark.parametrize(
    "text", ["", "-", "Aliens", "archaeology", "2", "lack of", "IT", "phase two"]
)
def test_what_is_not_known_is_left_to_the_user(text: str) -> None:
    assert normalise(text) is None


def test_users_add_causes_and_words_of_their_own() -> None:
    ours = HOUSE.with_cause("archaeology", family="Change", words=["finds on site"])
    ours = ours.with_cause("skills", words=["no COBOL"])

    assert ours.normalise("Finds on site") == "archaeology"
    assert ours.normalise("no cobol") == "skills"
    assert HOUSE.normalise("Finds on site") is None


def test_a_taxonomy_comes_back_from_its_file_as_it_was() -> None:
    ours = HOUSE.with_cause('the "big" wave\\', family="Äußeres", words=["déjà vu"])

    assert Taxonomy.from_toml(ours.to_toml()) == ours


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("[[cause]", "not TOML"),
        ("[[cause]]\nfamily = 'Change'", "Cause 1 has no name"),
        ("[[cause]]\nname = 'x'\nsynonyms = ['y']", "'synonyms'"),
        ("[[cause]]\nname = 'x'\nwords = 'y'", "a list of texts"),
        ("[[cause]]\nname = 'Unknown'", "already stands"),
        ("[[cause]]\nname = 'a'\nwords=['w']\n[[cause]]\nname='b'\nwords=['W']", "means both"),
        ("[[cause]]\nname = 'a'\n[[cause]]\nname='a'", "same name"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_correct(text: str, says: str) -> None:
    with pytest.raises(TaxonomyError, match=says.replace("[", r"\[")):
        Taxonomy.from_toml(text)


def test_the_family_of_an_unknown_cause_is_unknown_and_of_a_stranger_refused() -> None:
    assert HOUSE.family_of(UNKNOWN) == UNKNOWN
    with pytest.raises(UnknownName, match="aliens"):
        HOUSE.family_of("aliens")
