"""What the registers tell of why a project went as it did, for those who code its causes.

A mirror of the current edition's words, made again with every edition: whoever is erased from the words
of a take is gone from here with the next one.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from backing.people.access import Confidentiality, GatedQuerySet


class MirroredNarrative(models.Model):
    """What is told last of one project, and the causes stated for it.  Written in bulk."""

    confidentiality: ClassVar = Confidentiality.PMO

    project = models.CharField(max_length=400, unique=True)  # the Record's id: register/key
    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    text = models.TextField()  # none: a cause, and no words for it
    stated: Any = models.JSONField(default=list)  # causes that the register itself names
    is_coded = models.BooleanField(default=False)  # whether one of them is not refused
    twice = models.BooleanField(default=False)  # drawn to be coded by two, so that they compare

    objects = GatedQuerySet["MirroredNarrative"].as_manager()

    class Meta:
        ordering: ClassVar = ["register", "key"]
        indexes: ClassVar = [models.Index(fields=["is_coded", "register", "key"])]

    def __str__(self) -> str:
        return f"What is told of {self.key}"
