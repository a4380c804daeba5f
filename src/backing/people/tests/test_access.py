"""One gate for who may see (requirements.md 3.11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models

from backing.people.access import (
    READS,
    WRITES,
    Confidentiality,
    GatedQuerySet,
    Reach,
    Role,
    strictest,
)
from backing.people.models import Account, OrgUnit, Person
from backing.people.tests.conftest import account_of

pytestmark = pytest.mark.django_db

# What has no class of its own, and why.
UNCLASSED = {
    "AccessLog": "written by the one door to sealed records, read by the data-protection duties",
    "Account": "opened by its own pages, which only the head of the office enters",
    "Authenticator": "each one's own; what it holds is sealed and no page shows it once it is in use",
    "RecoveryCode": "a digest, asked through one method",
    "EntryLink": "opened by whoever carries it, through one method",
}


def our_models() -> list[type[models.Model]]:
    """Every model of the office, without those of the tests and the history tables."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("backing.")
        and ".tests." not in model.__module__
        and not model.__name__.startswith("Historical")
    ]


def test_x6_every_model_names_its_class_and_is_read_through_the_gate() -> None:
    ungated = [
        model.__name__
        for model in our_models()
        if model.__name__ not in UNCLASSED
        and not (
            isinstance(getattr(model, "confidentiality", None), Confidentiality)
            and isinstance(model._default_manager.all(), GatedQuerySet)
        )
    ]

    assert ungated == []


LAYERS = (
    "people documents evidence mandate scope leaders benefits pushback rhythm sponsor worth".split()
)


def test_tables_point_one_way_by_string_too() -> None:
    assert pointing_against(LAYERS) == []


def test_turned_round_they_would_all_point_against_it_whatever_kind_of_relation_it_is() -> None:
    against = pointing_against(LAYERS[::-1])

    assert "Leader.person points to Person" in against
    assert "ChangeProposal.required points to Person" in against
    assert "HistoricalImpact.org_unit points to OrgUnit" in against


def pointing_against(layers: list[str]) -> list[str]:
    """Relations from an app to one that stands above it; histories and tables in between too."""
    return [
        f"{model.__name__}.{field.name} points to {related.__name__}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in layers
        for field in (*model._meta.fields, *model._meta.many_to_many)
        for related in related_to(field)
        if related._meta.app_label in layers
        and layers.index(related._meta.app_label) > layers.index(model._meta.app_label)
    ]


def related_to(field: Any) -> list[type[models.Model]]:
    """What a field points to, if anything."""
    return [field.related_model] if field.is_relation else []


@pytest.mark.parametrize("role", Role.values)
def test_the_sponsor_and_leaders_never_reach_what_is_about_a_person(role: str) -> None:
    reach = READS[Confidentiality.RELATIONSHIP].get(role, Reach.NONE)

    expected = {Role.PMO_HEAD: Reach.ALL, Role.PMO_MEMBER: Reach.OWN}.get(Role(role), Reach.NONE)
    assert reach is expected


def test_nobody_may_change_what_they_may_not_see() -> None:
    strength = [Reach.NONE, Reach.OWN, Reach.ALL]
    beyond = [
        (kind, role)
        for kind in Confidentiality
        for role in Role.values
        if strength.index(WRITES[kind].get(role, Reach.NONE))
        > strength.index(READS[kind].get(role, Reach.NONE))
    ]

    assert beyond == []


def test_the_class_of_a_whole_is_that_of_its_strictest_part() -> None:
    parts = [Confidentiality.MGMT, Confidentiality.RELATIONSHIP, Confidentiality.OPEN]

    assert strictest(parts) is Confidentiality.RELATIONSHIP


def test_the_office_sees_all_persons_and_a_leader_only_what_is_theirs(
    ana: Account, eve: Account
) -> None:
    assert set(Person.objects.visible_to(ana)) == {ana.person, eve.person}
    assert list(Person.objects.visible_to(eve)) == []


def test_a_stranger_and_a_closed_account_see_nothing(ana: Account, ben: Account) -> None:
    OrgUnit(name="Logistics").save()
    ben.close()

    assert OrgUnit.objects.visible_to(ana).exists()
    assert not OrgUnit.objects.visible_to(ben).exists()
    assert not OrgUnit.objects.visible_to(AnonymousUser()).exists()


def test_finance_reads_what_is_for_management_and_changes_only_its_own() -> None:
    fay = account_of("Fay", Role.FINANCE)

    assert Person.objects.visible_to(fay).exists()
    assert not Person.objects.editable_by(fay).exists()


def test_an_audited_record_keeps_what_it_was_and_refuses_to_be_changed_in_bulk() -> None:
    unit = OrgUnit(name="Logistic")
    unit.save()
    unit.name = "Logistics"
    unit.save()

    assert [was.name for was in unit.history.all()] == ["Logistics", "Logistic"]
    with pytest.raises(TypeError, match="audited"):
        OrgUnit.objects.update(name="Transport")
    with pytest.raises(TypeError, match="audited"):
        OrgUnit.objects.bulk_create([OrgUnit(name="Transport")])


def test_a_unit_cannot_stand_under_its_own_part() -> None:
    group = OrgUnit(name="Group IT")
    group.save()
    team = OrgUnit(name="Service desk", parent=group)
    team.save()
    group.parent = team

    with pytest.raises(Exception, match="cannot stand under itself"):
        group.full_clean()
