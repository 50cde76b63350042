"""Names within texts, addresses and ids: how they are found and taken out, as SQL text.

In a text a name is what stands behind @ or /, and a word that no language has: of six letters or
more with a digit, a point, a hyphen or an underscore within. In an id any word may be one. Numbers
of less than nine digits are never names: they are everywhere.
"""

import re
from collections.abc import Iterable, Sequence

from openclout.warehouse.engine import Engine, quoted

_L = r"\p{L}\p{N}_"
_NAME = rf"[{_L}](?:[{_L}.\-]*[{_L}])?"
_MARKED = rf"[@/]?{_NAME}"
_WITH_HOST = rf"[@/]?{_NAME}@{_NAME}"
_ACTOR = rf"https?://{_NAME}/(?:@|users/){_NAME}"
_ACTOR_PARTS = r"https?://([^/]+)/(?:@|users/)(.*)"
_SHORT_NUMBER = r"[@/]?\d{1,8}"
_DISTINCT = rf"[{_L}.\-@]{{6,}}"
_MARK_WITHIN = r"[\d_.\-@]"


def words_sql(column: str, is_id: bool) -> str:
    """Give the SQL for the list of words in a column that may be names, without @ or / before."""
    found = (
        f"list_concat(regexp_extract_all({column}, '{_MARKED}'),"
        f" regexp_extract_all({column}, '{_WITH_HOST}'))"
    )
    named = f"not regexp_full_match(word, '{_SHORT_NUMBER}')"
    if not is_id:
        named += (
            " and (word[1] in ('@', '/') or (regexp_full_match(word, "
            f"'{_DISTINCT}') and regexp_matches(word, '{_MARK_WITHIN}')))"
        )
    actors = f"regexp_extract_all({column}, '{_ACTOR}')"
    handle = f"regexp_replace(url, '{_ACTOR_PARTS}', '\\2@\\1')"
    words = f"list_filter({found}, lambda word: {named})"
    return (
        f"list_distinct(list_concat(list_transform({words}, lambda word: ltrim(word, '@/')),"
        f" {actors}, list_transform({actors}, lambda url: {handle})))"
    )


def cleared_sql(column: str, words: Sequence[str]) -> str:
    """Give the SQL for a text in which these names are replaced by an ellipsis."""
    words = names_among(words)
    loose = [word for word in words if _is_distinct(word)]
    sql = _replaced(column, rf"([@/])({_any(words)})({_tail('@')})", words)
    return _replaced(sql, rf"(^|[^{_L}])({_any(loose)})({_tail()})", loose)


def names_any_sql(column: str, words: Sequence[str]) -> str:
    """Give the SQL that tells whether an id or an address holds one of these names."""
    words = names_among(words)
    if not words:
        return "false"
    pattern = rf"(^|[^{_L}])({_any(words)})({_tail()})"
    return f"coalesce(regexp_matches({column}, {quoted(pattern)}, 'i'), false)"


def clear_texts(
    engine: Engine, key: bytes, marks: Iterable[str], networks: Sequence[str], texts: Iterable[str]
) -> dict[str, str]:
    """Give each text without the names, on these networks, of those whose hashes are `marks`."""
    engine.key(key)
    known = sorted(set(texts))
    engine.run("create or replace temp table noted as select unnest(?::varchar[]) as text", [known])
    rows = engine.rows(
        f"select distinct word from (select unnest({words_sql('text', is_id=False)}) as word"
        " from noted), (select unnest(?::varchar[]) as network)"
        " where keyed(network, word) in (select unnest(?::varchar[])) order by 1",
        (list(networks), sorted(marks)),
    )
    words = [row[0] for row in rows]
    return dict(engine.rows(f"select text, {cleared_sql('text', words)} from noted"))


def names_among(words: Sequence[str]) -> list[str]:
    """Give those words that are looked for: a short number would be found in every text."""
    return [word for word in words if word and not re.fullmatch(r"\d{1,8}", word)]


def _replaced(column: str, pattern: str, words: Sequence[str]) -> str:
    """Replace twice: two names side by side share the letter between them."""
    if not words:
        return column
    once = f"regexp_replace({column}, {quoted(pattern)}, '\\1…\\3', 'gi')"
    return f"regexp_replace({once}, {quoted(pattern)}, '\\1…\\3', 'gi')"


def _tail(also: str = "") -> str:
    """Give what may follow a name: no letter, and no point or hyphen with letters behind it."""
    return rf"$|[^{_L}.\-{also}]|[.\-]+(?:$|[^{_L}])"


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.sub(r"([.^$*+?{}()\[\]\\|/-])", r"\\\1", word) for word in longest_first)


def _is_distinct(word: str) -> bool:
    return len(word) >= 6 and re.search(_MARK_WITHIN, word) is not None
