"""A chart as a page shows it: drawn for the desk and for the phone, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from boardpaper.chart import Chart
from boardpaper.render.svg import DESK, PHONE, chart_table, draw


@dataclass(frozen=True)
class Picture:
    """A chart under the name by which it can be taken away."""

    name: str
    chart: Chart

    @cached_property
    def desk(self) -> str:
        return draw(self.chart, width=DESK, name=f"{self.name}-d")

    @cached_property
    def phone(self) -> str:
        return draw(self.chart, width=PHONE, name=f"{self.name}-p")

    @cached_property
    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The header and the rows behind it, worded."""
        return chart_table(self.chart)
