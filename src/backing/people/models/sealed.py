"""Sealed records: what is said about a person, readable through one door only.

A model that inherits `Sealed` keeps its keys and dates plain and everything else in one encrypted column.
The column's value in Python is a `Hidden`, which prints "hidden" wherever it is put: template, export,
log, error.  `open_sealed` is the door: it asks the gate, decrypts and writes the access log in one act.
Sealed records are only ever added to, and have no history table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Never, Self, TypeVar

from cryptography.fernet import MultiFernet
from django.conf import settings
from django.db import models
from django.db.models import F

from backing.people import key
from backing.people.access import Confidentiality, GatedQuerySet

if TYPE_CHECKING:
    from backing.people.models.accounts import Account

Content = dict[str, Any]
S = TypeVar("S", bound="Sealed")


class NoGrounds(Exception):
    """Nobody has recorded yet why the office may keep what it makes of people."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing about a person is kept before it is recorded why that may be done. Four short "
            "answers are enough: Settings, Care for people’s data."
        )


class Hidden:
    """Ciphertext that nobody prints by accident."""

    __slots__ = ("_token",)

    def __init__(self, token: bytes) -> None:
        self._token = token

    def __str__(self) -> str:
        return "hidden"

    __repr__ = __str__

    @property
    def mark(self) -> bytes:
        """Tells this ciphertext from any other, and nothing of what it hides."""
        return sha256(self._token).digest()

    @classmethod
    def sealing(cls, content: Content) -> Self:
        return cls(_key().encrypt(json.dumps(content, sort_keys=True).encode()))

    def token(self) -> bytes:
        return self._token


class HiddenField(models.BinaryField):  # type: ignore[type-arg]  # has none at run time
    """Ciphertext in the database, a `Hidden` in Python."""

    def from_db_value(self, value: Any, *_: object) -> Hidden | None:
        return None if value is None else Hidden(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.token() if isinstance(value, Hidden) else value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


class SealedQuerySet(GatedQuerySet[S]):
    def open_sealed(
        self, *, viewer: Account, purpose: str, now: datetime
    ) -> list[tuple[S, Content]]:
        """The records that this viewer may read, opened; logged once for the whole run.

        What could not be logged is not given.  Raises backing.people.key.NoKey, and then opens and logs
        nothing.
        """
        return self._open((), viewer, purpose, now)

    def open_sealed_rows(
        self, *fields: str, viewer: Account, purpose: str, now: datetime
    ) -> list[tuple[Any, Content]]:
        """The same with these fields of each alone, by name: where there are many, a record costs more to
        make than to open."""
        return self._open((*fields, "content"), viewer, purpose, now)

    def _open(
        self, fields: tuple[str, ...], viewer: Account, purpose: str, now: datetime
    ) -> list[tuple[Any, Content]]:
        """fields: of each; whole records where none is named."""
        ways = _to_one(self.model)
        about = {f"about_{place}": F(way) for place, way in enumerate(ways)}
        readable = self.visible_to(viewer)
        found = readable.annotate(**about)
        records: list[Any] = list(
            found.values_list(*fields, *about, named=True) if fields else found
        )
        opener = _key()
        opened = [(one, json.loads(opener.decrypt(one.content.token()))) for one in records]
        people = {getattr(one, name) for one in records for name in about}
        if opened and not ways:
            people = readable.people_of_many()
        AccessLog.objects.create(
            who=viewer,
            what=self.model.__name__,
            count=len(opened),
            about=sorted(people - {None}),
            purpose=purpose,
            at=now,
        )
        return opened

    def unlike(self, known: Container[bytes]) -> Self:
        """Those whose ciphertext has none of these marks.  Nothing is opened for it."""
        contents = self.order_by().values_list("pk", "content")
        return self.filter(pk__in=[pk for pk, content in contents if content.mark not in known])

    def people_of_many(self) -> set[int | None]:
        """Whom these are about, by their keys, where one record may be about several."""
        if not self.model.whose:
            return set()
        rows = self.order_by().values_list(*self.model.whose).distinct()
        return {person for row in rows for person in row}

    def update(self, **_: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is sealed: add a new record, the old one stands.")

    def bulk_create(self, objs: Iterable[S], *args: Any, **kwargs: Any) -> list[S]:
        _ask_for_grounds()
        return super().bulk_create(objs, *args, **kwargs)


class Sealed(models.Model):
    confidentiality: ClassVar = Confidentiality.RELATIONSHIP
    # The ways to the people it is about: each reading is logged with them.
    whose: ClassVar[tuple[str, ...]] = ("person",)

    content = HiddenField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(
                f"{type(self).__name__} is sealed: add a new record, the old one stands."
            )
        _ask_for_grounds()
        super().save(*args, **kwargs)


class AccessLog(models.Model):
    """Who opened what about whom, when and what for (3.12).

    about: keys of persons, so that the log itself names nobody.
    """

    who = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="accesses")
    what = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    about: Any = models.JSONField(default=list)
    purpose = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.who}: {self.count} of {self.what}, {self.purpose}"

    @property
    def what_in_words(self) -> str:
        """The kind of record as people write it: "Stance assessment"."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.what).capitalize()


def _to_one(model: type[Sealed]) -> tuple[str, ...]:
    """The ways to the people its records are about, if each leads to one; else none."""
    for way in model.whose:
        at: Any = model
        for step in way.split("__"):
            field = at._meta.get_field(step)
            if field.many_to_many or field.one_to_many:
                return ()
            at = field.related_model
    return model.whose


def _ask_for_grounds() -> None:
    from backing.people.models.duties import LegitimateInterests

    if not LegitimateInterests.objects.exists():
        raise NoGrounds


def opened(content: Hidden) -> Content:
    """Past the door, for what nobody reads: erasing looks through all of them for a name."""
    found: Content = json.loads(_key().decrypt(content.token()))
    return found


def _key() -> MultiFernet:
    return key.read(Path(settings.BACKING_KEY_FILE))
