"""The documents of this app: the charter, and the certificate of a hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backing.documents.desk import Compose
from backing.scope.papers.charter import charter

# What the studio composes, and on whose own page it is issued.
COMPOSES: Final[Mapping[str, Compose]] = {"D2": charter}
ISSUED_ON: Final[Mapping[str, str]] = {"D2": "charter"}
