"""The command line as a user has it: run in this process or in one of its own, on real files."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from tests.conftest import ROOT

from openclout.cli import main

HEADER = "network,kind,source,target,published,object,id,count,value,text,tags\n"

_ACCOUNT = "(select a.network || ':' || a.id from accounts a where a.account = x.{column})"
_POST = "(select p.network || ':' || p.id from posts p where p.post = x.{column})"
_SOURCE, _TARGET, _AUTHOR = (_ACCOUNT.format(column=c) for c in ("source", "target", "author"))
_CONTENT = {
    "accounts": "select * exclude (account) from accounts",
    "posts": f"select * exclude (post) replace ({_AUTHOR} as author,"
    f" {_POST.format(column='in_reply_to')} as in_reply_to) from posts x",
    "interactions": f"select * replace ({_SOURCE} as source, {_TARGET} as target,"
    f" {_POST.format(column='object')} as object) from interactions x",
    "proofs": f"select {_ACCOUNT.format(column='account')}, {_ACCOUNT.format(column='other')}, url"
    " from proofs x",
    "files": "from files",
    "anchors": "from anchors",
    "ladders": "from ladders",
    "meta": "from meta where key = 'schema'",  # the rest is the warehouse's own name
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code and what it printed; progress is taken off `err`."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        """The first summary that --json printed."""
        found: dict[str, Any] = orjson.loads(self.out)[0]
        return found


class Clout:
    """The commands of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *arguments: object, code: int | None = None) -> Outcome:
        """Run a command in this process; what it raises beside SystemExit is a traceback."""
        out, err = io.StringIO(), io.StringIO()
        argv, sys.argv = sys.argv, ["openclout", *self._line(arguments)]
        try:
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
                main()
        finally:
            sys.argv = argv
        said = "".join(line for line in err.getvalue().splitlines(True) if line[:1] != "[")
        outcome = Outcome(int(left.value.code or 0), out.getvalue(), said)
        assert code is None or outcome.code == code, outcome
        return outcome

    def bring(self, path: Path, *options: object, code: int = 0) -> dict[str, Any]:
        """Import a path, check that the summary adds up, and give it."""
        outcome = self.run("import", path, "--json", *options, code=code)
        found = {**outcome.summary, "err": outcome.err}
        parts = ("kept", "updated", "duplicates", "withheld", "rejected")
        assert found["read"] == sum(found[part] for part in parts), found
        assert found["rejected"] == sum(found["reasons"].values()), found
        return found

    def start(self, *arguments: object, **options: Any) -> "subprocess.Popen[str]":
        """Start a command in a process of its own."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        line = [sys.executable, "-m", "openclout", *self._line(arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(line, env=environment, **{**pipes, **options})

    def _line(self, arguments: tuple[object, ...]) -> list[str]:
        return [*map(str, arguments), "--data", str(self.data)]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse."""
        with duckdb.connect(str(self.data / "warehouse.duckdb"), read_only=True) as session:
            return session.execute(sql).fetchall()

    @staticmethod
    def ask(sql: str) -> list[tuple[Any, ...]]:
        """Ask a file that a command wrote, named in the query."""
        with duckdb.connect() as session:
            return session.execute(sql).fetchall()

    def content(self) -> dict[str, tuple[int, int]]:
        """Give how many rows each table has, and a sum over them, with names for numbers."""
        sums = "count(*), coalesce(sum(md5_number_lower(t::varchar)::hugeint), 0)"
        return {
            table: self.rows(f"select {sums} from ({sql}) t")[0] for table, sql in _CONTENT.items()
        }

    def imported(self) -> dict[str, tuple[int, int]]:
        """Give the content without what the first scoring pins: anchors, and ladders of styles."""
        pinned = ("anchors", "ladders")
        return {table: found for table, found in self.content().items() if table not in pinned}

    def rejects(self) -> list[dict[str, str]]:
        """Give the rejected rows that were kept, by place and line."""
        files = sorted((self.data / "rejects").glob("*"))
        assert all(file.suffix == ".csv" for file in files), files
        with duckdb.connect() as session:
            found = [row for file in files for row in _read(session, file)]
        return sorted(found, key=lambda row: (row["place"], int(row["line"] or 0)))

    def leftovers(self) -> list[Path]:
        """Give the scratch files and drafts that a run left behind."""
        scratch = list((self.data / "tmp").iterdir())
        return [*scratch, *self.data.rglob("*.new"), *self.data.rglob("*.new.*")]


def _read(session: duckdb.DuckDBPyConnection, file: Path) -> list[dict[str, str]]:
    cursor = session.execute(f"from read_csv('{file}', all_varchar = true, header = true,"
                             " delim = ',', quote = '\"', escape = '\"')")  # fmt: skip
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture
def clout(tmp_path: Path) -> Clout:
    """A data folder of the test's own, and the commands upon it."""
    return Clout(tmp_path / "data")


@pytest.fixture
def new_clout(tmp_path: Path) -> Callable[[str], Clout]:
    """Make another data folder by name."""
    return lambda name: Clout(tmp_path / name)


Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file; `write("a.csv", text)` gives its path."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make
