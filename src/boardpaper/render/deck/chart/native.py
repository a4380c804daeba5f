"""A finished chart as python-pptx takes it: its markup and the workbook inside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeChart:
    """Stands in for python-pptx' chart data, which would write a markup of its own.

    height: in points, of the room it was given.  unshown: how many rows have no room and stand in the workbook alone.
    """

    markup: bytes
    xlsx_blob: bytes
    height: float
    unshown: int = 0

    def xml_bytes(self, _chart_type: object) -> bytes:
        """The markup, whatever kind python-pptx believes it to be."""
        return self.markup
