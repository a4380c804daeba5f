"""Records whose every change is kept: who, when, what it was.

django-simple-history sees what passes through `save()` and `delete()`.  Django's bulk verbs pass it by, so
an audited queryset refuses them: better a fault today than a gap in the history that nobody notices.
"""

from __future__ import annotations

from typing import Any, Never, TypeVar

from django.db import models
from simple_history.models import HistoricalRecords

from backing.people.access import GatedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class AuditedQuerySet(GatedQuerySet[M_co]):
    def update(self, **_: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is audited: change its records one by one.")

    def bulk_create(self, *_: Any, **__: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is audited: make its records one by one.")

    def bulk_update(self, *_: Any, **__: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is audited: change its records one by one.")


def past_the_guard(model: type[M_co]) -> models.QuerySet[M_co]:
    """All rows of a model, audited or sealed: what is changed through this leaves no history.

    For erasing and merging, and for thousands of rows whose history is written beside them.
    """
    return models.QuerySet(model)


class Audited(models.Model):
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
