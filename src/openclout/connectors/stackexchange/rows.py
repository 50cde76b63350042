"""The rows of a dump as SQL: which attributes are taken, and what becomes of each row."""

from openclout.connector import BAD_LINES

COMMUNITY = "-1"  # the site's own background process, no person
UP, DOWN, ACCEPTED, FAVOURITE = "2", "3", "1", "5"  # VoteTypeId, from the dump's README
VOTES_READ = (UP, DOWN, ACCEPTED, FAVOURITE)
QUESTION, ANSWER = "1", "2"  # PostTypeId
POSTS_READ = (QUESTION, ANSWER)
LINKED = "1"  # LinkTypeId; 3 is a duplicate, which those who closed it found, not its author
LINKS_READ = (LINKED,)

_ATTRIBUTES: dict[str, dict[str, str]] = {
    "Users": {"id": "Id", "name": "DisplayName", "created": "CreationDate"},
    "Posts": {
        "id": "Id", "type": "PostTypeId", "parent": "ParentId", "accepted": "AcceptedAnswerId",
        "owner": "OwnerUserId", "created": "CreationDate", "views": "ViewCount", "tags": "Tags",
        "title": "Title", "body": "Body",
    },
    "Comments": {
        "id": "Id", "post": "PostId", "owner": "UserId", "created": "CreationDate", "text": "Text",
    },
    "Votes": {
        "id": "Id", "post": "PostId", "type": "VoteTypeId", "day": "CreationDate",
        "owner": "UserId",
    },
    "PostLinks": {
        "id": "Id", "post": "PostId", "related": "RelatedPostId", "type": "LinkTypeId",
        "created": "CreationDate",
    },
}  # fmt: skip


# Whole, and alone on its line: "<" is escaped in a dump's texts.
_IS_ROW = (
    "coalesce(regexp_matches(line, '^ *<row ') and regexp_matches(line, '/> *$')"
    " and instr(line[instr(line, '<') + 1:], '<') = 0, false)"
)
_LONG = ("Body", "Text")


def parsed_sql(file: str, name: str) -> str:
    """Give the SQL that takes the attributes out of the lines `name`_lines, into a table `name`."""
    taken = _ATTRIBUTES[file].items()
    columns = ", ".join(f"{_attribute(theirs)} as {ours}" for ours, theirs in taken)
    return (
        f"create or replace temp table {name} as select row, {columns} from {name}_lines"
        f" where {_IS_ROW}"
    )


def _attribute(name: str) -> str:
    """Take an attribute out of a line; splitting is quicker where the value is long."""
    if name in _LONG:
        return f"nullif(split_part(split_part(line, ' {name}=\"', 2), '\"', 1), '')"
    return f"nullif(regexp_extract(line, ' {name}=\"([^\"]*)\"', 1), '')"


def _decoded(sql: str) -> str:
    for code, text in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "''")):
        sql = f"replace({sql}, '&{code};', '{text}')"
    for code in ("xA", "xD", "x9", "10", "13", "9"):
        sql = f"replace({sql}, '&#{code};', ' ')"
    return f"replace({sql}, '&amp;', '&')"


_TEXT = f"regexp_replace({_decoded('body')}, '<[^>]*>', ' ', 'g')"
_BY_SOMEBODY = f"coalesce(owner, '') <> '{COMMUNITY}'"

_ACCOUNTS = (
    f"select row, {{network}} as network, id, {_decoded('name')} as name, created,"
    f" 'person' as kind from {{prefix}}users where id is distinct from '{COMMUNITY}'"
)
_POSTS = (
    f"select row, {{network}} as network, id, nullif(owner, '{COMMUNITY}') as author,"
    f" created as published, left(concat_ws(' ', {_decoded('title')}, {_TEXT}), 100000)"
    f" as text, {_decoded('tags')} as tags, parent as in_reply_to, views"
    f" from {{prefix}}posts where type in {POSTS_READ}"
)
_ANSWERS = (
    "select row, {network} as network, 'reply' as kind, owner as source, parent as object,"
    " created as published, 'answer:' || id as id from {prefix}posts"
    f" where type = '{ANSWER}' and parent is not null and {_BY_SOMEBODY}"
)
_COMMENTS = (
    "select row, {network} as network, 'reply' as kind, owner as source, post as object,"
    f" created as published, 'comment:' || id as id, {_decoded('text')} as text"
    f" from {{prefix}}comments where {_BY_SOMEBODY}"
)
_VOTES = (
    f"select v.row, {{network}} as network, case when v.type = '{ACCEPTED}' then 'accept'"
    f" when v.type = '{DOWN}' then 'endorse' else 'like' end as kind,"
    f" case when v.type = '{ACCEPTED}' then q.owner else v.owner end as source,"
    " v.post as object, v.day as published, 'vote:' || v.id as id,"
    f" case when v.type = '{DOWN}' then -1 end as value from {{prefix}}votes v"
    f" left join {{prefix}}posts q on v.type = '{ACCEPTED}' and q.accepted = v.post"
    f" where v.type in {VOTES_READ}"
)
_LINKS = (
    "select l.row, {network} as network, 'link' as kind, p.owner as source,"
    " l.related as object, l.created as published, 'link:' || l.id as id"
    " from {prefix}postlinks l left join {prefix}posts p on p.id = l.post"
    f" where l.type = '{LINKED}' and coalesce(p.owner, '') <> '{COMMUNITY}'"
)

SELECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Users": (("accounts", _ACCOUNTS),),
    "Posts": (
        ("posts", _POSTS),
        ("interactions", _ANSWERS),
    ),
    "Comments": (("interactions", _COMMENTS),),
    "Votes": (("interactions", _VOTES),),
    "PostLinks": (("interactions", _LINKS),),
}
"""File by file, the tables that it fills; {prefix} and {network} are filled in per site."""


def bad_sql(lines: str, closing: str) -> str:
    """Find lines that are cut off or no row, and a file that ends before its `closing` tag."""
    again = "'download the dump again'"
    return (
        "select row as line, left(line, 200) as value, case when starts_with(ltrim(line), '<row')"
        " then 'the row is cut off, or not alone on its line' else 'the line is no row' end"
        f" as reason, {again} as fix from {lines} where trim(line) <> '' and not {_IS_ROW}"
        " and not regexp_matches(line, '^\\s*</?[a-z]+>\\s*$|^\\s*<\\?xml')"
        f" union all select coalesce(max(row), 0) + 1, '', 'the file ends before {closing}',"
        f" {again} from {lines} having not coalesce(bool_or(regexp_matches(line, '^ *{closing}')),"
        f" false) union all ({BAD_LINES})"
    )
