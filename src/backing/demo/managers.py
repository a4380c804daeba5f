"""Which project managers of the Aldmoor Group are known by name, and what their projects go by."""

from typing import Final

from backing.demo.world import projects

REGISTER: Final = "aldmoor-project-register"  # as the readers call it
KNOWN: Final = ("Ben Tarrant", "Nadia Selwyn")


def owned(seed: int) -> tuple[tuple[str, str], ...]:
    """Manager and the key of a project of theirs, in the order of the register."""
    return tuple((each.manager, each.id) for each in projects(seed) if each.manager in KNOWN)
