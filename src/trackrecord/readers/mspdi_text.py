"""The texts of a Microsoft Project XML file: its tasks and their baselines as columns.

The file is walked once and each task is let go as soon as its texts are copied, so memory grows
with the columns we keep, not with the file.  No entity is expanded and nothing is fetched: a real
plan has no document type, and a file that has one is refused.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from trackrecord.errors import UnreadableSource
from trackrecord.problem import Problem
from trackrecord.readers.decoding import unpacked
from trackrecord.readers.schedules import Cells

NAMESPACE: Final = "schemas.microsoft.com/project"
EXPORT_AGAIN: Final = "Export the plan again from Microsoft Project (Save As, XML) and try again."

_BATCH: Final = 5_000

TASK: Final = (
    "UID", "ID", "Name", "IsNull", "Active", "Milestone", "Summary", "OutlineLevel",
    "Start", "Finish", "ActualStart", "ActualFinish", "Deadline",
    "Work", "ActualWork", "Cost", "ActualCost", "BCWS", "BCWP", "ACWP",
    "PercentComplete", "PhysicalPercentComplete", "EarnedValueMethod",
)  # fmt: skip
BASELINE: Final = ("Number", "Start", "Finish", "Duration", "DurationFormat", "Cost", "Work")
# Collections beside the tasks that may be long and hold nothing we read: let go as they end.
PASSED_OVER: Final = ("Calendar", "Resource", "Assignment")

PROJECT: Final = (
    "GUID", "Title", "Name", "Manager", "CurrencyCode", "CurrencySymbol", "MinutesPerDay",
    "StatusDate", "CurrentDate",
)  # fmt: skip


@dataclass(slots=True)
class Plan:
    """The texts of one file: its project's fields, and its tasks and baselines as columns."""

    project: dict[str, str] = field(default_factory=dict)
    tasks: _Columns = field(default_factory=lambda: _Columns(TASK))
    baselines: _Columns = field(default_factory=lambda: _Columns(("UID", "ID", *BASELINE)))


class _Columns:
    """Rows of texts gathered into Arrow columns, a batch at a time."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._waiting: list[list[str | None]] = []
        self._batches: list[pa.RecordBatch] = []

    def add(self, row: list[str | None]) -> None:
        self._waiting.append(row)
        if len(self._waiting) == _BATCH:
            self._flush()

    def cells(self, file: str, problems: list[Problem]) -> Cells:
        self._flush()
        table = pa.Table.from_batches(self._batches).combine_chunks()
        columns = {name: _one(table[name]) for name in self.names}
        # Where ID is missing or no number, a row cannot be pointed at: 0.
        shown = pc.if_else(
            pc.match_substring_regex(columns["ID"], r"^\d{1,9}$"), columns["ID"], "0"
        )
        rows = pc.cast(pc.fill_null(shown, "0"), pa.int32())
        return Cells(file=file, sheet="", rows=rows, columns=columns, problems=problems)

    def _flush(self) -> None:
        by_column = zip(*self._waiting, strict=True) if self._waiting else [[] for _ in self.names]
        self._batches.append(
            pa.record_batch([pa.array(values, pa.string()) for values in by_column], self.names)
        )
        self._waiting = []


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.nulls(0, column.type)


def plan(path: Path) -> Plan:
    """The texts of the file.

    Raises UnreadableSource for XML that is cut short or damaged, is no plan, or declares a document
    type.
    """
    with unpacked(path) as stream, _told(path.name):
        namespace = _namespace(stream, path.name)
        stream.seek(0)
        return _walk(stream, namespace)


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Turns what the parser says into a sentence for the user."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(
            file=file,
            place=f"line {error.lineno or 1}",
            why="the XML is cut short or damaged here",
            todo=EXPORT_AGAIN,
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            file=file, why="the packed file is cut short or damaged", todo=EXPORT_AGAIN
        ) from error


def _iterparse(stream: IO[bytes], **options: Any) -> Any:
    return etree.iterparse(
        stream,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        **options,
    )


def _namespace(stream: IO[bytes], file: str) -> str:
    """The namespace of the plan in braces, "" for none; read from the first element alone."""
    _, root = next(_iterparse(stream, events=("start",)))
    if root.getroottree().docinfo.doctype:
        raise UnreadableSource(
            file=file,
            why="it declares a document type, which no plan of Microsoft Project has and which can "
            "be used to do harm",
            todo=EXPORT_AGAIN,
        )
    name = etree.QName(root)
    if name.localname != "Project":
        raise UnreadableSource(
            file=file,
            why=f"it is XML, but no plan of Microsoft Project: it begins with <{name.localname}>",
            todo="Export the plan as Microsoft Project XML, or the register as a workbook or CSV, "
            "and try again.",
        )
    return f"{{{name.namespace}}}" if name.namespace else ""


def _walk(stream: IO[bytes], namespace: str) -> Plan:
    plan = Plan()
    task_tags = {f"{namespace}{name}": index for index, name in enumerate(TASK)}
    baseline_tags = {f"{namespace}{name}": index + 2 for index, name in enumerate(BASELINE)}
    task_tag, baseline_tag = f"{namespace}Task", f"{namespace}Baseline"
    tags = [task_tag, *(f"{namespace}{name}" for name in PASSED_OVER)]
    walk = _iterparse(stream, events=("end",), tag=tags)
    for _, element in walk:
        if element.tag == task_tag:
            row: list[str | None] = [None] * len(task_tags)
            baselines = []
            for child in element.iterchildren(baseline_tag, *task_tags):
                if child.tag == baseline_tag:
                    baselines.append(child)
                else:
                    row[task_tags[child.tag]] = child.text
            plan.tasks.add(row)
            for baseline in baselines:
                stated = [row[0], row[1], *([None] * len(BASELINE))]
                for child in baseline.iterchildren(*baseline_tags):
                    stated[baseline_tags[child.tag]] = child.text
                plan.baselines.add(stated)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    for name in PROJECT:
        text = (walk.root.findtext(f"{namespace}{name}") or "").strip()
        if text:
            plan.project[name] = text
    return plan
