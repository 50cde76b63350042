"""Make a Parquet table of power-law interactions over 90 days, the same bytes every time.

    python -m benchmarks.generate 1e7 /tmp/acts.parquet

Of N interactions among N / 10 accounts: activity and popularity follow power laws, half of all acts
go to one of the twelve accounts to which their source has a habit of going, each account's posts
are acted upon unevenly, and time is uniform. Identities are text, as networks give them.
"""

import argparse
from pathlib import Path

import duckdb

SQL = """
copy (
    with draws as (
        select
            i,
            hash(i * 8 + 1) / {all} as u1, hash(i * 8 + 2) / {all} as u2,
            hash(i * 8 + 3) / {all} as u3, hash(i * 8 + 4) / {all} as u4,
            hash(i * 8 + 5) / {all} as u5, hash(i * 8 + 6) / {all} as u6
        from range({rows}) r(i)
    ), actors as (
        select *, (pow(u1, 2.2) * {accounts})::bigint as s, (u6 * 24)::bigint as habit from draws
    ), acts as (
        select *, case when habit < 12
            then (pow(hash(s * 16 + habit) / {all}, 3.0) * {accounts})::bigint
            else (pow(u2, 3.0) * {accounts})::bigint end as t
        from actors
    )
    select
        'bench' as network,
        case when u4 < 0.55 then 'like' when u4 < 0.75 then 'share' when u4 < 0.9 then 'reply'
            when u4 < 0.97 then 'mention' else 'follow' end as kind,
        'u' || lpad(s::varchar, 8, '0') as source,
        'u' || lpad(t::varchar, 8, '0') as target,
        'p' || t || '_' || (12 * u5 * u5)::integer as object,
        timestamp '2026-01-01' + to_microseconds((u3 * 90 * 86400e6)::bigint) as published
    from acts
) to '{path}' ({form})
"""


def generate(rows: int, path: Path) -> None:
    """Write `rows` interactions to a .parquet or .csv file."""
    form = "format parquet" if path.suffix == ".parquet" else "format csv, header"
    session = duckdb.connect()
    session.execute("set threads = 2")
    session.execute("set preserve_insertion_order = false")
    session.execute(SQL.format(rows=rows, accounts=rows // 10, path=path, form=form, all=2.0**64))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=float)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    generate(int(arguments.rows), arguments.path)
