"""The document of this app: the improvement report (D7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backing.documents.desk import Compose
from backing.rhythm.papers.report import improvement_report

# What the studio composes.
COMPOSES: Final[Mapping[str, Compose]] = {"D7": improvement_report}
