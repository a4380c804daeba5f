"""The records of the app, one subject a module."""

from backing.evidence.models.decisions import (
    Coding,
    Decision,
    OwnCause,
    Ownership,
    RowLink,
    SettledCoding,
)
from backing.evidence.models.editions import Edition, MirroredProject, StoredFigure
from backing.evidence.models.imports import (
    DroppedFile,
    Import,
    Reading,
    Renewal,
    SavedMapping,
)
from backing.evidence.models.likenesses import Likeness
from backing.evidence.models.measures import Measure, MeasureBaseline, MeasureReading
from backing.evidence.models.narratives import MirroredNarrative

__all__ = [
    "Coding",
    "Decision",
    "DroppedFile",
    "Edition",
    "Import",
    "Likeness",
    "Measure",
    "MeasureBaseline",
    "MeasureReading",
    "MirroredNarrative",
    "MirroredProject",
    "OwnCause",
    "Ownership",
    "Reading",
    "Renewal",
    "RowLink",
    "SavedMapping",
    "SettledCoding",
    "StoredFigure",
]
