"""The second engine from the command line: the same scores, and a sentence where it cannot run."""

import sys

import pytest
from tests.system.conftest import Clout, Write
from tests.system.test_identity import community, text


@pytest.mark.slow
def test_scores_are_the_same_bytes_on_both_engines(
    clout: Clout, write: Write, spark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table, lines in community().items():
        path = write(f"community/{table}.csv", text(table, lines))
    clout.bring(path.parent)
    found = {}
    for engine in ("duckdb", spark):
        monkeypatch.setenv("OPENCLOUT_ENGINE", engine)
        out = clout.data.parent / f"{engine}.csv"
        clout.run("score", "--out", out, code=0)
        explained = clout.run("explain", "net:u0", code=0)
        moments = clout.run("moments", "--json", "--limit", "1000", code=0)
        found[engine] = (out.read_bytes(), explained.out, moments.out)
    assert found["spark"] == found["duckdb"]
    assert clout.leftovers() == []


def test_an_engine_that_is_none_ends_in_a_sentence(
    clout: Clout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENCLOUT_ENGINE", "flink")
    said = clout.run("score", code=2).err
    assert said == 'Error: OPENCLOUT_ENGINE: "flink" is none of duckdb, spark. Fix: e.g. duckdb\n'


def test_spark_without_pyspark_ends_in_a_sentence(
    clout: Clout, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    clout.bring(
        write("acts.csv", "network,kind,source,target,published\nnet,like,a,b,2026-01-01\n")
    )
    monkeypatch.setenv("OPENCLOUT_ENGINE", "spark")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    said = clout.run("score", code=2).err
    assert said.startswith("Error: OPENCLOUT_ENGINE=spark needs PySpark")


def test_spark_without_java_ends_in_a_sentence(
    clout: Clout, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    clout.bring(
        write("acts.csv", "network,kind,source,target,published\nnet,like,a,b,2026-01-01\n")
    )
    monkeypatch.setenv("OPENCLOUT_ENGINE", "spark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    process = clout.start("score")
    _, said = process.communicate()
    assert process.returncode == 2
    assert "Error: Spark needs Java 17 or newer" in said
