"""Looking through every table for a name: the one place that reads them all, whoever they belong to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, cast

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

from backing.people.models import Person, Sealed
from backing.people.models.audited import past_the_guard
from backing.people.models.sealed import Hidden, opened
from backing.people.names import Names

# What names a project, a file or a document for good; the Record and issues are found by it.
_NAMES_A_THING: Final = frozenset(
    {"register", "key", "project", "digest", "take", "stored_as", "password"}
    | {"composition", "composition_hash", "app_version", "klass"}
)


def take_out(names: Names) -> Counter[str]:
    """Put the stub in the place of a name wherever it stands; gives how many places, by kind.

    Persons themselves are left alone: a namesake keeps their name.
    """
    found: Counter[str] = Counter()
    for model in ours():
        if issubclass(model, Sealed):
            found["sealed records re-worded"] += _out_of_sealed(model, names)
        else:
            found["texts re-worded"] += sum(_out_of(model, field, names) for field in _texts(model))
    found["sessions ended"] = _end_sessions(names)
    return +found


def ours() -> Iterator[type[models.Model]]:
    """Every table of the office, histories too; not those of persons, who are forgotten one by one."""
    for model in apps.get_models():
        of = getattr(model, "instance_type", model)  # a history knows of what
        if model.__module__.startswith("backing.") and of is not Person and _is_managed(model):
            yield model


def _is_managed(model: type[models.Model]) -> bool:
    return bool(model._meta.managed) and not model._meta.proxy


def _texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not getattr(field, "choices", None)
        and not isinstance(field, models.SlugField)
        and field.name not in _NAMES_A_THING
    ]


def _out_of(model: type[models.Model], field: models.Field[Any, Any], names: Names) -> int:
    rows = past_the_guard(model)
    count = 0
    for pk in _rows_with(model, field, names):
        before = rows.values_list(field.name, flat=True).get(pk=pk)
        after = _reworded(before, names)
        if after == before:
            continue
        most = getattr(field, "max_length", None)
        rows.filter(pk=pk).update(
            **{field.name: after[:most] if most and isinstance(after, str) else after}
        )
        count += 1
    return count


def _rows_with(model: type[models.Model], field: models.Field[Any, Any], names: Names) -> list[Any]:
    """Keys of the rows whose text may hold the name; a cast finds it in JSON too."""
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(field.column)
    pk = quote(model._meta.pk.column)
    forms = sorted({like for form in names.whole for like in _likes(form)})
    tests = " OR ".join([f"LOWER(CAST({column} AS TEXT)) LIKE %s ESCAPE '!'"] * len(forms))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {pk} FROM {table} WHERE {tests}", forms)  # noqa: S608  # names of our own
        return [key for (key,) in cursor.fetchall()]


def _likes(form: str) -> Iterator[str]:
    """Patterns for LIKE.  SQLite lowers ASCII alone, so other letters match any; JSON may escape them."""
    for written in (form, json.dumps(form)[1:-1]):
        plain = written.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        letters = "".join(letter if letter.isascii() else "_" for letter in plain)
        yield f"%{'%'.join(letters.split())}%"


def _reworded(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return names.out_of(value)
    if isinstance(value, list):
        return [_reworded(each, names) for each in value]
    if isinstance(value, dict):
        return {names.out_of(key): _reworded(each, names) for key, each in value.items()}
    return value


def _out_of_sealed(model: type[Sealed], names: Names) -> int:
    rows = past_the_guard(model)
    count = 0
    for pk, content in rows.values_list("pk", "content").iterator(chunk_size=2000):
        before = opened(cast("Hidden", content))
        after = _reworded(before, names)
        if after != before:
            rows.filter(pk=pk).update(content=Hidden.sealing(after))
            count += 1
    return count + sum(_out_of(model, field, names) for field in _texts(model))


def _end_sessions(names: Names) -> int:
    """Sessions hold what was just said to somebody, a name perhaps."""
    count = 0
    for session in Session.objects.iterator():
        held = json.dumps(session.get_decoded(), ensure_ascii=False, default=str)
        if names.pattern.search(held):
            session.delete()
            count += 1
    return count
