"""What a connector owes: to recognise its format by looking, and to read it into records.

A connector is a folder in connectors/ with a CONNECTOR of this type. It knows one network or file
format and nothing of the warehouse: small exports are read into records, one by one; bulk tables
are handed over as a Relation, SQL text that the warehouse runs at the engine's speed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from openclout.bundle import Bundle
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be used: where it stands, the value, why, and how to mend it."""

    place: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of one of our tables as SQL text, every column VARCHAR.

    `sql` selects the table's columns by name and `row`, the row's number (BIGINT) in the member;
    `bad`, if given, selects `row, value, reason, fix` of what is no row at all. `setup` runs
    before, in the same session. `member` is what the rows are counted under.
    """

    table: str
    member: str
    sql: str
    bad: str = ""
    setup: tuple[str, ...] = ()


Record = Interaction | Post | Account | Proof
Item = Record | Reject | Relation


@dataclass(frozen=True, slots=True)
class Reading:
    """What the user and the moment add to a reading.

    `keyed(network, id)` gives the keyed id under which a third party in somebody's own export is
    kept: it starts with "~" and tells nothing without the data folder's key. `network` overrides
    the network's name where the format allows several. `columns` maps our column names to the
    file's (or, headerless, names them in order). `note` tells the user something found on the way.
    """

    now: datetime
    keyed: Callable[[str, str], str]
    network: str = ""
    columns: str = ""
    note: Callable[[str], None] = field(default=lambda _text: None)


@dataclass(frozen=True, slots=True)
class Connector:
    """One network or file format.

    `recognise` says in words what it found in the bundle, or None. `names` tells whether those who
    act on the exported accounts are named in this format; where they are not (a personal archive
    holds counts only), anonymous engagement cannot be vouched for by named engagers. `private`
    lists what the format holds and we drop before anything is stored.
    """

    name: str
    label: str
    recognise: Callable[[Bundle], str | None]
    read: Callable[[Bundle, Reading], Iterator[Item]]
    names: bool = True
    private: tuple[str, ...] = ()
