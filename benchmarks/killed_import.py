"""Kills web and worker in the middle of imports of 200,000 rows, and takes more away: nothing is lost.

    .venv/bin/python benchmarks/killed_import.py [--kills 20] [--rows 200000] [--seed 1] [--disk]

Serves an office of its own as `backing serve` does, takes a small register in, and then drops large ones
through the pages, as a person would:

    kills       kill -9 of the worker, the web server, or all of `serve`, at random moments
    job store   taken away in mid-import
    two at once taken in together, and the worker killed on top
    full disk   the workspace on a disk with too little room (--disk, needs root)

After each blow, what counts must be whole: the edition can be loaded from its files, its rows in are those
taken and those with problems, and it holds the imports that count and no others.  Each import must end with
every row in it once, and be undone to exactly what was there before.  Progress may not go backwards and
ends at 100 per cent.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from imports import signed_in

from backing.conftest import Office

HEADER: Final = (
    "Project ID", "Project name", "Department", "Status", "Start date", "Planned finish",
    "Actual finish", "Budget (EUR)", "Actual cost (EUR)", "Comment",
)  # fmt: skip
SMALL: Final = 500  # rows of the register that is there before
NAMELESS: Final = 250  # one row in so many has no number of its own, and cannot be taken
KILLS_AN_IMPORT: Final = 5  # at most: one that is always killed would never end
PATIENCE: Final = 600.0  # seconds
STUCK: Final = 100.0  # seconds; a worker looks for what waits every minute
DISK: Final = 4 << 30  # bytes, of a disk that has room
ROOM: Final = (0.0, 0.5, 1.02, 1.2, 1.5, 2.0, 3.0)  # of the size of the file that is dropped


class Broken(Exception):
    """A promise that was not held."""


def claim(holds: bool, promise: str) -> None:
    """Raise Broken where a promise does not hold."""
    if not holds:
        raise Broken(promise)


def write_register(path: Path, rows: int, *, seed: int) -> Path:
    """An invented register; some of its rows cannot be taken."""
    draw = random.Random(seed)
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = workbook.add_worksheet("Register")
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADER)
    for row in range(1, rows + 1):
        start = datetime(2010, 1, 4) + timedelta(days=draw.randrange(4_000))
        planned = start + timedelta(days=draw.randrange(60, 900))
        budget = draw.randrange(10_000, 2_000_000)
        sheet.write_string(row, 0, "" if row % NAMELESS == 0 else f"{path.stem}-{row:06}")
        sheet.write_string(row, 1, f"Invented {path.stem} {row}")
        sheet.write_string(row, 2, draw.choice(["Retail", "Finance", "IT", "Estates", "People"]))
        sheet.write_string(row, 3, draw.choice(["Open", "Completed", "Completed", "Cancelled"]))
        sheet.write_datetime(row, 4, start, day)
        sheet.write_datetime(row, 5, planned, day)
        sheet.write_datetime(row, 6, planned + timedelta(days=draw.randrange(-20, 300)), day)
        sheet.write_number(row, 7, budget)
        sheet.write_number(row, 8, round(budget * draw.uniform(0.8, 1.7), 2))
        sheet.write_string(row, 9, f"Note {row % 500}: the supplier was late.")
    workbook.close()
    return path


def taken_of(rows: int) -> int:
    """How many rows of such a register can be taken."""
    return rows - rows // NAMELESS


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts: an edition with its numbers, and how many imports are in it."""

    edition: str
    rows_in: int
    rows_taken: int
    projects: int
    imports: int


def standing() -> Standing:
    """What counts now; raises Broken where it is not whole."""
    from django.db import transaction

    from backing.evidence.editions.truth import store
    from backing.evidence.models import DroppedFile, Edition, Import, MirroredProject

    with transaction.atomic():
        edition = Edition.objects.get(is_current=True)
        counting = Import.objects.counting()
        takes = set(
            DroppedFile.objects.filter(reading__taken_in__in=counting)
            .exclude(take="")
            .values_list("take", flat=True)
        )
        imports, mirrored = counting.count(), MirroredProject.objects.count()
    record = store().load(edition.name)  # raises where a file it lists is not there
    claim(takes == {take.name for take in record.takes}, "it holds the imports that count")
    claim(record.edition == edition.name, "its files are those it was made of")
    claim(
        (record.rows_in, record.rows_taken) == (edition.rows_in, edition.rows_taken),
        "its rows are those of its files",
    )
    claim(
        record.rows_in == record.rows_taken + record.rows_with_problems,
        "rows in are rows taken and rows with problems",
    )
    claim(mirrored == edition.projects, "every project is mirrored once")
    return Standing(edition.name, edition.rows_in, edition.rows_taken, edition.projects, imports)


class Visitor:
    """One signed-in person, who tries again where no server answers."""

    def __init__(self, office: Office, link: str) -> None:
        self._address = office.address
        self._browser = signed_in(link)

    def drop(self, file: Path) -> int:
        """Drop a file; gives the number of its reading."""
        shown = self.post("/evidence/import/", file=file)
        found = re.search(r"/import/(\d+)/$", shown)
        if found is None:
            raise Broken(f"a dropped file is there: {shown}")
        return int(found[1])

    def take_in(self, reading: int) -> None:
        self.post(f"/evidence/import/{reading}/taking/")

    def undo(self, reading: int) -> None:
        self.post(f"/evidence/import/{reading}/undo/")

    def try_again(self, reading: int) -> None:
        self.post(f"/evidence/import/{reading}/attempt/")

    def see(self, page: str) -> str:
        """A page as it stands, whatever its status."""
        try:
            return str(self._patiently(self._address + page).read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def post(self, page: str, *, file: Path | None = None) -> str:
        """Send a form; gives where it led.  Raises HTTPError where it was refused."""
        shown = self.see("/evidence/import/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
        if token is None:
            raise Broken(f"the page has a form: {shown[:2000]}")
        body, kind = _form(token[1], file)
        request = urllib.request.Request(
            self._address + page, data=body, headers={"Content-Type": kind}
        )
        return str(self._patiently(request).geturl())

    def _patiently(self, request: urllib.request.Request | str) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._browser.open(request, timeout=120)
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


def _form(token: str, file: Path | None) -> tuple[bytes, str]:
    if file is None:
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token})
        return form.encode(), "application/x-www-form-urlencoded"
    line = uuid.uuid4().hex
    part = f"--{line}\r\nContent-Disposition: form-data; name="
    head = (
        f'{part}"csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'{part}"file"; filename="{file.name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + file.read_bytes() + f"\r\n--{line}--\r\n".encode()
    return body, f"multipart/form-data; boundary={line}"


@dataclass(slots=True)
class Watch:
    """Sees that progress never goes backwards while something is waited for."""

    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def over(self, kind: str, number: int) -> str:
        """The state in which a piece of work has ended; empty while it has not."""
        from backing.evidence.models import Import, Reading

        model = Reading if kind == "reading" else Import
        work = model.objects.get(pk=number)
        before = self._seen.get(work.job_name, (0, 1))
        claim(
            work.done * before[1] >= before[0] * work.total,
            f"{work.job_name}: progress does not go backwards ({before}, {work.done}/{work.total})",
        )
        if work.total:
            self._seen[work.job_name] = (work.done, work.total)
        if work.state == "done":
            claim(work.per_cent == 100 and work.done == work.total, "it ends at 100 per cent")
        return "" if work.is_unfinished else str(work.state)


def wait_for(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Look again and again until something is so; Broken where it does not become so."""
    until = time.monotonic() + patience
    while not true():
        claim(time.monotonic() < until, what)
        time.sleep(0.05)


class Trials:
    """An office, who visits it, and what was seen."""

    def __init__(self, office: Office, folder: Path, *, rows: int, seed: int) -> None:
        self.office, self.folder, self.rows = office, folder, rows
        self.draw = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.visitor = Visitor(office, office.serve())
        self.take_in(write_register(folder / "small.xlsx", SMALL, seed=seed))
        self.before = standing()
        claim(self.before.rows_taken == taken_of(SMALL), "the small register is in")

    def register(self, name: str) -> Path:
        return write_register(self.folder / f"{name}.xlsx", self.rows, seed=self.draw.randrange(99))

    def take_in(self, *files: Path) -> list[int]:
        """Drop files and take them in at the same time; gives their readings, when all is over."""
        from backing.evidence.models import Import

        watch = Watch()
        readings = [self.visitor.drop(file) for file in files]
        for reading in readings:
            self._done(watch, "reading", reading)
        for reading in readings:
            self.visitor.take_in(reading)
        for import_ in Import.objects.filter(reading__in=readings):
            self._done(watch, "import", import_.pk)
        return readings

    def _done(self, watch: Watch, kind: str, number: int) -> None:
        wait_for(lambda: watch.over(kind, number), f"{kind} {number} ends")
        claim(watch.over(kind, number) == "done", f"{kind} {number} is done")

    def hold(self, *files: Path) -> None:
        """Take files in; every row must be there once, and after an undo none."""
        readings = self.take_in(*files)
        now, new = standing(), len(files)
        claim(now.rows_in == self.before.rows_in + new * self.rows, "every row came in once")
        claim(now.rows_taken == self.before.rows_taken + new * taken_of(self.rows), "and was taken")
        claim(now.projects == self.before.projects + new * taken_of(self.rows), "as a project")
        claim(now.imports == self.before.imports + new, "and each import counts once")
        self.undo(*readings)

    def undo(self, *readings: int) -> None:
        """Undo imports; what counts must then be what counted before."""
        for reading in readings:
            self.visitor.undo(reading)
        wait_for(lambda: standing() == self.before, "an undo brings back what was there")
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is left to renew."""
        from backing.evidence.models import Renewal

        wait_for(
            lambda: not Renewal.objects.filter(state__in=("waiting", "running")).exists(),
            "what was asked for is made",
        )

    def kill(self) -> str:
        """Kill the worker, the web server or everything; serves again where nobody else would."""
        whom = self.draw.choice(["worker", "web", "everything"])
        parent = self.office.processes[-1]
        for pid, words in processes_of(parent.pid):
            if whom in ("everything", words):
                os.kill(pid, signal.SIGKILL)
        if whom == "everything":
            parent.kill()
            parent.wait()
            standing()
            self.serve_again()
        return whom

    def serve_again(self) -> None:
        """As a person does who finds the office closed: the children of the old one end first."""
        wait_for(lambda: not self._is_answered(), "the port is let go", patience=30)
        self.office.serve()

    def _is_answered(self) -> bool:
        try:
            urllib.request.urlopen(self.office.address, timeout=2)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    @contextmanager
    def befallen(self, blow: Callable[[], str], *, times: int, within: float) -> Iterator[None]:
        """Strike up to so many times at random moments meanwhile, and look at what counts each time."""
        over, failed = threading.Event(), []

        def strike() -> None:
            from django.db import connections

            try:
                for _ in range(times):
                    if over.wait(self.draw.uniform(0.0, within)):
                        break
                    self.counts[blow()] += 1
                    standing()
            except BaseException as reason:  # noqa: BLE001  # told by the thread that waits
                failed.append(reason)
            finally:
                connections.close_all()

        striking = threading.Thread(target=strike)
        striking.start()
        try:
            yield
        finally:
            over.set()
            striking.join()
        if failed:
            raise failed[0]

    def take_job_store_away(self) -> str:
        for file in self.office.home.glob("jobs.sqlite3*"):
            file.unlink()
        return "job store"


def processes_of(parent: int) -> Iterator[tuple[int, str]]:
    """Number and part ("web", "worker") of the children of `serve`."""
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        yield int(pid), "worker" if "worker" in words else "web"


def kill_trials(trials: Trials, kills: int, usual: float) -> None:
    """Import after import, until so many were killed in the middle of one."""
    number = 0

    def killed() -> int:
        return sum(trials.counts[whom] for whom in ("worker", "web", "everything"))

    while (left := kills - killed()) > 0:
        number += 1
        register = trials.register(f"killed{number}")
        with trials.befallen(trials.kill, times=min(left, KILLS_AN_IMPORT), within=usual / 2):
            trials.hold(register)
        print(f"import {number}: whole after {killed()} kills", flush=True)


def disk_trials(trials: Trials) -> None:
    """Import on a disk with little room; then with enough."""
    for share in ROOM:
        register = trials.register(f"full{share * 100:.0f}")
        room = int(register.stat().st_size * share)
        resize(trials.office.home, used_bytes(trials.office.home) + room)
        said = on_full_disk(trials, register)
        resize(trials.office.home, DISK)
        trials.counts[f"full disk, {said}"] += 1
        print(f"disk with room for {share:g} times the file: {said}", flush=True)
        recover(trials)
        trials.hold(register)


def on_full_disk(trials: Trials, register: Path) -> str:
    """What became of an import, and what the page said; what counts must be what counted."""
    watch = Watch()
    try:
        reading = trials.visitor.drop(register)
    except urllib.error.HTTPError as refused:
        claim("the disk may be full" in refused.read().decode(), "the page says that it is full")
        claim(standing() == trials.before, "a full disk changes nothing")
        return "refused"
    for kind, number in (("reading", reading), ("import", 0)):
        if kind == "import":
            trials.visitor.take_in(reading)
            number = import_of(reading)
        until = time.monotonic() + STUCK
        while not watch.over(kind, number) and time.monotonic() < until:
            time.sleep(0.2)
        ended = watch.over(kind, number)
        if ended != "done":
            claim(standing() == trials.before, "a full disk changes nothing")
            page = trials.visitor.see(f"/evidence/import/{reading}/")
            claim(not ended or "disk of the machine is full" in page, f"the page says so: {page}")
            return f"{kind} {ended or 'waits'}"
    trials.undo(reading)
    return "fitted"


def import_of(reading: int) -> int:
    from backing.evidence.models import Import

    return int(Import.objects.values_list("pk", flat=True).get(reading=reading))


def recover(trials: Trials) -> None:
    """With room again, what was begun ends, and what it took in is undone."""
    from backing.evidence.models import Import, Reading

    def unfinished() -> bool:
        left = ("waiting", "running")
        return any(model.objects.filter(state__in=left).exists() for model in (Reading, Import))

    wait_for(lambda: not unfinished(), "with room again, what was begun ends")
    for import_ in Import.objects.counting().order_by("-pk")[: standing().imports - 1]:
        trials.undo(import_.reading_id)


def used_bytes(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def resize(place: Path, size: int) -> None:
    """Give a disk in memory another size; it cannot be less than what lies there."""
    subprocess.run(["mount", "-o", f"remount,size={size}", place], check=True)


@contextmanager
def disk(place: Path, *, wanted: bool) -> Iterator[None]:
    """A disk of its own at this place, where it is wanted."""
    place.mkdir(parents=True)
    if not wanted:
        yield
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place], check=True)
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        subprocess.run(["umount", place], check=True)


def run(trials: Trials, *, kills: int, with_disk: bool) -> None:
    """Every trial, one after the other."""
    register = trials.register("usual")
    began = time.perf_counter()
    readings = trials.take_in(register)
    usual = time.perf_counter() - began
    print(f"undisturbed: {usual:.0f} s", flush=True)
    trials.undo(*readings)
    kill_trials(trials, kills, usual)
    for number in (1, 2):
        register = trials.register(f"store{number}")
        with trials.befallen(trials.take_job_store_away, times=1, within=usual / 2):
            trials.hold(register)
    print("job store taken away: whole", flush=True)
    two = [trials.register("first"), trials.register("second")]
    with trials.befallen(trials.kill, times=2, within=usual / 2):
        trials.hold(*two)
    print("two at once: whole", flush=True)
    if with_disk:
        disk_trials(trials)


def main() -> None:
    """Run the trials and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disk", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        office = Office(Path(name))
        office.environment["DJANGO_SETTINGS_MODULE"] = "backing.site.settings"
        os.environ.update(office.environment)
        with disk(office.home, wanted=options.disk):
            try:
                import django

                django.setup()
                trials = Trials(office, Path(name), rows=options.rows, seed=options.seed)
                run(trials, kills=options.kills, with_disk=options.disk)
            finally:
                office.close()
        for what, times in sorted(trials.counts.items()):
            print(f"{what}: {times}")


if __name__ == "__main__":
    main()
