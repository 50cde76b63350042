"""The warehouse of a data folder: opened, filled by imports, emptied of who opted out."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from openclout.connector import TABLES, Item, Reject, Relation
from openclout.consent import LEDGER_FILES, Ledger
from openclout.errors import InputError, NotFound, WarehouseError
from openclout.settings import Settings
from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.stage import Stage
from openclout.warehouse.engine import Engine, Fault, quoted
from openclout.warehouse.intake import FileNote, Intake, Tally, refused_csv
from openclout.warehouse.silence import Silence
from openclout.warehouse.staging import Staging
from openclout.warehouse.storing import resolve_targets

SCHEMA = "1"
_SHOWN_EACH = 20_000  # records between two words of progress
_CLOCK_SLIP = timedelta(days=2)  # time zones and wrong clocks; later is the future


class Warehouse:
    """The tables in one folder, with the ledger that rules them."""

    def __init__(self, data: Path, settings: Settings, ledger: Ledger, scratch: Path) -> None:
        """Open `data`'s warehouse, or make it; `ledger` may be another folder's."""
        self.data, self.settings, self.ledger, self.scratch = data, settings, ledger, scratch
        self._file = data / "warehouse.duckdb"
        self._due = data / "wipe.due"
        data.mkdir(parents=True, exist_ok=True)
        self.engine = self._open()

    def _open(self) -> Engine:
        engine = Engine(self._file, self.settings, self.scratch)
        try:
            self._prepare(engine)
        except Fault as error:
            raise WarehouseError(
                f"the warehouse is damaged ({str(error).splitlines()[0]})",
                place=str(self._file),
                fix="restore a backup, or import your files into a new folder with --data",
            ) from None
        return engine

    def _prepare(self, engine: Engine) -> None:
        """Make the tables of a new warehouse; refuse one of another layout."""
        if not engine.value("select count(*) from duckdb_tables() where table_name = 'meta'"):
            with engine.transaction():
                kinds = ", ".join(quoted(kind) for kind in KINDS)
                engine.run(_text("schema").replace("{kinds}", kinds))
        found = engine.value("select value from meta where key = 'schema'")
        if found != SCHEMA:
            raise WarehouseError(
                f"the data folder has layout {found}, this program uses {SCHEMA}",
                place=str(self._file),
                fix="import your files into a new folder with --data",
            )
        engine.run(_text("additions"))

    def close(self) -> None:
        """End the session."""
        self.engine.close()

    def describe(self, sql: str) -> dict[str, str]:
        """Give the names and types of the columns that SQL text would select.

        Raises InputError where the file that it reads is none.
        """
        try:
            return self.engine.types(sql)
        except Fault as error:
            raise InputError(
                f"it cannot be read ({str(error).splitlines()[0]})", fix="write the file again"
            ) from None

    @contextmanager
    def importing(self, now: datetime) -> Iterator["Import"]:
        """Take in one bundle: all of it, durably, or nothing.

        Names that turn out to belong to an account that opted out are deleted, and the file is
        written anew so that no deleted page still holds them.
        """
        with self.engine.transaction():
            silence = Silence(self.engine, self.ledger, now)
            running = Import(self, silence, now)
            yield running
            resolve_targets(self.engine)
            silence.purge()
            silence.withhold_refused()
            running.draft_rejects()
            if silence.changed:
                self._due.touch()
                silence.withhold_kept(self.data / "rejects")
        running.publish_rejects()
        self._compact_if_due()

    def forget(self, now: datetime) -> int:
        """Delete all that is stored of those who opted out; tell how many accounts that were."""
        with self.engine.transaction():
            silence = Silence(self.engine, self.ledger, now)
            gone = silence.purge()
            silence.clear_texts()
            silence.withhold_kept(self.data / "rejects")
            if silence.changed:
                self._due.touch()
        self._compact_if_due()
        return gone

    def _compact_if_due(self) -> None:
        """Wipe what was deleted; a run that is killed in between leaves the note for the next."""
        if self._due.exists():
            self.compact()
            self._due.unlink()

    def compact(self) -> None:
        """Write the database anew: what was deleted is in no page of the new file."""
        fresh = self.data / "warehouse.new.duckdb"
        for leftover in (fresh, fresh.with_suffix(".duckdb.wal")):
            leftover.unlink(missing_ok=True)
        self.engine.run("checkpoint")
        self.engine.run(f"attach {quoted(fresh)} as fresh")
        self.engine.run(f"copy from database {self._file.stem} to fresh")
        self.engine.run("detach fresh")
        self.engine.close()
        fresh.replace(self._file)
        self.engine = self._open()


def copy_warehouse(
    source: Path, target: Path, settings: Settings, scratch: Path, tables: bool = True
) -> None:
    """Copy the opt-outs and the tables of one data folder to another; the source is only read.

    Raises NotFound where there is no warehouse, WarehouseError where it is in use or damaged.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in LEDGER_FILES:
        if (source / name).is_file():
            shutil.copy2(source / name, target / name)
    if not tables:
        return
    file = source / "warehouse.duckdb"
    if not file.is_file():
        raise NotFound("nothing was imported yet", place=str(source), fix="openclout import PATH")
    engine = Engine(None, settings, scratch)
    try:
        engine.attach(file, "mine")
        engine.run(f"attach {quoted(target / file.name)} as copied")
        engine.run("copy from database mine to copied")
    finally:
        engine.close()


class Import:
    """One bundle on its way into the warehouse."""

    def __init__(self, warehouse: Warehouse, silence: Silence, now: datetime) -> None:
        self._warehouse = warehouse
        self._intake = Intake(warehouse.engine, silence, _latest(now))
        self._draft: Path | None = None
        self._content = hashlib.sha256()
        self.rejects: Path | None = None

    @property
    def tally(self) -> Tally:
        """What became of the rows so far."""
        return self._intake.tally

    def take(
        self,
        items: Iterator[Item],
        place: str,
        format_name: str,
        names: bool,
        progress: Callable[[str], None],
    ) -> None:
        """Store all items of a connector; records are staged, relations run as they are."""
        folder = Path(tempfile.mkdtemp(dir=self._warehouse.scratch))
        staging = Staging(folder)
        relations: list[tuple[Relation, str]] = []
        for count, item in enumerate(items, start=1):
            if count % _SHOWN_EACH == 0:
                progress(f"{count:,} records read")
            if isinstance(item, Relation):
                relations.append((item, _digest(item.origin or item.path)))
            elif isinstance(item, Reject):
                self._content.update(f"{item.place}:{item.value}".encode("utf-8", "replace"))
                self._intake.refuse(item.place, item.value, item.reason, item.fix)
            else:
                staging.add(item)
        relations.extend(staging.relations(place))
        relations.sort(key=_storing_order)
        sizes = [relation.path.stat().st_size for relation, _digest in relations]
        for number, (relation, digest) in enumerate(relations):
            self._content.update(f"{relation.table}:{digest}".encode())
            begin, end = (sum(sizes[:to]) / max(sum(sizes), 1) for to in (number, number + 1))
            words = f"storing {relation.table} of {relation.place}"
            progress(Stage(words, begin, end, self._warehouse.engine.share))
            self._intake.take(relation, FileNote(f"{relation.table}:{digest}", format_name, names))
        shutil.rmtree(folder)

    def withdraw(self, format_name: str) -> None:
        """Delete the acts that earlier inputs of a format brought and this one does not."""
        self._intake.withdraw(format_name)

    def draft_rejects(self) -> None:
        """Write the refused rows aside, before the commit."""
        if self.tally.rejected:
            self._draft = self._warehouse.scratch / "rejects.csv"
            refused_csv(self._warehouse.engine, self._draft)

    def publish_rejects(self) -> None:
        """Put the rejects in their place, after the commit; those of the same input go."""
        name = self._content.hexdigest()[:12]
        place = self._warehouse.data / "rejects" / f"{name}.csv"
        if self._draft:
            place.parent.mkdir(exist_ok=True)
            self.rejects = self._draft.replace(place)
        else:
            place.unlink(missing_ok=True)


def _storing_order(item: tuple[Relation, str]) -> int:
    return list(TABLES).index(item[0].table)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _latest(now: datetime) -> str:
    return (now + _CLOCK_SLIP).strftime("%Y-%m-%d %H:%M:%S")


def _text(name: str) -> str:
    return (files("openclout.warehouse") / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def scratch_folder(data: Path) -> Iterator[Path]:
    """Give a private folder in `data`/tmp; sweep those of runs that were killed."""
    parent = data / "tmp"
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.iterdir():
        owner = left.name.partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
