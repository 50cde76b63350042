"""How good rows enter each table: names get numbers, known acts are not stored again.

Every function reads the view `good` and works by set, so that the order of rows makes no difference
to what is kept, but for the numbers, which mean nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from openclout.connector import ROW_NUMBER
from openclout.consent import THIRD_PARTY_LENGTH
from openclout.warehouse.engine import Engine, quoted
from openclout.warehouse.lineage import highest

_PROFILE = ("handle", "name", "created", "followers", "following", "listed", "posts", "bot", "kind")


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rows were new, and how many changed what was known."""

    kept: int
    updated: int = 0


def number_accounts(engine: Engine, names: str, network: str | None) -> None:
    """Give a number to each account of `names`, SQL that selects network, id; nulls are passed.

    `network` is that of all rows, where there is but one: text is dear to compare.
    """
    _number(engine, "accounts", "account", names, network)


def number_posts(engine: Engine, names: str, network: str | None) -> None:
    """Give a number to each post of `names`, likewise."""
    _number(engine, "posts", "post", names, network)


def _number(engine: Engine, table: str, column: str, names: str, network: str | None) -> None:
    """Add what `table` does not have yet, numbered on; of one network only the ids are compared."""
    keys = "id" if network else "network, id"
    engine.run(
        "create or replace temp table in_fresh as"
        f" from (select distinct {keys} from ({names}) where id is not null)"
        f" anti join {_known(table, network)} using ({keys})"
    )
    most = (
        highest(engine)
        if table == "accounts"
        else engine.value(f"select coalesce(max({column}), 0) from {table}")
    )
    engine.run(
        f"insert into {table} ({column}, network, id)"
        f" select ({ROW_NUMBER} + {most})::integer,"
        f" {quoted(network) if network else 'network'}, id from in_fresh"
    )


def _only_network(engine: Engine) -> str | None:
    """Tell the network of all good rows, None where there are several: text is dear to compare."""
    rows = engine.rows("select distinct network from good limit 2")
    return str(rows[0][0]) if len(rows) == 1 else None


def _known(table: str, network: str | None) -> str:
    """Give the SQL for the named rows of a table, of one network where there is but one."""
    return f"(from {table} where network = {quoted(network)})" if network else table


def store_accounts(engine: Engine, _file: int, _known: bool) -> Stored:
    """Add accounts and refresh what their networks say of them."""
    merged = ", ".join(f"max({name}) as {name}" for name in _PROFILE)
    engine.run(
        f"create or replace temp table in_accounts as select network, id, {merged} from good"
        " group by network, id"
    )
    known = engine.value("select count(*) from in_accounts semi join accounts using (network, id)")
    number_accounts(engine, "select network, id from in_accounts", _only_network(engine))
    changed = " or ".join(f"a.{name} is distinct from coalesce(d.{name}, a.{name})"
                          for name in _PROFILE)  # fmt: skip
    settings = ", ".join(f"{name} = coalesce(d.{name}, accounts.{name})" for name in _PROFILE)
    engine.run(
        "create or replace temp table in_renewed as select a.account, d.* from in_accounts d"
        f" join accounts a using (network, id) where {changed}"
    )
    engine.run(
        f"update accounts set {settings} from in_renewed d where accounts.account = d.account"
    )
    total = engine.value("select count(*) from in_accounts")
    renewed = engine.value("select count(*) from in_renewed")
    new = total - known
    _join_third_parties(engine)
    return Stored(kept=new, updated=max(renewed - new, 0))


def _join_third_parties(engine: Engine) -> None:
    """Let an account that is now known by name take over what others' exports kept as a keyed id.

    Somebody's export names a friend by keyed id; when the friend's own export arrives, both are
    one account.
    """
    if not engine.value("select count(*) from accounts where id[1] = '~'"):
        return
    engine.run(
        "create or replace temp table in_met as select t.account as old, d.account as new"
        " from (select account, network, id from accounts semi join in_accounts using (network, id)"
        "       where id[1] <> '~') d"
        " join accounts t on t.network = d.network"
        f" and t.id = '~' || left(keyed(d.network, d.id), {THIRD_PARTY_LENGTH})"
    )
    if engine.value("select count(*) from in_met"):
        for column in ("source", "target"):
            engine.run(f"update interactions set {column} = new from in_met where {column} = old")
        engine.run("update posts set author = new from in_met where author = old")
        engine.run("delete from accounts where account in (select old from in_met)")


def store_posts(engine: Engine, _file: int, _known: bool) -> Stored:
    """Add posts, or fill in those that were only referred to."""
    engine.run(
        "create or replace temp table in_posts as select network, id, max(author) as author,"
        " min(published) as published, max(text) as text,"
        " list_sort(list_distinct(flatten(list(tags)))) as tags, max(language) as language,"
        " max(in_reply_to) as in_reply_to, max(views) as views, max(url) as url"
        " from good group by network, id"
    )
    network = _only_network(engine)
    number_accounts(engine, "select network, author as id from in_posts", network)
    engine.run(
        "create or replace temp table in_seen as select p.post, p.author is not null as described"
        " from posts p semi join in_posts using (network, id)"
    )
    number_posts(
        engine,
        "select network, id from in_posts union all select network, in_reply_to from in_posts",
        network,
    )
    engine.run(
        "create or replace temp table in_details as select p.post, a.account as author,"
        " w.published, w.text, w.tags, w.language, r.post as in_reply_to, w.views, w.url"
        " from in_posts w join posts p using (network, id)"
        " left join accounts a on a.network = w.network and a.id = w.author"
        " left join posts r on r.network = w.network and r.id = w.in_reply_to"
        " where (p.author, p.published, p.text, p.views) is distinct from"
        " (coalesce(a.account, p.author), coalesce(w.published, p.published),"
        " coalesce(w.text, p.text), coalesce(w.views, p.views))"
    )
    engine.run(
        "update posts set author = coalesce(d.author, posts.author),"
        " published = coalesce(d.published, posts.published), text = coalesce(d.text, posts.text),"
        " tags = coalesce(d.tags, posts.tags), language = coalesce(d.language, posts.language),"
        " in_reply_to = coalesce(d.in_reply_to, posts.in_reply_to),"
        " views = coalesce(d.views, posts.views), url = coalesce(d.url, posts.url)"
        " from in_details d where posts.post = d.post"
    )
    changed = engine.value("select count(*) from in_details")
    updated = engine.value("select count(*) from in_details semi join in_seen using (post)"
                           " where post in (select post from in_seen where described)")  # fmt: skip
    return Stored(kept=changed - updated, updated=updated)


def store_proofs(engine: Engine, _file: int, _known: bool) -> Stored:
    """Add proofs that two accounts belong to one person."""
    names = "select network, id from good union all select other_network, other_id from good"
    number_accounts(engine, names, network=None)
    engine.run(
        "create or replace temp table in_proofs as select a.account, b.account as other,"
        " max(g.url) as url from good g join accounts a using (network, id)"
        " join accounts b on b.network = g.other_network and b.id = g.other_id"
        " where a.account <> b.account group by 1, 2"
    )
    engine.run("insert into proofs from in_proofs anti join proofs using (account, other)")
    return Stored(kept=engine.value("select count(*) from in_proofs"))


def store_interactions(engine: Engine, file: int, known: bool) -> Stored:
    """Add acts; one with the network's own id is stored once, a grown anonymous count renewed."""
    network = _only_network(engine)
    actors = "select network, source as id from good union all select network, target from good"
    number_accounts(engine, actors, network)
    number_posts(engine, "select network, object as id from good", network)
    identified = engine.value("select count(id) > 0 from good")
    source = "good"
    updated = 0
    if identified:
        updated = _settle_identities(engine)
        source = "in_new"
    again = (
        f" anti join (select row from interactions where file = {file} and act is null) x"
        " using (row)" if known else ""
    )  # fmt: skip
    before = engine.value("select count(*) from interactions")
    act = "g.act" if identified else "null::uhugeint"
    accounts, posts = _known("accounts", network), _known("posts", network)
    same = "" if network else " and {0}.network = g.network"
    engine.run(
        f"insert into interactions select g.kind::kind, s.account, coalesce(t.account, o.author),"
        f" o.post, g.published, coalesce(g.count, 1)::integer, g.value, {act}, {file}, g.row,"
        f" g.text, g.tags from (from {source}{again}) g"
        f" left join {accounts} s on s.id = g.source{same.format('s')}"
        f" left join {accounts} t on t.id = g.target{same.format('t')}"
        f" left join {posts} o on o.id = g.object{same.format('o')}"
    )
    kept = engine.value("select count(*) from interactions") - before
    return Stored(kept=kept, updated=updated)


def _settle_identities(engine: Engine) -> int:
    """Make `settled`: the good rows that are new acts, one per identity; renew grown counts.

    Of rows with one identity the earliest is kept, with the largest count, whatever their order.
    """
    names = ", ".join(f"coalesce({name}, '')" for name in ("network", "source", "target", "object"))
    engine.run(
        "create or replace temp table in_acts as select *, case when id is not null then"
        f" md5_number(concat_ws(chr(31), id, kind, {names})) end as act from good"
    )
    engine.run(
        "create or replace temp table in_new as select * exclude (turn, most),"
        " from (select * replace (coalesce(most, count) as count) from (select *,"
        " case when act is null then 1 else row_number() over (partition by act"
        " order by published, value, text, row) end as turn,"
        " case when act is not null then max(count) over (partition by act) end as most"
        " from in_acts)) where turn = 1"
        " and (act is null or act not in (select act from interactions where act is not null))"
    )
    engine.run(
        "create or replace temp table in_grown as select a.act, max(a.count) as count"
        " from in_acts a join interactions i on i.act = a.act where a.count > i.count group by 1"
    )
    engine.run(
        "update interactions set count = g.count::integer from in_grown g"
        " where interactions.act = g.act"
    )
    return int(engine.value("select count(*) from in_grown"))


def forget_identities(engine: Engine) -> None:
    """Begin an input: none of its acts is known by identity yet."""
    engine.run("create or replace temp table in_acts (act uhugeint)")


def withdraw_acts(engine: Engine, format_name: str) -> int:
    """Delete the acts that files of a format brought and that are not among `in_acts`.

    Keyed ids that did nothing else go with them. Tells how many acts that were.
    """
    engine.run(
        "create or replace temp table in_withdrawn as select act, source from interactions"
        f" where file in (select file from files where format = {quoted(format_name)})"
        " and act not in (select act from in_acts where act is not null)"
    )
    engine.run("delete from interactions where act in (select act from in_withdrawn)")
    engine.run(
        "delete from accounts where id[1] = '~' and account in (select source from in_withdrawn)"
        " and account not in (select source from interactions where source is not null)"
        " and account not in (select target from interactions where target is not null)"
        " and account not in (select author from posts where author is not null)"
    )
    return int(engine.value("select count(*) from in_withdrawn"))


def resolve_targets(engine: Engine) -> None:
    """Credit acts upon posts whose author has become known since."""
    engine.run(
        "update interactions set target = p.author from posts p where interactions.target is null"
        " and interactions.object = p.post and p.author is not null"
    )


STORE: dict[str, Callable[[Engine, int, bool], Stored]] = {
    "accounts": store_accounts,
    "posts": store_posts,
    "interactions": store_interactions,
    "proofs": store_proofs,
}
