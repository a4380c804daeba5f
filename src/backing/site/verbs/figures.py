"""`backing figures`: every measure the files allow, as a table or as the JSON contract."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import trackrecord as tr
from backing.documents.contract import figures_json
from backing.site.verbs import sources, tally
from boardpaper.wording import word
from trackrecord.figure import Figure
from trackrecord.record import Record


def run(options: argparse.Namespace) -> int:
    """Print the figures; returns the exit code."""
    record = sources.read(options, options.files)
    found = tr.figures(record, by=options.by)
    if options.json:
        sys.stdout.buffer.write(figures_json(record, found))
        return 0
    sys.stdout.write("\n".join(_lines(record, found)) + "\n")
    return 0


def _lines(record: Record, figures: Sequence[Figure]) -> list[str]:
    rows = [("measure", "by", "group", "against", "value", "range", "n", "missing")]
    rows += [
        (
            figure.measure,
            figure.by or "",
            figure.group or "",
            figure.baseline or "",
            word(figure) if figure.value is not None else f"({figure.reason})",
            word(figure, "range") if figure.low is not None else "",
            str(figure.n),
            str(figure.missing_total or ""),
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    listed_in, mapping = (f"{name} of `backing case`" for name in ("problems.csv", "mapping.toml"))
    said = tally.rows(record, listed_in=listed_in)
    asked = tally.asked(record, listed_in=listed_in, mapping=mapping)
    return [f"{said} Edition {record.edition[:12]}.", *asked, *lines]
