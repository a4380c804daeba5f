"""The evidence library: what past projects say.

record = read("register-2022.xlsx", "register-2023.xlsx", mapping="mapping.toml")
record.problems                          # what was not taken, and what to do about it
figures(record)                          # every measure the files allow

Names are imported when they are first used, so that `import trackrecord` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from trackrecord.compare.registration import Registration as Registration
    from trackrecord.compare.verdict import Verdict as Verdict
    from trackrecord.compare.verdict import verdict as verdict
    from trackrecord.errors import EvidenceError as EvidenceError
    from trackrecord.figure import Figure as Figure
    from trackrecord.likeness import proposals as proposals
    from trackrecord.measures import basis_of as basis_of
    from trackrecord.measures import figures as figures
    from trackrecord.measures import projects_table as projects_table
    from trackrecord.measures import rows as rows
    from trackrecord.measures.basis import Basis as Basis
    from trackrecord.problem import Problem as Problem
    from trackrecord.reading import read as read
    from trackrecord.record import Record as Record
    from trackrecord.record import problems_table as problems_table
    from trackrecord.store import Store as Store

_HOMES: Final = {
    "Basis": "trackrecord.measures.basis",
    "EvidenceError": "trackrecord.errors",
    "Figure": "trackrecord.figure",
    "Problem": "trackrecord.problem",
    "Record": "trackrecord.record",
    "Registration": "trackrecord.compare.registration",
    "Store": "trackrecord.store",
    "Verdict": "trackrecord.compare.verdict",
    "basis_of": "trackrecord.measures",
    "figures": "trackrecord.measures",
    "problems_table": "trackrecord.record",
    "projects_table": "trackrecord.measures",
    "proposals": "trackrecord.likeness",
    "read": "trackrecord.reading",
    "rows": "trackrecord.measures",
    "verdict": "trackrecord.compare.verdict",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
