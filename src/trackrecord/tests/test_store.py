"""The store: what it is given it gives back, whole or not at all; words can be rewritten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from trackrecord.decisions import Confirmed, SameProject
from trackrecord.errors import EvidenceError
from trackrecord.keys import Key
from trackrecord.record import Record
from trackrecord.store import ERASED, Store
from trackrecord.take import Take
from trackrecord.tests.registers import Row, take_of

MAY = date(2023, 5, 1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """Stands for a kill: no code of ours catches it."""


def a_take(name: str = "A", manager: str = "Ana Lima") -> Take:
    rows: list[Row] = [
        {
            "key": name,
            "name": f"Project {name}",
            "manager": manager,
            "cost_actual": 12,
            "planned_finish": MAY,
            "cause": "skills",
            "note": f"{manager} says it is late",
        },
        {"key": None, "name": manager},
    ]
    return take_of(rows, file=f"{name}.csv", groups=["note"] if name == "G" else ())


def a_record(*names: str) -> Record:
    record = Record(takes=tuple(a_take(name) for name in names))
    keys = [Key("register", name) for name in names]
    links = [SameProject(a=keys[0], b=key, by="p1", on=MAY) for key in keys[1:]]
    return record.with_decision(Confirmed(project=keys[0], by="p1", on=MAY), *links)


def saved(store: Store, record: Record) -> Record:
    store.make_current(store.save(record))
    return record


def test_what_is_saved_reads_back_equal(tmp_path: Path) -> None:
    record = saved(Store(tmp_path), a_record("A", "B", "G"))
    back = Store(tmp_path).load()

    assert back.edition == record.edition
    assert {n: t.to_pylist() for n, t in back.tables().items()} == {
        n: t.to_pylist() for n, t in record.tables().items()
    }
    assert back.words().to_pylist() == record.words().to_pylist()
    assert back.problems == record.problems
    assert (back.rows_in, back.rows_taken) == (record.rows_in, record.rows_taken)
    assert [sheet.digest for sheet in back.mappings.sheets] == [
        sheet.digest for sheet in record.mappings.sheets
    ]


def test_a_store_can_be_named_by_a_uri(tmp_path: Path) -> None:
    record = saved(Store(tmp_path.as_uri()), a_record("A"))

    assert Store(tmp_path).load() == record


def test_a_new_store_holds_an_empty_record(tmp_path: Path) -> None:
    assert Store(tmp_path).current is None
    assert Store(tmp_path).load() == Record()


def test_a_saved_edition_counts_only_once_it_is_made_current(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = saved(store, a_record("A"))
    second = store.save(a_record("A", "B"))

    assert store.load() == first
    store.make_current(second)
    assert store.load() == a_record("A", "B")
    assert store.load(first.edition) == first


def test_an_edition_that_was_never_saved_cannot_count(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="lacks editions/"):
        Store(tmp_path).make_current("0" * 64)


def test_a_column_that_an_old_take_lacks_is_missing(tmp_path: Path) -> None:
    record = saved(Store(tmp_path), a_record("A"))
    path = tmp_path / "takes" / record.takes[0].name / "projects.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["benefit_actual", "sponsor"]), path)
    projects = Store(tmp_path).load().tables()["projects"]

    assert projects["benefit_actual"].to_pylist() == [None]
    assert projects["cost_actual"].to_pylist() == [1200]


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stops the program before its n-th rename or sync of a file."""
    taken = iter(range(10_000))
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        if next(taken) == step:
            raise Killed
        real_sync(handle)

    def rename(path: Path, target: Path) -> Path:
        if next(taken) == step:
            raise Killed
        return real_replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", sync)
        patched.setattr(Path, "replace", rename)
        yield


def test_a_kill_at_any_step_leaves_the_old_edition_and_the_next_run_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    before, after = saved(store, a_record("A")), a_record("A", "B")
    steps = 0
    while True:
        try:
            with killed_at(steps, monkeypatch):
                store.make_current(store.save(after))
        except Killed:
            steps += 1
            kept = Store(tmp_path).load()
            assert kept in (before, after)
            assert contents_read(kept) > 0
        else:
            break

    assert steps > 15
    assert Store(tmp_path).load() == after
    assert contents_read(Store(tmp_path).load()) == 2


def contents_read(record: Record) -> int:
    """Reads every stored table; gives the number of projects."""
    return int(record.tables()["links"].num_rows)


WRITER = """
import sys
from trackrecord.store import Store
from trackrecord.tests.test_store import a_record, saved

store, record = Store(sys.argv[1]), a_record("A", "B")
print("ready", flush=True)
while True:
    for each in (record, record.without_take(record.takes[0].name)):
        saved(store, each)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_store_whose_writer_is_killed_still_opens(tmp_path: Path) -> None:
    """The long form, with a hundred kills, is in benchmarks/."""
    whole = a_record("A", "B")
    editions = {whole.edition, whole.without_take(whole.takes[0].name).edition}
    saved(Store(tmp_path), whole)
    for pause in (0.011, 0.037):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        record = Store(tmp_path).load()

        assert record.edition in editions
        assert contents_read(record) in (1, 2)


def test_sweeping_takes_away_what_no_edition_claims_once_it_is_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    current = saved(store, a_record("A"))
    store.keep_source(current.takes[0].source, "A.csv", b"key")
    old = store.save(a_record("B"))
    (tmp_path / "takes" / "left.1234.tmp").write_bytes(b"half")

    assert store.sweep(before=LONG_AGO, claimed=[]) == ()
    gone = store.sweep(before=FAR_AHEAD, claimed=[])
    assert f"editions/{old}.json" in gone
    assert "takes/left.1234.tmp" in gone
    assert store.editions == (current.edition,)
    assert contents_read(store.load()) == 1
    assert store.has_source(current.takes[0].source)
    assert store.sweep(before=FAR_AHEAD) == ()


def test_a_claimed_edition_survives_the_sweep(tmp_path: Path) -> None:
    store = Store(tmp_path)
    saved(store, a_record("A"))
    claimed = store.save(a_record("B"))

    assert store.sweep(before=FAR_AHEAD, claimed=[claimed]) == ()
    assert contents_read(store.load(claimed)) == 1


def test_a_take_saved_again_is_young_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    edition = store.save(a_record("A"))
    take = tmp_path / "takes" / a_record("A").takes[0].name
    for file in take.iterdir():
        os.utime(file, (0, 0))
    store.save(a_record("A"))
    yesterday = datetime.now(UTC) - timedelta(days=1)

    assert [p for p in store.sweep(before=yesterday, claimed=[]) if p.startswith("takes")] == []
    assert contents_read(store.load(edition)) == 1


def test_erasing_a_person_rewrites_words_deletes_the_source_and_changes_no_edition(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    record = saved(store, a_record("A", "B"))
    digest = record.takes[0].source
    store.keep_source(digest, "register.csv", b"Ana Lima")
    erased = store.erase("ana  lima")
    back = store.load()

    assert back.edition == record.edition
    assert erased.sources == (digest,)
    assert not store.has_source(digest)
    assert f"{ERASED} says it is late" in back.words()["text"].to_pylist()
    assert not any(b"Ana Lima" in path.read_bytes() for path in files_of(tmp_path))
    assert "Ana Lima" not in str(back.words().to_pylist()) + str(back.problems)


def test_erasing_leaves_longer_words_and_other_takes_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    saved(store, Record(takes=(a_take("A", "Anabel"), a_take("B", "Ana"))))
    erased = store.erase("Ana")
    texts = store.load().words()["text"].to_pylist()

    assert len(erased.takes) == 1
    assert "Anabel" in texts
    assert "Ana" not in texts


def test_what_was_erased_stays_erased_when_the_edition_is_saved_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    record = saved(store, a_record("A"))
    store.erase("Ana Lima")
    store.save(record)

    assert "Ana Lima" not in store.load().words()["text"].to_pylist()


def test_the_values_a_mapping_was_guessed_from_are_not_kept_among_facts(tmp_path: Path) -> None:
    take = a_take("A")
    columns = tuple(replace(c, seen=("Ana Lima",)) for c in take.mapping.sheets[0].columns)
    mapping = replace(take.mapping, sheets=(replace(take.mapping.sheets[0], columns=columns),))
    saved(Store(tmp_path), Record(takes=(replace(take, mapping=mapping),)))

    assert not any(b"Ana Lima" in path.read_bytes() for path in files_of(tmp_path / "takes"))


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
