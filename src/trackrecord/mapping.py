"""Which column means what: guessed, shown, corrected, saved and found again.

sheet_mapping = guess(sheet)                    # from headers and values, with reasons
mapping = Mapping(sheets=(sheet_mapping,))
text = to_toml(mapping)                         # people read and correct this
apply(from_toml(text), sheet)                   # the mapping for this or a like sheet
"""

from __future__ import annotations

from trackrecord.layout import ColumnMapping, Filter, Mapping, SheetMapping

__all__ = ["ColumnMapping", "Filter", "Mapping", "SheetMapping"]
