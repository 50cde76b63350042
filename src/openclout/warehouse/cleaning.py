"""How raw columns become typed ones: SQL expressions, one per column of each table."""

from openclout.connector import TABLES

_TIMES = ("published", "created")
_COUNTS = ("count", "followers", "following", "listed", "posts", "views")
_CASTS = {"bot": "boolean", "value": "float"}
_LOWER = ("network", "other_network", "language", "kind")
_SECONDS_UNTIL = 1e11  # Unix seconds reach this in the year 5138, milliseconds in 1973
_MILLISECONDS_UNTIL = 1e14
PLAIN_TIME, UNIX_TIME, TIDY_TEXT = "PLAIN TIME", "UNIX TIME", "TIDY TEXT"
"""Types that a text column has once its shape is known, beside the engine's own."""
_WHOLE = tuple(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
)
_NUMBERS = (*_WHOLE, "INTEGER", "UINTEGER", "FLOAT", "DOUBLE")
_FORMATS = "['%a %b %d %H:%M:%S %z %Y', '%a, %d %b %Y %H:%M:%S %z', '%Y-%m-%d %H:%M:%S %Z']"
"""Twitter's API v1, RFC 2822, SourceForge-like; tried where ISO 8601 and Unix time fail."""


def clean_columns(table: str, types: dict[str, str]) -> list[str]:
    """Give `expression as name` for every column of `table`, from a relation of these types.

    A column that the relation lacks is null. Beside each typed column stands `has_<name>`: whether
    anything was given at all.
    """
    columns: list[str] = []
    for name in TABLES[table]:
        kind = types.get(name, "")
        text = _text(name, kind)
        columns.append(f"{_typed(name, kind, text)} as {_name(table, name)}")
        if _is_typed(name):
            columns.append(f"{_given(name, kind)} as has_{name}")
    return columns


def shapes(name: str, kind: str) -> list[tuple[str, str]]:
    """Give the shapes that a text column may have, each with the SQL that finds a row unlike it.

    To clean every row in every way takes many times as long as to look once. Plain time is ISO 8601
    in UTC: no offset and no zone's name, which the engine's quickest cast would read over. Tidy
    text has no blank around it.
    """
    if kind != "VARCHAR":
        return []
    if name in _TIMES:
        iso = f"regexp_full_match({name}, '{_PLAIN}') and try_cast({name} as timestamp) is not null"
        unix = f"try_cast({name} as double) is not null"
        return [(PLAIN_TIME, f"not ({iso})"), (UNIX_TIME, f"not ({unix})")]
    if name in _NAMES:
        return [(TIDY_TEXT, f"({name} = '' or {name} <> trim({name}))")]
    return []


_PLAIN = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?"
_NAMES = ("source", "target", "object", "id", "author")


def _name(table: str, name: str) -> str:
    return "word" if (table, name) == ("interactions", "kind") else name


def _is_typed(name: str) -> bool:
    return name in (*_TIMES, *_COUNTS, *_CASTS)


def _text(name: str, kind: str) -> str:
    if not kind:
        return "null::varchar"
    if kind.endswith("[]"):
        return f"array_to_string(given.{name}, ',')"
    if kind in ("DOUBLE", "FLOAT") and not _is_typed(name):  # ids that a reader made numbers of
        return f"nullif(regexp_replace(given.{name}::varchar, '\\.0$', ''), '')"
    if kind == TIDY_TEXT:
        return f"given.{name}"
    return f"nullif(trim(given.{name}::varchar), '')"


def _given(name: str, kind: str) -> str:
    if not kind:
        return "false"
    return f"trim(given.{name}) <> ''" if kind == "VARCHAR" else f"given.{name} is not null"


def _typed(name: str, kind: str, text: str) -> str:
    if name in _TIMES:
        return time_sql(f"given.{name}", kind) if kind else "null::timestamp"
    if name in _COUNTS:
        return _whole(text if kind == "VARCHAR" else f"given.{name}", kind)
    if name == "tags":
        return _tags(text) if kind else "null::varchar[]"
    if name in _CASTS:
        return f"try_cast({text} as {_CASTS[name]})"
    return f"lower({text})" if name in _LOWER else text


def _tags(text: str) -> str:
    """Give the SQL for a list of words, in a fixed order, each once."""
    words = f"regexp_split_to_array(lower({text}), '[,;|<>\\s#]+')"
    return f"list_sort(list_distinct(list_filter({words}, lambda tag: tag <> '')))"


def _whole(value: str, kind: str) -> str:
    """Give the SQL for a whole number, null for a broken one: the engine's cast would round it."""
    if not kind:
        return "null::bigint"
    cast = f"try_cast({value} as bigint)"
    return (
        cast if kind in _WHOLE else f"case when try_cast({value} as double) % 1 = 0 then {cast} end"
    )


def time_sql(column: str, kind: str) -> str:
    """Give the SQL for a moment in UTC from a column of this type, null where it is none."""
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"cast({column} as timestamp)"
    if (kind in _NUMBERS or kind.startswith("DECIMAL")) and not kind.endswith("]"):
        return _unix(f"{column}::double")
    if kind == PLAIN_TIME:
        return f"try_cast({column} as timestamp)"
    if kind == UNIX_TIME:
        return _unix(f"try_cast({column} as double)")
    if kind != "VARCHAR":
        column = f"{column}::varchar"
    return (
        f"coalesce(cast(try_cast({column} as timestamptz) as timestamp),"
        f" {_unix(f'try_cast({column} as double)')},"
        f" cast(try_strptime({column}, {_FORMATS}) as timestamp))"
    )


def _unix(number: str) -> str:
    return (
        f"case when abs({number}) < {_SECONDS_UNTIL} then make_timestamp(({number} * 1e6)::bigint)"
        f" when abs({number}) < {_MILLISECONDS_UNTIL} then make_timestamp(({number} * 1e3)::bigint)"
        f" when abs({number}) < 1e17 then make_timestamp({number}::bigint) end"
    )
