"""What the tests of the deck look at: a user's template, demanding charts, and a deck taken apart."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from boardpaper.blocks import Ask, Block, ChartBlock, Column, Document, Section, Statement, Table
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim
from boardpaper.tests import sample

THEIR_ACCENT = "B03A2E"
THEIR_LAYOUT = "Our findings"
LEFT_BEHIND = "Last year’s secret"

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

LONG_NAME = "A name of sixty letters that somebody in an office typed in full"[:60]
LONG_FINDING = (
    "This is a very long finding that takes two and perhaps even three lines on a slide, because nobody "
    "shortened it, which happens oftener than one would wish"
)


def their_template(path: Path, *, height: float = 7.5) -> Path:
    """A user's template: 4:3, other colours and fonts, a layout of their own, two old slides.

    height: of its slides in inches, where they are to be lower than that.
    """
    made = Presentation()
    made.slide_height = Inches(height)
    theme = next(
        relation.target_part
        for relation in made.slide_master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    xml = theme.blob.decode()
    for role, colour in (("accent1", THEIR_ACCENT), ("lt2", "EAECEE")):
        solid = f'<a:{role}><a:srgbClr val="{colour}"/></a:{role}>'
        xml = re.sub(rf"<a:{role}>.*?</a:{role}>", solid, xml, flags=re.DOTALL)
    theme.blob = xml.encode()
    layout = made.slide_layouts[5]
    layout.name = THEIR_LAYOUT
    title: Any = next(iter(layout.placeholders))
    title.left, title.top, title.width, title.height = (
        Inches(each) for each in (0.5, 0.9, 9.0, 0.9)
    )
    for index in (0, 1):
        slide = made.slides.add_slide(made.slide_layouts[index])
        slide.shapes.title.text = LEFT_BEHIND
        slide.notes_slide.notes_text_frame.text = LEFT_BEHIND
    made.core_properties.author = "Whoever made the template"
    made.save(str(path))
    return path


def untitled_template(path: Path) -> Path:
    """A template in which no layout has a title."""
    made = Presentation()
    for layout in made.slide_layouts:
        for placeholder in list(layout.placeholders):
            if "TITLE" in str(placeholder.placeholder_format.type):
                placeholder.element.getparent().remove(placeholder.element)
    made.save(str(path))
    return path


def demanding_charts() -> dict[str, Chart]:
    """Charts at the edge of what a drawer may be given, by what is hard about them."""
    draw = random.Random(300)
    dots, pareto, intervals = sample.cost_dots(), sample.causes_pareto(), sample.units_intervals()
    bars, xmr, run = sample.overrun_bars(), sample.intake_xmr(), sample.slip_run()

    def only(chart: Chart, *marks: Mark, **changes: Any) -> Chart:
        return replace(chart, series=(replace(chart.series[0], marks=marks, **changes),))

    def renamed(chart: Chart) -> Chart:
        named = (replace(mark, label=LONG_NAME) for mark in chart.series[0].marks)
        return only(chart, *named)

    many = tuple(Mark(x=draw.gauss(0.2, 0.2), label=f"P-{n:03d}") for n in range(300))
    rows = tuple(
        Mark(x=n / 100, low=n / 100 - 0.1, high=n / 100 + 0.1, label=f"Unit {n}", n=n + 5)
        for n in range(40)
    )
    return {
        "one dot": only(dots, Mark(x=0.3, label="P-001"), summary=None),
        "no dot": only(dots, summary=None),
        "no summary": only(dots, *dots.series[0].marks, summary=None),
        "three hundred dots": only(dots, *many),
        "dots of one value": only(dots, *(Mark(x=0.0) for _ in range(60))),
        "one row": only(intervals, intervals.series[0].marks[0]),
        "forty rows": only(intervals, *rows),
        "rows with long names": renamed(pareto),
        "bars with long names": renamed(bars),
        "one bar": only(bars, bars.series[0].marks[0]),
        "one month": replace(only(xmr, xmr.series[0].marks[0]), limits=()),
        "one project in time": only(run, run.series[0].marks[0], summary=None),
        "a name with a control character": only(intervals, Mark(x=0.1, label="Sales\x0bNorth")),
        "many units of different size": funnel_of_many_units(),
    }


def funnel_of_many_units() -> Chart:
    """A funnel with size along and share up."""
    draw = random.Random(60)
    sizes = range(5, 80, 4)
    return Chart(
        kind="funnel",
        finding=Claim("Units against what chance alone would give"),
        series=(
            Series(
                name="Units",
                marks=tuple(
                    Mark(
                        x=float(n),
                        y=min(1.0, max(0.0, 0.6 + draw.gauss(0, 0.8) / n**0.5)),
                        low=max(0.0, 0.6 - 0.96 / n**0.5),
                        high=min(1.0, 0.6 + 0.96 / n**0.5),
                        label=f"Unit {n}",
                    )
                    for n in sizes
                ),
            ),
        ),
        axis=Axis(
            scale="count", low=0, high=80, ticks=tuple((20.0 * k, str(20 * k)) for k in range(5))
        ),
        second_axis=Axis(
            scale="share", low=0, high=1, ticks=tuple((k / 4, f"{25 * k}%") for k in range(5))
        ),
        limits=(("all units", 0.6),),
        alternative="Most units lie within the limits.",
    )


def demanding_document() -> Document:
    """More than fits: long findings, crowded slides, a table of a hundred rows, fourteen sentences."""
    charts = demanding_charts()
    table = Table(
        columns=(
            Column(name="Project"),
            Column(name="Value", align="right"),
            Column(name="Remark"),
        ),
        rows=tuple((f"P-{n:03d}", f"{n}%", "a remark of some length " * 4) for n in range(100)),
        note="Largest first.",
    )
    sentence = Claim("A sentence that goes on and on, so that it must break into several lines. ")
    sections = [
        _section(words.capitalize(), ChartBlock(chart=chart)) for words, chart in charts.items()
    ]
    sections += [
        _section(
            LONG_FINDING,
            ChartBlock(chart=charts["three hundred dots"]),
            ChartBlock(chart=charts["rows with long names"]),
            Statement(claims=(sentence,)),
        ),
        _section(
            LONG_FINDING,
            Statement(claims=(sentence,) * 14, margin=("A note in the margin",)),
            Ask(request=Claim("Decide."), of="the board"),
        ),
        _section("A long table", table, Statement(claims=(sentence,))),
    ]
    return replace(sample.document(), sections=tuple(sections))


def _section(lead: str, *blocks: Block) -> Section:
    return Section(lead=Claim(lead), blocks=blocks, kicker="Demanding")


def opened(deck: bytes) -> Any:
    """The deck as python-pptx reads it."""
    return Presentation(io.BytesIO(deck))


def chart_parts(deck: bytes) -> dict[str, etree._Element]:
    """The markup of every native chart, by the name of its part."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in sorted(package.namelist())
            if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)
        }


def native_charts(deck: bytes) -> Iterator[Any]:
    """Every native chart, slide by slide."""
    for slide in opened(deck).slides:
        yield from (shape.chart for shape in slide.shapes if shape.has_chart)


def pages(file: Path, folder: Path) -> int:
    """How many pages LibreOffice makes of an Office file; skips where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine, so the file is not opened by it")
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    content = (folder / f"{file.stem}.pdf").read_bytes()
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
