"""Keeping one row, and what to say where the office does not hold with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from backing.people.workbook.columns import Named, columns
from backing.people.workbook.lines import Line

_MISSING: Final = "A row cannot do without it. Fill it in."
_NAME: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+){2,}")


def keep(line: Line) -> Iterator[tuple[str, str]]:
    """Save the record of a line; gives what is wrong with it, by heading, and then it is not saved."""
    wrong = list(_wrong(line))
    if wrong:
        yield from wrong
        return
    try:
        with transaction.atomic():
            line.record.save()
    except IntegrityError as error:
        yield from _why(line, error)
    except TypeError as refused:  # a record that is never changed says so itself
        yield "", str(refused)


def _wrong(line: Line) -> Iterator[tuple[str, str]]:
    record, heads = line.record, _heads(line)
    known = {name for name in heads if line.is_new or name in line.changed}
    unasked = {
        field.name
        for field in record._meta.concrete_fields
        if field.name not in known
        or field.is_relation
        or (isinstance(field, models.JSONField) and not getattr(record, field.attname))
    }
    if line.is_new:
        for column in columns(line.sheet.label):
            if isinstance(column, Named) and not column.field.null:
                if getattr(record, column.field.attname) is None:
                    yield column.heading, _MISSING
    try:
        record.clean_fields(exclude=unasked)
    except ValidationError as errors:
        for name, said in errors.error_dict.items():
            blank = any(each.code in ("blank", "null") for each in said)
            yield heads.get(name, ""), _MISSING if blank else " ".join(_messages(said))
    try:
        record.clean()
    except (ValidationError, models.ObjectDoesNotExist) as errors:
        if isinstance(errors, ValidationError):
            yield "", " ".join(errors.messages)


def _messages(said: Any) -> Iterator[str]:
    for each in said:
        yield from each.messages


def _why(line: Line, error: IntegrityError) -> Iterator[tuple[str, str]]:
    """Which of the things that the database holds to is broken."""
    record, heads = line.record, _heads(line)
    found = False
    try:
        record.validate_unique()
    except ValidationError as errors:
        for name in errors.error_dict:
            found = True
            yield (
                heads.get(name, ""),
                (
                    "Another row says the same here. Say something else, or write the key of that row into "
                    "the column Key."
                ),
            )
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, record)
            except ValidationError:
                found = True
                yield "", _in_words(constraint.name)
    if not found:
        named = _NAME.search(str(error))
        yield "", _in_words(named[0]) if named else f"The database does not take it: {error}."


def _in_words(name: str) -> str:
    """The names of what the database holds to are sentences."""
    return f"The office holds to this: {name.replace('_', ' ')}. Put the row right."


def _heads(line: Line) -> dict[str, str]:
    return {column.name: column.heading for column in columns(line.sheet.label)}
