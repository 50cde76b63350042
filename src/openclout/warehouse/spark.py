"""The second engine: the same measuring on Spark, for data that one machine cannot hold.

The warehouse stays in DuckDB, embedded. To measure, its tables are written as Parquet, Spark runs
the relations and the fused SELECTs over them, translated by sqlglot, and what it makes comes back
as Parquet that DuckDB reads in place. On a cluster the data folder must lie where every machine
sees it.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlglot
from sqlglot import exp

from openclout.errors import WarehouseError
from openclout.settings import MIB, Settings
from openclout.warehouse.engine import Columns, Engine, quoted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Found = TypeVar("Found")
_TABLES = {
    "accounts": "account, network, id, handle, followers, following, listed, posts",
    "posts": "post, author, published, tags, language, in_reply_to, views",
    "interactions": "kind::varchar as kind, source, target, object, published, count, value, file",
    "files": "file, names",
    "proofs": "account, other",
    "persons": "person, account",
}
"""What measuring reads of the warehouse's tables; persons is made by the scoring run."""


class Spark:
    """One measuring run on Spark, with the methods of an Engine that measuring uses."""

    def __init__(self, home: Engine, folder: Path) -> None:
        """Write the tables of `home` into `folder`, which must be empty, and show them to Spark."""
        self.home, self._folder = home, folder
        self._session = _session(home.settings, home.scratch)
        self._made: list[str] = []
        self._files = 0
        known = {row[0] for row in home.rows("select table_name from duckdb_tables()")}
        for table, columns in _TABLES.items():
            if table in known:
                self._show(table, self._written(f"select {columns} from {table}"))

    def run(self, sql: str) -> None:
        """Run a statement that makes a temporary table or view."""
        tree = sqlglot.parse_one(sql, read="duckdb")
        name = tree.this.name
        if tree.args["kind"] == "TABLE":
            place = self._fresh()
            select = tree.expression.sql(dialect="duckdb")
            _done(lambda: self._query(select).write.parquet(str(place)))
            self._show(name, place)
            sql = f"create or replace temp view {name} as from {_parquet(place)}"
        else:
            _done(lambda: self._query(tree.expression).createOrReplaceTempView(name))
        self._made.append(sql)

    def value(self, sql: str) -> Any:
        """Run a query and give the first column of its first row; None where there is no row."""
        found = _done(lambda: self._query(sql).first())
        return found[0] if found else None

    def columns(self, sql: str) -> Columns:
        """Run a query and give its columns as arrays; a null in a float column is NaN."""
        place = self._fresh()
        _done(lambda: self._query(sql).write.parquet(str(place)))
        return self.home.columns(f"from {_parquet(place)}")

    def types(self, sql: str) -> dict[str, str]:
        """Tell the type of each column that a query would give, without running it."""
        return _done(lambda: dict(self._query(sql).dtypes))

    def load(self, table: str, columns: Columns) -> None:
        """Make a temporary table out of arrays, here and at home."""
        self.home.load(table, columns)
        self._show(table, self._written(f"from {table}"))

    def slices(self, _size: int) -> list[tuple[int, int]]:
        """Give one range for all accounts: Spark cuts its work itself."""
        return [(0, (1 << 31) - 1)]

    def hand_over(self) -> None:
        """Make all that was made here known at home: tables as Parquet, views as they are."""
        for sql in self._made:
            self.home.run(sql)

    def _query(self, sql: str | exp.Expression) -> "DataFrame":
        return self._session.sql(spark_sql(sql))

    def _written(self, sql: str) -> Path:
        place = self._fresh()
        place.mkdir()
        self.home.run(f"copy ({sql}) to {quoted(place / 'part.parquet')} (format parquet)")
        return place

    def _show(self, table: str, place: Path) -> None:
        def show() -> None:
            self._session.read.parquet(str(place)).createOrReplaceTempView(table)

        _done(show)

    def _fresh(self) -> Path:
        self._files += 1
        return self._folder / str(self._files)


@contextmanager
def measuring(home: Engine) -> Iterator[Engine | Spark]:
    """Give the engine that the settings name for measuring; what it makes is at home afterwards.

    The Parquet of a run on Spark is kept until the next: the tables at home read it in place.
    """
    if home.settings.engine == "duckdb":
        yield home
        return
    folder = Path(tempfile.mkdtemp(prefix="spark-", dir=home.scratch))
    spark = Spark(home, folder)
    yield spark
    spark.hand_over()
    for other in home.scratch.glob("spark-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


@cache
def spark_sql(sql: str | exp.Expression) -> str:
    """Translate a query from DuckDB's SQL to Spark's.

    sqlglot does most; what it leaves are microseconds of a time and whole numbers of 128 bits.
    """
    tree = sqlglot.parse_one(sql, read="duckdb") if isinstance(sql, str) else sql.copy()
    for node in list(tree.find_all(exp.Anonymous)):
        if node.name.lower() == "epoch_us":
            moment = exp.cast(node.expressions[0], exp.DataType.Type.TIMESTAMPTZ)
            node.replace(exp.Anonymous(this="unix_micros", expressions=[moment]))
    for kind in list(tree.find_all(exp.DataType)):
        if kind.this == exp.DataType.Type.INT128:
            kind.replace(exp.DataType.build("decimal(38, 0)"))
    return tree.sql(dialect="spark", comments=False)


def _parquet(place: Path) -> str:
    return f"read_parquet({quoted(place / '*.parquet')})"


def _session(settings: Settings, scratch: Path) -> "SparkSession":
    """Start Spark, or take the one that runs in this process."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise WarehouseError(
            "OPENCLOUT_ENGINE=spark needs PySpark, which is not installed",
            fix='make spark (or pip install "openclout[spark]"), or OPENCLOUT_ENGINE=duckdb',
        ) from None
    running = SparkSession.getActiveSession()
    if running and running.conf.get("spark.local.dir", "") != str(scratch):
        running.stop()  # its shuffles lie in the scratch folder of a command that has ended
    builder = SparkSession.builder.appName("openclout").master(settings.spark_master)
    for name, value in _configuration(settings, scratch).items():
        builder = builder.config(name, value)
    session = _done(builder.getOrCreate)
    atexit.unregister(_stop)
    atexit.register(_stop)  # a cluster is told before this process is gone
    return session


def _stop() -> None:
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running:
        running.stop()


def _configuration(settings: Settings, scratch: Path) -> dict[str, str]:
    """Give Spark's settings; those of memory and threads are a cluster's own business."""
    quiet = files("openclout.warehouse") / "spark-log4j2.properties"
    found = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(scratch),  # a cluster's own setting goes before
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{quiet}",
    }
    if settings.spark_master.startswith("local"):
        found |= {
            "spark.driver.memory": f"{settings.memory // MIB}m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": str(settings.threads),
        }
    return found


def _done(step: Callable[[], Found]) -> Found:
    """Do something with Spark; its faults become sentences."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return step()
    except (PySparkException, Py4JError) as error:
        if "JAVA_GATEWAY_EXITED" in str(error):
            raise WarehouseError(
                "Spark needs Java 17 or newer, and none was found that starts",
                fix="make spark (or on Debian: apt-get install default-jre-headless),"
                " or OPENCLOUT_ENGINE=duckdb",
            ) from None
        raise WarehouseError(
            f"Spark could not do its part ({str(error).splitlines()[0]})",
            fix="see OPENCLOUT_SPARK_MASTER and OPENCLOUT_MEMORY, or OPENCLOUT_ENGINE=duckdb",
        ) from None
