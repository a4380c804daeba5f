"""What may lie in the job store: ids, counts and short words, as JSON.

DBOS would keep pickles of whatever it is given, the text of exceptions too.  This serializer refuses all
else, so no content of the office ever gets there, and reading the store runs no code.
"""

from __future__ import annotations

import json
import re
from typing import Any

WORD = re.compile(r"[A-Za-z0-9_-]{0,60}\Z")


class Plain:
    """A DBOS serializer by shape; it imports nothing of DBOS."""

    def serialize(self, data: Any) -> str:
        return json.dumps(_checked(data))

    def deserialize(self, serialized_data: str) -> Any:
        data = json.loads(serialized_data)
        if isinstance(data, dict) and set(data) == {"kind"}:
            return RuntimeError(data["kind"])
        return data

    def name(self) -> str:
        return "plain"


def _checked(data: object) -> object:
    """The data as JSON may have it; of an exception, the name of its kind.  Raises TypeError."""
    if data is None or isinstance(data, int) or (isinstance(data, str) and WORD.match(data)):
        return data
    if isinstance(data, dict):
        return {key: _checked(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_checked(value) for value in data]
    if isinstance(data, BaseException):
        return {"kind": type(data).__name__}
    raise TypeError(f"The job store takes ids, counts and codes, not {type(data).__name__}.")
