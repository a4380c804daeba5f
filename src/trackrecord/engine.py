"""Where tables are computed: DuckDB inside the process, or a Spark cluster; the same expressions.

An engine gives the Record's tables by name as Ibis tables and fetches what an expression yields as
Arrow.  Nothing above this module knows which engine it speaks to.  What the engines would word
differently, and Ibis does not settle well for both, is a method here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.linking import LINKS
from trackrecord.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What a Record hands to an engine: its canonical tables, and which project each key belongs to.
SCHEMAS: Final[Mapping[str, pa.Schema]] = {**TABLES, "links": LINKS}

# What an engine can be given for one table: rows in memory, or Parquet files that hold them.
Rows: TypeAlias = pa.Table | Path | Iterable[Path]


class Engine(Protocol):
    """A place that computes table expressions."""

    def table(self, name: str) -> ir.Table:
        """The canonical table of that name, with every column; empty where the source lacks it."""
        ...

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows an expression yields, in no promised order."""
        ...

    def keep(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        """The rows of an expression, computed when first asked for and held under that name."""
        ...

    def view(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        """An expression under a name, computed whenever it is read: what is made of it is short."""
        ...

    def latest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        """Per group, the value that is not null with the greatest place."""
        ...

    def earliest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        """Per group, the value that is not null with the least place."""
        ...

    def close(self) -> None:
        """Let go of memory and files."""
        ...


def duckdb_engine(
    source: Mapping[str, Rows] | Path,
    *,
    memory_limit: str | None = None,
    spill: Path | None = None,
    threads: int | None = None,
) -> Engine:
    """An engine inside this process.

    source: tables by name, or a folder of Parquet with `<name>.parquet` or `<name>/*.parquet`.
    memory_limit: e.g. "2GB"; beyond it DuckDB writes to `spill`, or fails where there is none.
    threads: as many as there are processors unless told.
    """
    import duckdb

    connection = duckdb.connect(
        config={
            # Nothing is fetched from anywhere, and a query is the same whatever is installed.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # No measure rests on the order of rows; keeping it would cost memory.
            "preserve_insertion_order": False,
            **({"memory_limit": memory_limit} if memory_limit else {}),
            **({"threads": threads} if threads else {}),
            "temp_directory": str(spill) if spill else "",
        }
    )
    connection.execute("SET enable_progress_bar = false")
    database = ibis.duckdb.from_connection(connection)
    tables = {}
    for name, rows in _found(source).items():
        if isinstance(rows, pa.Table):
            connection.register(name, rows)
            tables[name] = _complete(name, _called(name, ibis.Schema.from_pyarrow(rows.schema)))
        else:
            paths = [str(path) for path in rows]
            tables[name] = _complete(name, database.read_parquet(paths, table_name=name))
    return _DuckDB(connection, database, tables)


def spark_engine(source: Mapping[str, Rows] | Path, *, session: SparkSession) -> Engine:
    """An engine in the cluster behind a Spark session, which stays the caller's to stop.

    source: as for `duckdb_engine`; Parquet paths must be readable by the executors.
    """
    # Times in the Record have no zone; Spark would otherwise shift them by the driver's.
    session.conf.set("spark.sql.session.timeZone", "UTC")
    database = ibis.pyspark.connect(session)
    tables = {}
    for name, rows in _found(source).items():
        if isinstance(rows, pa.Table):
            frame = session.createDataFrame(rows)
        else:
            frame = session.read.parquet(*(str(path) for path in rows))
        frame.createOrReplaceTempView(name)
        tables[name] = _complete(name, database.table(name))
    return _Spark(database, session, tables)


class _Tables:
    def __init__(self, tables: dict[str, ir.Table]) -> None:
        self._tables = tables
        self._kept: dict[str, ir.Table] = {}

    def table(self, name: str) -> ir.Table:
        if name not in SCHEMAS:
            raise UnknownName(kind="table", name=name, known=sorted(SCHEMAS))
        if name not in self._tables:
            self._tables[name] = _nothing(name)
        return self._tables[name]


# Half the time of a small Record went into wording the same queries anew for each edition.
_WORDED: Final[dict[Any, str]] = {}
_MOST_WORDED: Final = 1_000


class _DuckDB(_Tables):
    def __init__(self, connection: Any, database: Any, tables: dict[str, ir.Table]) -> None:
        super().__init__(tables)
        self._connection, self._database = connection, database

    def fetch(self, expression: ir.Table) -> pa.Table:
        # Not Ibis's own way, which imports pandas.
        found = self._connection.sql(self._sql(expression)).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())

    def keep(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        return self._made("TABLE", name, made)

    def view(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        return self._made("VIEW", name, made)

    def _made(self, what: str, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        if name not in self._kept:
            expression = made()
            query = self._sql(expression)
            self._connection.execute(f"CREATE TEMP {what} {_quoted(name)} AS {query}")
            self._kept[name] = _called(name, expression.schema())
        return self._kept[name]

    def _sql(self, expression: ir.Table) -> str:
        """The expression in SQL.  Equal ones read alike on any engine here, whatever its tables hold."""
        asked = expression.op()
        if asked not in _WORDED:
            if len(_WORDED) >= _MOST_WORDED:
                _WORDED.clear()
            _WORDED[asked] = self._database.compile(expression)
        return _WORDED[asked]

    def latest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        return _ARG_MAX[value.type().copy(nullable=True)](value, place)

    def earliest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        return _ARG_MIN[value.type().copy(nullable=True)](value, place)

    def close(self) -> None:
        self._connection.close()


class _Spark(_Tables):
    def __init__(self, database: Any, session: SparkSession, tables: dict[str, ir.Table]) -> None:
        super().__init__(tables)
        self._database, self._session = database, session
        self._views = list(tables)

    def fetch(self, expression: ir.Table) -> pa.Table:
        # Not Ibis's own way, which passes through pandas: a whole number beside a null would
        # become a float there and lose its last digits.
        found = self._session.sql(self._database.compile(expression)).toArrow()
        return found.cast(expression.schema().to_pyarrow())

    def keep(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        if name not in self._kept:
            frame = self._session.sql(self._database.compile(made())).cache()
            frame.createOrReplaceTempView(name)
            self._views.append(name)
            self._kept[name] = self._database.table(name)
        return self._kept[name]

    def view(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        if name not in self._kept:
            frame = self._session.sql(self._database.compile(made()))
            frame.createOrReplaceTempView(name)
            self._views.append(name)
            self._kept[name] = self._database.table(name)
        return self._kept[name]

    def latest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        return value.argmax(place, where=value.notnull())

    def earliest(self, value: ir.Column, place: ir.Column) -> ir.Scalar:
        return value.argmin(place, where=value.notnull())

    def close(self) -> None:
        for name in self._views:
            self._session.catalog.uncacheTable(name)
            self._session.catalog.dropTempView(name)


def _called(name: str, columns: ibis.Schema) -> ir.Table:
    """A table by its name.  Its columns are known: to ask DuckDB for them takes as long as a small query."""
    return ibis.table(columns, name=name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _by_type(name: str) -> dict[dt.DataType, Any]:
    """DuckDB's own `name` for each type of the Record.

    Ibis words argmax for DuckDB as FIRST(... ORDER BY ...), which sorts each group and took four
    times as long over ten million rows.
    """

    def function(kind: dt.DataType) -> Any:
        def placed(value, place):  # type: ignore[no-untyped-def]  # Ibis reads the signature below
            ...

        return ibis.udf.agg.builtin(placed, name=name, signature=((kind, dt.int64), kind))

    kinds = [dt.string, dt.date, dt.int8, dt.int32, dt.int64, dt.float64, dt.boolean]
    kinds += [dt.Timestamp(), dt.Timestamp(scale=0), dt.Timestamp(scale=6)]
    return {kind: function(kind) for kind in kinds}


_ARG_MAX: Final = _by_type("arg_max")
_ARG_MIN: Final = _by_type("arg_min")


def _found(source: Mapping[str, Rows] | Path) -> dict[str, pa.Table | list[Path]]:
    """The tables that are there, by name; files in a total order."""
    if isinstance(source, Path):
        if not source.is_dir():
            raise EvidenceError(
                f"{source} is not a folder of Parquet files. Name the folder that holds them."
            )
        single = {name: [source / f"{name}.parquet"] for name in SCHEMAS}
        several = {name: sorted((source / name).glob("*.parquet")) for name in SCHEMAS}
        return {
            name: [path for path in single[name] if path.is_file()] or several[name]
            for name in SCHEMAS
            if single[name][0].is_file() or several[name]
        }
    # Words and the like are no canonical tables: no measure reads them.
    return {
        name: rows
        if isinstance(rows, pa.Table)
        else [rows]
        if isinstance(rows, Path)
        else sorted(rows)
        for name, rows in source.items()
        if name in SCHEMAS
    }


def _complete(name: str, table: ir.Table) -> ir.Table:
    """The table with every canonical column; one that an old take lacks is missing, not an error."""
    known = set(table.columns)
    return table.select(
        *(
            table[column].cast(kind) if column in known else ibis.null(kind).name(column)
            for column, kind in _types(name).items()
        )
    )


def _nothing(name: str) -> ir.Table:
    """The canonical table with no rows, written as an expression so that no engine need hold it."""
    one = ibis.literal(1).name("one").as_table()
    columns = (ibis.null(kind).name(column) for column, kind in _types(name).items())
    return one.select(*columns).filter(ibis.literal(False))


def _types(name: str) -> dict[str, dt.DataType]:
    return dict(ibis.Schema.from_pyarrow(SCHEMAS[name]).items())
