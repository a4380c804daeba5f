"""How a benefit is called: it begins with what changes, and "better" needs a measure (MSP's DOAM test)."""

from __future__ import annotations

from typing import Final

CHANGE_WORDS: Final = frozenset(
    "more fewer less faster slower lower higher shorter longer earlier sooner later smaller larger "
    "bigger greater cheaper dearer safer quicker reduced increased avoided freed steadier stronger "
    "weaker wider narrower tighter closer simpler clearer no".split()
)
VAGUE: Final = frozenset(
    "better improved improve improves improving enhanced optimised optimized".split()
)


def what_is_wrong(title: str, *, is_measured: bool) -> str:
    """One sentence for whoever typed the title; "" where nothing is wrong."""
    first = title.split(maxsplit=1)[0].strip("“”\"'.,:").casefold() if title.split() else ""
    if first in VAGUE:
        if is_measured:
            return ""
        return (
            f"“{first.capitalize()}” says nothing without a measure. Name the measure, or say what "
            "there will be more, fewer, faster or lower of."
        )
    if first in CHANGE_WORDS:
        return ""
    return "Begin with what changes: more, fewer, less, faster, lower, earlier, avoided …"
