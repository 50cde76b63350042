"""Everything that a warehouse holds of one account: what its person may ask for (GDPR Art. 15)."""

from typing import Any

from openclout.warehouse.engine import Engine

_MINE = "account in (select account from asked)"
_TABLES = {
    "accounts": f"select * exclude (account) from accounts where {_MINE}",
    "posts": "select p.network, p.id, p.published, p.text, p.tags, p.language, p.views, p.url"
    " from posts p where p.author in (select account from asked) order by p.published, p.id",
    "given": "select i.kind::varchar as kind, t.network, coalesce(t.handle, t.id) as target,"
    " i.published, i.count, i.value, i.text, i.tags, f.format, f.sha256 as file"
    " from interactions i left join accounts t on t.account = i.target"
    " join files f using (file) where i.source in (select account from asked)"
    " order by i.published, kind, target, i.row",
    "received": "select i.kind::varchar as kind, p.id as post, i.published,"
    " i.source is null as anonymous, i.count, i.value, f.format, f.sha256 as file"
    " from interactions i left join posts p on p.post = i.object"
    " join files f using (file) where i.target in (select account from asked)"
    " order by i.published, kind, post, i.row",
    "proofs": "select o.network, o.id, p.url from proofs p join accounts o"
    " on o.account = case when p.account in (select account from asked)"
    " then p.other else p.account end where p.account in (select account from asked)"
    " or p.other in (select account from asked) order by 1, 2",
}


def disclose(engine: Engine, network: str, name: str) -> dict[str, list[dict[str, Any]]]:
    """Give all rows of an account by table, with the file that each act came in.

    `name` is id or handle. Who acted on the account is not told: that is theirs, not its person's.
    """
    engine.run(
        "create or replace temp table asked as select account from accounts"
        " where network = lower(?) and (lower(id) = lower(?) or lower(handle) = lower(?))",
        (network, name, name),
    )
    return {table: _rows(engine, sql) for table, sql in _TABLES.items()}


def _rows(engine: Engine, sql: str) -> list[dict[str, Any]]:
    names = list(engine.types(sql))
    return [dict(zip(names, row, strict=True)) for row in engine.rows(sql)]
