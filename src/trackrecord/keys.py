"""How a project is pointed at: its register, and its key as the register states it."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


class Key(NamedTuple):
    """A project as one register knows it.

    key: as the register states it, trimmed; keys compare exactly.  A Key never changes: linking
    maps Keys to projects, so a wrong link put right moves no row.
    """

    register: str
    key: str

    @property
    def project(self) -> str:
        """The id of the project this Key is when no link says otherwise: "register/key".

        A slash in the register's own name is escaped, so no two Keys share an id.
        """
        register = self.register.replace("%", "%25").replace("/", "%2F")
        return f"{register}/{self.key}"


def projects_of(register: pa.Array, key: pa.Array) -> pa.Array:
    """`Key.project` of whole columns."""
    register = pc.replace_substring(register, "%", "%25")
    register = pc.replace_substring(register, "/", "%2F")
    return pc.binary_join_element_wise(register, key, "/")


def trimmed(keys: pa.Array) -> pa.Array:
    """Keys without surrounding blanks; an empty one is missing."""
    keys = pc.utf8_trim_whitespace(keys)
    return pc.if_else(pc.equal(keys, ""), pa.scalar(None, pa.string()), keys)
