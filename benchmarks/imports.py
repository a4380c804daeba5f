"""An import in the office, from files dropped to figures on a page, with the page still answering.

    .venv/bin/python benchmarks/imports.py [--rows 5000 200000]

Opens an office of its own, web and worker as `backing serve` starts them, and lets the worker load what it
needs.  Then, for each size: writes a register (as benchmarks/reading.py does), drops it, takes it in as
soon as it is read, and says how long it took

    read      until what was understood can be shown
    figures   until the edition counts and its figures stand: the limit is 3 s for 5,000 rows, 20 s for
              200,000
    rows      until the rows behind every figure are listed as well

and how the evidence page answered in the meantime, asked again and again by one signed-in user.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reading import write_register

from backing.conftest import Office

PAGE = "/evidence/"
WARM_SECONDS = 20.0


class Asking(threading.Thread):
    """One user who looks at a page again and again, and how long each answer took."""

    def __init__(self, browser: urllib.request.OpenerDirector, address: str) -> None:
        super().__init__(daemon=True)
        self._browser, self._address = browser, address
        self._over = threading.Event()
        self.seconds: list[float] = []

    def run(self) -> None:
        """Ask until told that it is over."""
        while not self._over.wait(0.05):
            began = time.perf_counter()
            self._browser.open(self._address, timeout=60).read()
            self.seconds.append(time.perf_counter() - began)

    def stop(self) -> str:
        """Stop asking; says how it went."""
        self._over.set()
        self.join()
        ordered = sorted(self.seconds)
        p95 = ordered[max(0, int(len(ordered) * 0.95) - 1)]
        return (
            f"page: {len(ordered)} answers, median {statistics.median(ordered) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms, longest {ordered[-1] * 1000:.0f} ms"
        )


def signed_in(link: str) -> urllib.request.OpenerDirector:
    """A browser that has opened the one-time link."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(link, timeout=60).read()
    return browser


def seconds_until(true: Callable[[], object], began: float, patience: float = 600) -> float:
    """How long since `began` until it was so."""
    while not true():
        if time.perf_counter() > began + patience:
            raise SystemExit("it did not come about")
        time.sleep(0.02)
    return time.perf_counter() - began


def import_one(workbook: Path) -> tuple[float, float, float]:
    """Seconds until the workbook was read, its figures stood, and its rows were listed."""
    from backing.evidence import actions
    from backing.evidence.models import Edition, Import, Reading
    from backing.evidence.uploads import OnDisk
    from backing.people.actions import head
    from backing.site.work import State

    def is_over(model: type[Reading] | type[Import], pk: int) -> bool:
        state = model.objects.values_list("state", flat=True).get(pk=pk)
        if state in (State.FAILED, State.STOPPED):
            raise SystemExit(f"{model.kind} {state}")
        return bool(state == State.DONE)

    before = Edition.objects.current()
    began = time.perf_counter()
    reading = actions.drop([OnDisk(workbook)], by=head(), now=datetime.now(UTC))
    read = seconds_until(lambda: is_over(Reading, reading.pk), began)
    taken = actions.take_in(reading, by=reading.by, now=datetime.now(UTC))
    figures = seconds_until(lambda: Edition.objects.current() not in (before, None), began)
    return read, figures, seconds_until(lambda: is_over(Import, taken.pk), began)


def main() -> None:
    """Open an office, import each size, print what it took."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, nargs="+", default=[5_000, 200_000])
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(folder)
        os.environ.update(office.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "backing.site.settings"
        office.environment["DJANGO_SETTINGS_MODULE"] = "backing.site.settings"
        try:
            browser = signed_in(office.serve())
            import django

            django.setup()
            from backing.site import jobs

            jobs.warm_up()  # as the web process does when it starts
            time.sleep(WARM_SECONDS)
            for rows in chosen.rows:
                workbook = folder / f"register-of-{rows}.xlsx"
                write_register(workbook, rows)
                asking = Asking(browser, office.address + PAGE)
                asking.start()
                read, figures, listed = import_one(workbook)
                print(
                    f"{rows:,} rows: read {read:.2f} s, figures {figures:.2f} s, rows {listed:.2f} s"
                )
                print(asking.stop())
        finally:
            office.close()


if __name__ == "__main__":
    main()
