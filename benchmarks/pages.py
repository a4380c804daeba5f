"""The evidence pages over 10,000 projects and 1,000,000 status rows: seconds and queries a page.

    .venv/bin/python benchmarks/pages.py [--projects 10000] [--reports 100] [--times 40]

Makes a workspace of its own and lets an invented portfolio count in it, by the code that the worker runs
(the reading of files is left out: benchmarks/imports.py asks about that).  Then asks for each page as the
head of the office and as a leader, in this process and without a network, and says how long the server
took, by the clock and of the processor, and how many queries it asked.  The first answer after a new edition is said by itself: it composes
what all later ones find made.  The limit is 200 ms at the 95th percentile, and the same number of
queries for ten times the projects.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import measures_data
import pyarrow as pa
import pyarrow.parquet as pq

from backing.conftest import Office
from trackrecord.layout import Mapping
from trackrecord.record import Record
from trackrecord.tables import WORDS, empty
from trackrecord.take import Take

if TYPE_CHECKING:
    from backing.evidence.models import Edition
    from backing.people.models import Account

SEED = 20_240_311
PROJECT = "portfolio/P0000777"
COST = "cost_overrun_median"
PAGES = (
    "/evidence/",
    "/evidence/compared/",
    "/evidence/compared/kind/",
    "/evidence/why/",
    "/evidence/reports/",
    "/evidence/quality/",
    "/evidence/projects/",
    "/evidence/projects/?page=150",
    "/evidence/projects/?q=0077&org_unit=unit+03",
    f"/evidence/project/?of={PROJECT}",
    f"/evidence/figures/{COST}/?against=original",
    f"/evidence/figures/{COST}/?against=original&by=org_unit&group=unit+03",
    f"/evidence/figures/{COST}/rows/?against=original&page=60",
    "/evidence/charts/cost.svg",
)


class Answers(NamedTuple):
    """How one page was answered, in seconds; the first one apart.

    later: by the clock.  busy: of the processor, which others on the machine slow less.
    """

    page: str
    first: float
    later: list[float]
    busy: list[float]
    queries: int
    kilobytes: float


def p95(seconds: list[float]) -> float:
    """What nineteen answers of twenty stay within."""
    return sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]


def portfolio(folder: Path, *, projects: int, reports: int) -> Record:
    """An invented portfolio as a Record: one take, as if its files had been read."""
    measures_data.write(folder, projects=projects, reports=reports, seed=SEED)
    tables = {name: empty(name) for name in ("items", "item_baselines", "roles", "groups")}
    for name in ("projects", "baselines", "reports", "causes"):
        tables[name] = pq.read_table(folder / f"{name}.parquet")
    rows = sum(table.num_rows for table in tables.values())
    take = Take(
        name=f"{projects:032x}{reports:032x}",
        source=f"{reports:032x}{projects:032x}",
        file="portfolio.parquet",
        reader="invented",
        registers=("portfolio",),
        as_at=None,
        mapping=Mapping(),
        tables=tables,
        words=names(tables["projects"]),
        problems=(),
        rows_in=rows,
        rows_taken=rows,
    )
    return Record(takes=(take,))


def names(projects: pa.Table) -> pa.Table:
    """A name for each project, as words are kept."""
    place = {name: projects[name] for name in WORDS.names if name in projects.column_names}
    given = {
        **place,
        "item_id": pa.nulls(projects.num_rows, pa.string()),
        "column": pa.array(["name"] * projects.num_rows),
        "text": pa.array([f"Project {number}" for number in range(projects.num_rows)]),
    }
    return pa.table({name: given[name] for name in WORDS.names}, schema=WORDS)


def let_count(record: Record) -> Edition:
    """What the worker does with what was read, but for the rows behind counts of single exports: none of
    the pages below shows them, and a hundred exports take minutes to list."""
    from backing.evidence import history
    from backing.evidence.editions.current import make_current
    from backing.evidence.editions.making import make
    from backing.evidence.models import Edition

    now, began = datetime.now(UTC), time.perf_counter()
    made = make(record, now=now)
    make_current(made, [], now=now)
    print(f"it counts after {time.perf_counter() - began:.0f} s", flush=True)
    history.write(record)
    Edition.objects.filter(pk=made.edition.pk).update(has_rows=True)
    return made.edition


def accounts() -> dict[str, Account]:
    """The head of the office, and the leader of one unit."""
    from backing.people.access import Role
    from backing.people.models import Account, OrgUnit, Person

    unit = OrgUnit(name="unit 03")
    unit.save()
    found = {}
    for name, role, of in (("head", Role.PMO_HEAD, None), ("leader", Role.LEADER, unit)):
        person = Person(full_name=name, org_unit=of)
        person.save()
        found[name] = Account.objects.create(person=person, role=role)
    return found


def ask(account: Account, page: str, times: int, *, post: bool = False) -> Answers:
    """Ask for one page again and again.  post: as a click on its button does."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client()
    browser.force_login(account)
    method = browser.post if post else browser.get
    seconds, busy = [], []
    for _ in range(times + 1):
        began, busy_before = time.perf_counter(), time.process_time()
        answer = method(page)
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - busy_before)
    with CaptureQueriesContext(connection) as asked:  # not by the clock: to note each takes time
        method(page)
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{page}: {answer.status_code}")
    return Answers(page, seconds[0], seconds[1:], busy[1:], len(asked), len(answer.content) / 1024)


def printed(answers: Iterable[Answers]) -> None:
    """A line a page."""
    print(f"{'first':>7} {'median':>7} {'p95':>7} {'busy':>7} {'queries':>7} {'KB':>6}")
    for each in answers:
        print(
            f"{each.first * 1e3:5.0f}ms {statistics.median(each.later) * 1e3:5.0f}ms "
            f"{p95(each.later) * 1e3:5.0f}ms {p95(each.busy) * 1e3:5.0f}ms {each.queries:7} {each.kilobytes:6.0f}  {each.page}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder)).make()
        os.environ |= office.environment
        os.environ["DJANGO_SETTINGS_MODULE"] = "backing.site.settings"
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        data = Path(folder) / "data"
        data.mkdir()
        edition = let_count(portfolio(data, projects=options.projects, reports=options.reports))
        print(
            f"{edition.projects:,} projects, {edition.rows_taken:,} rows, "
            f"{edition.figures.count():,} figures"
        )
        for name, account in accounts().items():
            print(f"\n{name}")
            printed(ask(account, page, options.times) for page in PAGES)


if __name__ == "__main__":
    main()
