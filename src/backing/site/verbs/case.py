"""`backing case`: files in, the case out; no server, no account, no database."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow.compute as pc

import trackrecord as tr
from backing.documents.contract import figures_csv, figures_json, problems_csv
from backing.documents.papers import Evidence, case_for_the_pmo
from backing.site.beside import Beside, Waiting, second_process
from backing.site.progress import Progress
from backing.site.verbs import sources, tally
from backing.site.whole_folder import check_destination, whole_folder
from boardpaper.blocks import Document
from trackrecord.errors import EvidenceError
from trackrecord.figure import Figure
from trackrecord.groups import are_groups
from trackrecord.mapping import to_toml
from trackrecord.record import Record

WRITTEN = (
    "case.pdf",
    "case.pptx",
    "case.html",
    "figures.json",
    "figures.csv",
    "figures.xlsx",
    "problems.csv",
    "mapping.toml",
)
# The demo's registers are kept beside its case, so that "file and row" can be opened.
REGISTERS = tuple(f"registers/aldmoor-project-register-{year}.xlsx" for year in (2023, 2024, 2025))
OURS = (*WRITTEN, *REGISTERS)
UNNAMED = "Your organisation"


class NothingToRead(EvidenceError):
    """Neither files nor --demo, or both."""


def run(options: argparse.Namespace) -> int:
    """Write the case; returns the exit code."""
    if bool(options.files) == bool(options.demo):
        raise NothingToRead(
            "Give the files to read, or --demo for the invented company, not both."
            if options.files
            else "Give at least one file to read, or --demo to see it on an invented company."
        )
    check_destination(options.to.resolve(), ours=OURS)
    if options.template is not None:
        from boardpaper.render.pptx import check_template

        check_template(options.template)
    if not options.demo:
        _write(options, options.files, options.name or UNNAMED)
        return 0
    from backing import demo

    with tempfile.TemporaryDirectory(prefix="backing-demo-") as folder:
        _write(options, demo.write(Path(folder)), options.name or demo.ORGANISATION)
    return 0


def _write(options: argparse.Namespace, files: Sequence[Path], organisation: str) -> None:
    with second_process(_import_slides) as beside:
        _write_beside(beside, options, files, organisation)


def _write_beside(
    beside: Beside, options: argparse.Namespace, files: Sequence[Path], organisation: str
) -> None:
    progress = Progress(4)
    progress.step(f"Reading {len(files)} {'file' if len(files) == 1 else 'files'}")
    record = sources.read(options, files)
    progress.step(f"Measuring {record.rows_taken:,} rows")
    by = options.by or ("org_unit" if _compares_units(record) else None)
    basis = tr.basis_of(record, by=by)
    figures = tr.figures(basis)
    progress.step("Composing the case")
    document = case_for_the_pmo(
        Evidence(record, basis, figures), organisation=organisation, by=by, invented=options.demo
    )
    progress.step("Writing paper, slides, page and figures")
    slides = beside.render(render_slides, document, template=options.template)
    with whole_folder(options.to, ours=OURS) as folder:
        for name, content in _contents(record, basis, figures, document, slides):
            (folder / name).write_bytes(content)
        if options.demo:
            _keep_registers(files, folder / "registers")
    progress.done(_summary(record, options.to))


def _keep_registers(files: Sequence[Path], folder: Path) -> None:
    folder.mkdir()
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _import_slides() -> None:
    import boardpaper.render.pptx  # noqa: F401  # so that it is there when the document is


def render_slides(document: Document, *, template: Path | None) -> bytes:
    """The deck; drawn in the second process, so that it is imported there and not here."""
    from boardpaper.render import pptx

    return pptx.render(document, template=template)


def _compares_units(record: Record) -> bool:
    """Whether the projects have units, and few enough of them to be compared."""
    projects = record.tables()["projects"].select(["register", "key", "org_unit"]).drop_null()
    units = pc.count_distinct(projects["org_unit"]).as_py()
    return units > 0 and are_groups(
        units, projects.group_by(["register", "key"]).aggregate([]).num_rows
    )


def _contents(
    record: Record,
    basis: tr.Basis,
    figures: Sequence[Figure],
    document: Document,
    slides: Waiting,
) -> list[tuple[str, bytes]]:
    from boardpaper.render import html, pdf, xlsx

    return [
        ("case.pdf", pdf.render(document)),
        ("case.html", html.render(document)),
        ("figures.json", figures_json(record, figures)),
        ("figures.csv", figures_csv(figures)),
        ("figures.xlsx", xlsx.render(figures, tr.projects_table(basis), edition=record.edition)),
        ("problems.csv", problems_csv(record.problems)),
        ("mapping.toml", to_toml(record.mappings).encode()),
        ("case.pptx", slides.result()),
    ]


def _summary(record: Record, folder: Path) -> str:
    lines = [tally.rows(record, listed_in="problems.csv")]
    lines += tally.asked(record, listed_in="problems.csv", mapping="mapping.toml")
    if alike := tr.proposals(record):
        lines.append(
            f"{len(alike):,} pairs may be the same project under two numbers; they are listed "
            "in the paper and counted apart until you confirm them."
        )
    lines.append(f"The case is in {folder}.")
    return "\n".join(lines)
