"""The same measures on a Spark cluster (extra `spark`), with answers equal to 1e-12 and ties settled."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from trackrecord.engine import spark_engine
from trackrecord.figure import Figure
from trackrecord.measures import figures
from trackrecord.measures.tests.everything import everything

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BY = "size"
# These machines live for a minute: compiling thoroughly and collecting side by side would not pay.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def why_not() -> str | None:
    """What keeps a Spark cluster from starting here; None where nothing does."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return "no Java runtime is here; Spark needs a full one, version 17 or later"
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return f"Spark needs Java 17 or later; here is {said.splitlines()[0] if said else java}"
    return None


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A driver and two executors of one core, each a process of its own."""
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # A few hundred rows: what costs here is planning, compiling and scheduling.
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.extraJavaOptions", SHORT_LIVED)
        .config("spark.executor.extraJavaOptions", SHORT_LIVED)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.long
def test_every_figure_is_the_same_on_a_cluster(session: SparkSession) -> None:
    engine = spark_engine(everything(), session=session)
    there, here = figures(engine, by=BY), figures(everything(), by=BY)
    engine.close()

    assert [named(each) for each in there] == [named(each) for each in here]
    for one, other in zip(there, here, strict=True):
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-12, abs=1e-12), one.measure


def numbers(figure: Figure) -> list[float]:
    """The value and the ends of its interval, those that are defined."""
    return [each for each in (figure.value, figure.low, figure.high) if each is not None]


def named(figure: Figure) -> tuple[object, ...]:
    """What a Figure is of, and all that is counted in it."""
    return (
        *(figure.measure, figure.baseline, figure.by, figure.group, figure.unit, figure.reason),
        *(figure.n, dict(figure.missing), figure.as_at),
    )
