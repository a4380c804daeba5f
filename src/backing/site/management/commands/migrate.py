"""Migrates; a database that is still empty gets its tables at once, as the last migration leaves them.

Django draws every related model anew for each step of each migration, and nearly all of ours are related:
one step after the other, an empty office took most of a minute to open.  Tables that hold something are
migrated step by step, as ever.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if _is_whole(options) and not connection.introspection.table_names():
            lay_out(connection)
        super().handle(*args, **options)


def lay_out(connection: BaseDatabaseWrapper) -> None:
    """Make all tables in an empty database, do what migrations do beside, and note them as applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    apps = executor.loader.project_state().apps
    executor.recorder.ensure_schema()
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _ in plan:
            for operation in migration.operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, editor)
            executor.recorder.record_applied(migration.app_label, migration.name)


def _is_whole(options: dict[str, Any]) -> bool:
    """Whether all of it is asked for, and to be done."""
    partly = (
        "app_label",
        "migration_name",
        "fake",
        "fake_initial",
        "plan",
        "check_unapplied",
        "prune",
    )
    return not any(options.get(each) for each in partly)
