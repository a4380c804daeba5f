"""At most one is accountable for an activity on any day; the database holds it, also when two write at once.

PostgreSQL has exclusion constraints; ranges over the key and over the days need no extension.  SQLite lets
one write at a time, so a trigger sees all that was written before.  SQLite drops triggers with the table:
a later migration that alters this table there must run `FORWARDS["sqlite"]` again, and a test says so.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

NAME = "one_is_accountable_on_any_day"
_TRIGGER = """
CREATE TRIGGER {name}_{event} BEFORE {EVENT} ON scope_raciassignment
WHEN NEW.role = 'A' AND EXISTS (
    SELECT 1 FROM scope_raciassignment AS other
    WHERE other.role = 'A' AND other.activity_id = NEW.activity_id AND other.id IS NOT NEW.id
      AND other.begins <= COALESCE(NEW.until, '9999-12-31')
      AND NEW.begins <= COALESCE(other.until, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
FORWARDS = {
    "sqlite": [
        _TRIGGER.format(name=NAME, event=event.lower(), EVENT=event)
        for event in ("INSERT", "UPDATE")
    ],
    "postgresql": [
        f"""
ALTER TABLE scope_raciassignment ADD CONSTRAINT {NAME} EXCLUDE USING gist (
    int8range(activity_id, activity_id, '[]') WITH &&,
    daterange(begins, until, '[]') WITH &&
) WHERE (role = 'A')
"""
    ],
}
BACKWARDS = {
    "sqlite": [f"DROP TRIGGER {NAME}_{event}" for event in ("insert", "update")],
    "postgresql": [f"ALTER TABLE scope_raciassignment DROP CONSTRAINT {NAME}"],
}


def _forwards(apps: Any, editor: Any) -> None:
    del apps
    for statement in FORWARDS[editor.connection.vendor]:
        editor.execute(statement, params=None)


def _backwards(apps: Any, editor: Any) -> None:
    del apps
    for statement in BACKWARDS[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("scope", "0001_scope")]

    operations = [migrations.RunPython(_forwards, _backwards)]
