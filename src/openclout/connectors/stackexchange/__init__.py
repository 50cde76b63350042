"""Stack Exchange data dump: Posts, Comments, Votes, Users, PostLinks as XML, a row per line.

The engine reads the lines and takes the attributes out, many at a time; nothing is ever whole in
memory. The dump's writer puts one `<row .../>` on a line and escapes quotes and line breaks inside
attributes, so a line is a row and `Name="..."` an attribute. A DTD is refused: the format has none.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from openclout.bundle import Bundle
from openclout.connector import (
    BAD_LINES,
    Connector,
    Item,
    Reading,
    Relation,
    lines_sql,
    literal,
)
from openclout.errors import UnsafeInput

_FILES = ("Users", "Posts", "Comments", "Votes", "PostLinks")
COMMUNITY = "-1"  # the site's own background process, no person
UP, DOWN, ACCEPTED, FAVOURITE = 2, 3, 1, 5  # VoteTypeId, from the dump's README


def recognise(bundle: Bundle) -> str | None:
    """Look for Posts.xml with `<posts>` at its head."""
    for name in bundle.find(r"Posts\.xml"):
        if b"<posts>" in bundle.head(name, 512) or b"<!DOCTYPE" in bundle.head(name, 512):
            return f"a Stack Exchange data dump ({_network(bundle, name)})"
    return None


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Hand over accounts, posts and interactions as relations."""
    posts = bundle.find(r"Posts\.xml")[0]
    folder = posts.removesuffix("Posts.xml")
    network = reading.network or _network(bundle, posts)
    members = [f"{folder}{file}.xml" for file in _FILES if f"{folder}{file}.xml" in bundle.members]
    for member in members:
        _refuse_entities(bundle, member)
        file = member.removeprefix(folder).removesuffix(".xml")
        yield from (
            _relation(table, sql, bundle.path(member), bundle.place(member), file, network, first)
            for first, (table, sql) in enumerate(_SELECTS[file])
        )
    reading.note(f'{bundle.source.name}: network "{network}" (--network gives it another name)')


def _relation(
    table: str, sql: str, path: Path, place: str, file: str, network: str, nth: int
) -> Relation:
    """Make the relation; the lines of a file are read, and judged, with its first relation."""
    name = f"se_{file.lower()}"
    setup = lines_sql(f"{name}_lines", path) + ";" + _PARSED[file] if nth == 0 else ""
    bad = _bad_rows(f"{name}_lines", f"</{file.lower()}>") if nth == 0 else ""
    return Relation(table, path, place, sql.replace("{network}", literal(network)), setup, bad=bad)


def _network(bundle: Bundle, posts: str) -> str:
    """Name the network after the site, by the folder or archive: beer.stackexchange.com.7z."""
    folder = Path(posts).parent.name or bundle.source.resolve().name
    site = re.match(r"[a-z]+", folder.lower().removeprefix("stackexchange-"))
    return f"stackexchange-{site[0]}" if site else "stackexchange"


def _refuse_entities(bundle: Bundle, member: str) -> None:
    head = bundle.head(member, 65536)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnsafeInput(
            "the XML declares a document type or entities, which a data dump never does",
            place=bundle.place(member),
            fix="do not trust it; get the dump from its network again",
        )


def _attribute(name: str) -> str:
    return f"nullif(regexp_extract(line, ' {name}=\"([^\"]*)\"', 1), '')"


def _decoded(sql: str) -> str:
    for code, text in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "''")):
        sql = f"replace({sql}, '&{code};', '{text}')"
    for code in ("xA", "xD", "x9", "10", "13", "9"):
        sql = f"replace({sql}, '&#{code};', ' ')"
    return f"replace({sql}, '&amp;', '&')"


def _parsed(file: str, attributes: dict[str, str], where: str) -> str:
    columns = ", ".join(f"{_attribute(theirs)} as {ours}" for ours, theirs in attributes.items())
    name = f"se_{file.lower()}"
    return (
        f"create or replace temp table {name} as select row, {columns} from {name}_lines"
        f" where starts_with(ltrim(line), '<row ') and ends_with(rtrim(line), '/>'){where}"
    )


_PARSED = {
    "Users": _parsed("Users", {"id": "Id", "name": "DisplayName", "created": "CreationDate"}, ""),
    "Posts": _parsed(
        "Posts",
        {
            "id": "Id", "type": "PostTypeId", "parent": "ParentId", "accepted": "AcceptedAnswerId",
            "owner": "OwnerUserId", "created": "CreationDate", "views": "ViewCount", "tags": "Tags",
            "title": "Title", "body": "Body",
        },
        "",
    ),
    "Comments": _parsed(
        "Comments",
        {"id": "Id", "post": "PostId", "owner": "UserId", "created": "CreationDate", "text": "Text"},
        "",
    ),
    "Votes": _parsed(
        "Votes",
        {"id": "Id", "post": "PostId", "type": "VoteTypeId", "day": "CreationDate", "owner": "UserId"},
        "",
    ),
    "PostLinks": _parsed(
        "PostLinks",
        {
            "id": "Id", "post": "PostId", "related": "RelatedPostId", "type": "LinkTypeId",
            "created": "CreationDate",
        },
        "",
    ),
}  # fmt: skip

_TEXT = f"regexp_replace({_decoded('body')}, '<[^>]*>', ' ', 'g')"
_KNOWN = f"coalesce(owner, '') <> '{COMMUNITY}'"
_SELECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Users": (
        (
            "accounts",
            f"select row, {{network}} as network, id, {_decoded('name')} as name, created,"
            f" 'person' as kind from se_users where id <> '{COMMUNITY}'",
        ),
    ),
    "Posts": (
        (
            "posts",
            f"select row, {{network}} as network, id, nullif(owner, '{COMMUNITY}') as author,"
            f" created as published, left(concat_ws(' ', {_decoded('title')}, {_TEXT}), 100000)"
            f" as text, {_decoded('tags')} as tags, parent as in_reply_to, views from se_posts"
            " where type in ('1', '2')",
        ),
        (
            "interactions",
            "select row, {network} as network, 'reply' as kind, owner as source, parent as object,"
            " created as published, 'answer:' || id as id from se_posts"
            f" where type = '2' and parent is not null and {_KNOWN}",
        ),
    ),
    "Comments": (
        (
            "interactions",
            "select row, {network} as network, 'reply' as kind, owner as source, post as object,"
            f" created as published, 'comment:' || id as id, {_decoded('text')} as text"
            f" from se_comments where {_KNOWN}",
        ),
    ),
    "Votes": (
        (
            "interactions",
            f"select v.row, {{network}} as network, case when v.type = '{ACCEPTED}' then 'accept'"
            f" when v.type = '{DOWN}' then 'endorse' else 'like' end as kind,"
            f" case when v.type = '{ACCEPTED}' then q.owner else v.owner end as source,"
            f" v.post as object, v.day as published, 'vote:' || v.id as id,"
            f" case when v.type = '{DOWN}' then -1 end as value from se_votes v"
            f" left join se_posts q on v.type = '{ACCEPTED}' and q.accepted = v.post"
            f" where v.type in ('{UP}', '{DOWN}', '{ACCEPTED}', '{FAVOURITE}')",
        ),
    ),
    "PostLinks": (
        (
            "interactions",
            "select l.row, {network} as network, 'link' as kind, p.owner as source,"
            " l.related as object, l.created as published, 'link:' || l.id as id"
            " from se_postlinks l join se_posts p on p.id = l.post where l.type = '1'"
            f" and coalesce(p.owner, '') <> '{COMMUNITY}'",
        ),
    ),
}


def _bad_rows(lines: str, closing: str) -> str:
    """Find rows that are cut off, and a file that ends before its closing tag."""
    return (
        "select row as line, left(line, 200) as value, 'the row is cut off' as reason,"
        f" 'download the dump again' as fix from {lines} where starts_with(ltrim(line), '<row')"
        " and not ends_with(rtrim(line), '/>') union all"
        f" select max(row) + 1, '', 'the file ends before {closing}', 'download the dump again'"
        f" from {lines} having not bool_or(starts_with(ltrim(line), '{closing}'))"
        f" union all ({BAD_LINES})"
    )


CONNECTOR = Connector(
    "stackexchange",
    "Stack Exchange data dump",
    recognise,
    read,
    private=("Location", "WebsiteUrl", "AboutMe", "EmailHash", "Age"),
)
