"""Every migration, one after the other, on tables that hold something; and all of them at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from backing.site.management.commands.migrate import lay_out

DAY = date(2025, 3, 3)
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
ROWS = {  # some tables take one only
    "people.OrgUnit": 2,
    "people.Person": 2,
    "scope.Activity": 2,
    "worth.BenefitValuation": 2,
}
UNUSUAL: dict[
    str, dict[str, Any]
] = {  # what a row says where the database holds its columns together
    "outbox.Letter": {"channel": ""},
    "scope.ScopeItem": {"kind": "will"},
    "scope.HandOver": {"receiver_id": 2},
    "scope.OverlapTalk": {"other_id": 2},
    "scope.RaciAssignment": {"unit_id": 1},
    "leaders.Commitment": {"promised_to_id": 2},
    "benefits.ContributionLink": {"source_output_id": 1, "target_benefit_id": 1},
    "pushback.Escalation": {"pushback_id": 1, "outcome": ""},
    "rhythm.ImprovementTarget": {"no_baseline_yet": True},
    "worth.BenefitValuation": {
        "attribution_share": Decimal("0.5"),
        "error_adjust": Decimal("0.1"),
    },
    "worth.KeptApart": {"other_id": 2},
}


@pytest.fixture(scope="module", autouse=True)
def databases_may_be_used(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@contextmanager
def empty_database(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A database of its own, in memory, beside the one of the other tests."""
    connections.settings[name] = connections.settings["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{name}?mode=memory&cache=shared",
        "OPTIONS": {},
    }
    try:
        yield connections[name]
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]


class Filling:
    """Rows in every table as soon as it is there, so that whatever follows changes tables in use."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.alias = connection.alias
        self.kept: dict[str, list[Any]] = {}  # keys by model
        self.held: dict[str, list[dict[str, Any]]] = {}  # rows by table, as they were at first

    def fill_new(self, apps: StateApps) -> None:
        """Put rows into the tables that have none yet, those that others point at first."""
        waiting = [
            model
            for model in apps.get_models()
            if model._meta.managed and model._meta.label not in self.kept
        ]
        while waiting:
            ready = [model for model in waiting if not self._points_at(model, waiting)]
            assert ready, f"they point at each other: {waiting}"
            for model in ready:
                self._fill(model)
            waiting = [model for model in waiting if model not in ready]

    def _points_at(self, model: type[models.Model], waiting: list[type[models.Model]]) -> bool:
        others = {label_of(each) for each in waiting} - {label_of(model)}
        named = UNUSUAL.get(model._meta.label, {})
        return any(
            label_of(field.related_model) in others
            for field in model._meta.local_fields
            if field.is_relation and (not field.null or field.attname in named)
        )

    def _fill(self, model: type[models.Model]) -> None:
        label = model._meta.label
        rows = [self._row(model, number) for number in range(1, ROWS.get(label, 1) + 1)]
        made = model._base_manager.using(self.alias).bulk_create(rows)
        self.kept[label] = [row.pk for row in made]
        self.held[model._meta.db_table] = contents(connections[self.alias], model._meta.db_table)

    def _row(self, model: type[models.Model], number: int) -> models.Model:
        values: dict[str, Any] = {}
        for place, field in enumerate(model._meta.local_fields):
            if field.is_relation:
                if not field.null:
                    there = self.kept[label_of(field.related_model)]
                    values[field.attname] = there[min(number, len(there)) - 1]
            elif not isinstance(field, models.AutoField | models.BigAutoField):
                values[field.attname] = value_of(field, number, place)
        return model(**values | UNUSUAL.get(model._meta.label, {}))


def label_of(model: Any) -> str:
    label: str = model._meta.label
    return label


def value_of(field: models.Field[Any, Any], number: int, place: int) -> Any:
    """Something that the column takes: another one for each row, days in the order of the columns."""
    if field.null:
        return None
    if field.choices:
        words = [value for value, _ in field.flatchoices if value not in ("", None)]
        return field.default if field.default in words else words[0]
    match field:
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return NOON + timedelta(days=place)
        case models.DateField():
            return DAY + timedelta(days=place)
        case models.TimeField():
            return NOON.time()
        case models.UUIDField():
            return uuid.UUID(int=number)
        case models.JSONField():
            return {}
        case models.BinaryField():
            return b"sealed"
        case models.DecimalField():
            return Decimal(number)
        case models.IntegerField() | models.FloatField():
            return number
        case _:
            return f"{field.name} {number}"[: field.max_length]


def contents(connection: BaseDatabaseWrapper, table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them, in the order in which they came."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def drawn(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], list[str]]:
    """Tables, indexes and triggers as SQL; of a table the columns and rules, in no order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {
            (kind, name): sorted(parts(sql)) if kind == "table" else [sql]
            for kind, name, sql in cursor.fetchall()
        }


def parts(statement: str) -> Iterator[str]:
    """What stands between the commas of CREATE TABLE name (...), each with what it encloses."""
    inside = statement[statement.index("(") + 1 : statement.rindex(")")]
    depth, began = 0, 0
    for place, letter in enumerate(inside):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield inside[began:place].strip()
            began = place + 1
    yield inside[began:].strip()


@pytest.fixture(scope="module")
def step_by_step(databases_may_be_used: None) -> Iterator[tuple[BaseDatabaseWrapper, Filling]]:
    with empty_database("step-by-step") as connection:
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        state = executor.loader.project_state([])
        filling = Filling(connection)
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
            state = executor.apply_migration(state, migration)
            filling.fill_new(state.apps)
        yield connection, filling


def test_every_migration_runs_forward_on_tables_in_use_and_keeps_what_they_hold(
    step_by_step: tuple[BaseDatabaseWrapper, Filling],
) -> None:
    connection, filling = step_by_step
    connection.check_constraints()
    assert all(filling.held.values())
    for table, rows in filling.held.items():
        for was, is_ in zip(rows, contents(connection, table), strict=True):
            assert {name: is_[name] for name in was.keys() & is_.keys()}.items() <= was.items(), (
                table
            )


def test_tables_made_at_once_are_those_made_step_by_step(
    step_by_step: tuple[BaseDatabaseWrapper, Filling],
) -> None:
    stepwise, _ = step_by_step
    with empty_database("at-once") as connection:
        lay_out(connection)
        assert drawn(connection) == drawn(stepwise)
