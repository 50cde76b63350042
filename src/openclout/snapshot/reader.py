"""Reading the snapshot: one function per question of a reader. Opt-outs are asked here too."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from openclout.consent import Ledger
from openclout.errors import NotFound
from openclout.scoring.explain import Explanation, explain, explain_person
from openclout.settings import Settings
from openclout.signal import load_signals
from openclout.snapshot.facts import Facts, read_facts
from openclout.snapshot.series import History
from openclout.snapshot.topics import Topics
from openclout.snapshot.writer import TABLES, current_folder
from openclout.topics.choice import Choices
from openclout.vocabulary.account import split_spec
from openclout.warehouse.engine import Engine, Fault, quoted
from openclout.warehouse.measure import engagers_sql

Row = dict[str, Any]
_ACCOUNTS = "level = 'account'"
_ORDER = "score desc nulls last, network, account"


class Snapshot:
    """The published snapshot of a data folder, without those who opted out since."""

    def __init__(self, data: Path, settings: Settings, ledger: Ledger, scratch: Path) -> None:
        """Open the current snapshot; raises NotFound where nothing was scored yet."""
        folder = current_folder(data)
        if folder is None:
            raise NotFound("nothing has been scored yet", place=str(data), fix="openclout score")
        if not all((folder / f"{table}.parquet").is_file() for table in TABLES):
            raise NotFound(
                "the published scores are of another version",
                place=str(data),
                fix="openclout score",
            )
        try:
            self.facts: Facts = read_facts((folder / "facts.json").read_bytes())
            self._engine = Engine(None, settings, scratch)
            self._view(folder, ledger)
            self._data = data
            if (choices := Choices(data, ledger)).all:
                self._engine.key(ledger.key)
            self.topics = Topics(self._engine, choices)
        except (Fault, OSError, ValueError, KeyError, TypeError) as error:
            raise NotFound(
                f"the published scores cannot be read ({str(error).splitlines()[0]})",
                place=str(data),
                fix="openclout score",
            ) from None

    def _view(self, folder: Path, ledger: Ledger) -> None:
        for table in TABLES:
            name = "everybody" if table == "people" else table
            path = quoted(folder / f"{table}.parquet")
            self._engine.run(f"create view {name} as from read_parquet({path})")
        self._engine.run(f"create view people as from everybody where {self._shown(ledger)}")
        self._engine.run(engagers_sql())

    def _shown(self, ledger: Ledger) -> str:
        """Give the SQL that is true for who has not opted out, nor any account of a person."""
        if not ledger.tombstones:
            return "true"
        self._engine.key(ledger.key)
        marks = ", ".join(quoted(mark) for mark in sorted(ledger.hashes))
        hidden = (
            f"(keyed(network, account) in ({marks})"
            f" or coalesce(keyed(network, handle) in ({marks}), false))"
        )
        return (
            f"case level when 'account' then not {hidden} else number not in (select leader from"
            " members where account in (select number from everybody where level = 'account'"
            f" and {hidden})) end"
        )

    @property
    def engine(self) -> Engine:
        """The session that has the tables, for the readers beside this one."""
        return self._engine

    @property
    def data(self) -> Path:
        """The data folder."""
        return self._data

    @property
    def h_days(self) -> float:
        """Days in h, a quarter of the window: the unit of every age."""
        return self.facts.window.total_seconds() / 4 / 86400

    def close(self) -> None:
        """End the session."""
        self._engine.close()

    @cached_property
    def history(self) -> History:
        """What is kept of earlier runs over the same window; opened at the first question."""
        return History(self._engine, self._data, self.facts)

    def find(self, text: str, person: bool = False) -> Row:
        """Find one account by `network:handle`, handle, id or name, or say which were meant.

        With `person`, give the row of the person to whom it belongs; raises NotFound where no proof
        joins it with another account.
        """
        row = self._account(text)
        if not person:
            return row
        found = self.person_of(row)
        if found is None:
            raise NotFound(
                f"{row['network']}:{row['label']} is joined with no other account",
                fix="openclout person link, then openclout score",
            )
        return found

    def _account(self, text: str) -> Row:
        network, name = split_spec(text)
        if network and not self._engine.value(
            "select count(*) from people where network = ?", (network.lower(),)
        ):
            network, name = None, text.strip().removeprefix("@")
        rows = self._named(name, network)
        if len(rows) == 1:
            return rows[0]
        if not rows:
            raise NotFound(f'there is no account "{text}"', fix=self._nearest(name))
        choices = ", ".join(f"{row['network']}:{row['account']}" for row in rows[:6])
        raise NotFound(f'"{text}" may be {len(rows)} accounts', fix=f"say which: {choices}")

    def _named(self, name: str, network: str | None) -> list[Row]:
        for column in ("handle", "account", "label"):
            rows = self._engine.records(
                f"select * from people where level = 'account' and lower({column}) = lower(?)"
                f" and network = coalesce(?, network) order by {_ORDER} limit 50",
                (name, network.lower() if network else None),
            )
            if rows:
                return rows
        return []

    def person_of(self, row: Row) -> Row | None:
        """Give the row of the person to whom an account belongs, None without other accounts."""
        rows = self._engine.records(
            "select * from people where level = 'person'"
            " and number in (select leader from members where account = ?)",
            (row["number"],),
        )
        return rows[0] if rows else None

    def members(self, person: Row) -> list[Row]:
        """Give the rows of a person's accounts, the one that brings most first.

        `brings` are the points in the person's score, `worth` the equivalent people.
        """
        return self._engine.records(
            "select p.*, m.brings, m.worth from members m join people p on p.number = m.account"
            " where p.level = 'account' and m.leader = ?"
            f" order by m.account <> m.leader, m.brings desc, {_ORDER}",
            (person["number"],),
        )

    def _nearest(self, name: str) -> str:
        near = self._engine.rows(
            "select distinct label from (select label,"
            " jaro_winkler_similarity(lower(label), lower(?)) as likeness from people"
            " where level = 'account' order by likeness desc, label limit 3) where likeness > 0.8",
            (name,),
        )
        names = ", ".join(f'"{row[0]}"' for row in near)
        return f"did you mean {names}?" if near else "openclout top shows who is there"

    def labels(self, accounts: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Give the labels of those of these (network, id) that may be seen."""
        rows = self._engine.rows(
            "select network, account, label from people where level = 'account'"
            " and (network, account) in (select (unnest(?::varchar[]), unnest(?::varchar[])))",
            ([network for network, _id in accounts], [account for _network, account in accounts]),
        )
        return {(network, account): label for network, account, label in rows}

    def names_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Give the labels of those of these accounts, by number, that may be seen."""
        rows = self._engine.rows(
            "select number, label from people where level = 'account'"
            " and number in (select unnest(?::integer[]))",
            (list(numbers),),
        )
        return dict(rows)

    def top(self, network: str | None, limit: int, persons: bool = False) -> list[Row]:
        """Give the highest ranked; provisional scores have no rank and are not here.

        With `persons`, accounts that are joined have one row together, that of their person.
        """
        self.require(network)
        level = "level = 'person' or number not in (select account from members)"
        return self._engine.records(
            f"select * from people where ({level if persons else _ACCOUNTS}) and score is not null"
            f" and not provisional and network = coalesce(?, network) order by {_ORDER} limit ?",
            (network, limit),
        )

    def persons(self, network: str | None, limit: int) -> list[Row]:
        """Give the highest scored persons of several accounts, any of them on the network."""
        return self._engine.records(
            "select * from people where level = 'person' and score is not null and number in"
            " (select m.leader from members m join people p on p.number = m.account"
            " and p.level = 'account' where p.network = coalesce(?, p.network))"
            f" order by provisional, {_ORDER} limit ?",
            (network, limit),
        )

    def provisional(self, network: str, limit: int) -> list[Row]:
        """Give the highest of those with too little evidence for a rank."""
        return self._engine.records(
            "select * from people where level = 'account' and score is not null and provisional"
            f" and network = ? order by {_ORDER} limit ?",
            (network, limit),
        )

    def scores(self, network: str | None = None) -> list[Row]:
        """Give what charts need of every scored account, best first."""
        self.require(network)
        return self._engine.records(
            "select network, label, score, low, high, provisional, quiet, base, reach,"
            " amplification, network_points, engagers from people where level = 'account'"
            f" and score is not null and network = coalesce(?, network) order by {_ORDER}",
            (network,),
        )

    def populations(self, network: str | None = None) -> list[Row]:
        """Count per network: `accounts`, `scored`, `ranked` (with a place), `quiet`; most first."""
        self.require(network)
        return self._engine.records(
            "select network, count(*) as accounts, count(score) as scored,"
            " count(*) filter (where score is not null and not provisional) as ranked,"
            " count(*) filter (where score is not null and quiet) as quiet from people"
            " where level = 'account' and network = coalesce(?, network)"
            " group by network order by scored desc, network",
            (network,),
        )

    def require(self, network: str | None) -> None:
        """Raise NotFound where there is no such network."""
        if network is None:
            return
        known = [
            row[0] for row in self._engine.rows("select distinct network from people order by 1")
        ]
        if network not in known:
            raise NotFound(f'there is no network "{network}"', fix=f"there are {', '.join(known)}")

    def explain(self, row: Row) -> Explanation:
        """Explain a score, a person's by the accounts; raises NotFound where there is none."""
        if row["score"] is None:
            raise NotFound(
                f"{row['label']} has no score: nobody is known to have acted upon it lately",
                fix="import more, or score with a longer --window",
            )
        values = {name: float(row[name]) for name in load_signals()}
        if row["level"] == "person":
            parts = [(self.explain(one), one["brings"]) for one in self.members(row)
                     if one["score"] is not None]  # fmt: skip
            return explain_person(float(row["score"]), parts, values)
        anchors = self.facts.anchors(row["network"])
        return explain(values, float(row["score"]), self.facts.model, anchors)

    def style(self, row: Row) -> Row:
        """Give `style` (a key, or None and `why` not) and the axes' places; a person's first's."""
        rows = self._engine.records(
            "select * exclude (number) from styles where number = ?", (row["number"],)
        )
        return rows[0]

    def style_counts(self, network: str) -> dict[str, int]:
        """Count the people of a network by style; those who have none under their reason."""
        return dict(
            self._engine.rows(
                "select coalesce(s.style, s.why), count(*) from styles s join people p"
                " on p.number = s.number and p.level = 'account' where p.network = ?"
                " group by 1 order by 1",
                (network,),
            )
        )


def accounts_sql(row: Row) -> str:
    """Give the SQL for the numbers of an account, or of all accounts of a person."""
    if row["level"] == "account":
        return str(int(row["number"]))
    return f"select account from members where leader = {int(row['number'])}"
