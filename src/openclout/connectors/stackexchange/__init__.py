"""Stack Exchange data dump: Posts, Comments, Votes, Users, PostLinks as XML, a row per line.

The engine reads the lines and takes the attributes out, many at a time; nothing is ever whole in
memory. The dump's writer puts one `<row .../>` on a line and escapes quotes and line breaks inside
attributes, so a line is a row and `Name="..."` an attribute. A DTD is refused: the format has none.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Relation, lines_sql, literal
from openclout.connectors.stackexchange.passed import passed_over
from openclout.connectors.stackexchange.rows import SELECTS, bad_sql, parsed_sql
from openclout.errors import UnsafeInput

_PACKED = re.compile(r"\.(7z|zip|tar(\.\w+)?|tgz|txz)$")
_DOMAIN = re.compile(r"\.(stackexchange\.com|com|net|org)(?=$|[^\w.])")
_DATED = re.compile(r"[-_.](posts|\d{4}[-\d]*)$")


def recognise(bundle: Bundle) -> str | None:
    """Look for Posts.xml with `<posts>` at its head."""
    sites = [_network(bundle, name) for name in _posts(bundle)]
    return f"a Stack Exchange data dump ({', '.join(sites)})" if sites else None


def _posts(bundle: Bundle) -> list[str]:
    heads = {name: bundle.head(name, 512) for name in bundle.find(r"Posts\.xml")}
    return [name for name, head in heads.items() if b"<posts>" in head or b"<!DOCTYPE" in head]


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Hand over the accounts, posts and interactions of each site as relations."""
    for number, posts in enumerate(_posts(bundle)):
        folder = posts.removesuffix("Posts.xml")
        network = reading.network or _network(bundle, posts)
        names = {file: f"{folder}{file}.xml" for file in SELECTS}
        members = {file: name for file, name in names.items() if name in bundle.members}
        left_out: list[str] = []
        for file, member in members.items():
            _refuse_entities(bundle, member)
            yield from _relations(bundle, member, file, network, f"se{number}_")
            left_out.extend(passed_over(file, bundle.path(member)))
        place = bundle.place(folder.rstrip("/")) if folder else bundle.source.name
        reading.note(f'{place}: network "{network}" (--network gives it another name)')
        missing = [f"{file}.xml" for file in SELECTS if file not in members]
        if missing:
            reading.note(f"{place}: without {', '.join(missing)}")
        if left_out:
            reading.note(f"{place}: passed over by design: {', '.join(left_out)}")


def _relations(
    bundle: Bundle, member: str, file: str, network: str, prefix: str
) -> Iterator[Relation]:
    """Make a file's relations; its lines are read, and judged, with the first of them."""
    path, place = bundle.path(member), bundle.place(member)
    name = f"{prefix}{file.lower()}"
    for nth, (table, select) in enumerate(SELECTS[file]):
        sql = select.replace("{network}", literal(network)).replace("{prefix}", prefix)
        setup = f"{lines_sql(f'{name}_lines', path)};{parsed_sql(file, name)}" if nth == 0 else ""
        bad = bad_sql(f"{name}_lines", f"</{file.lower()}>") if nth == 0 else ""
        yield Relation(table, path, place, sql, setup, bad=bad)


def _network(bundle: Bundle, posts: str) -> str:
    """Name the network after the site, by its folder or archive: beer.meta.stackexchange.com.7z."""
    name = PurePosixPath(posts).parent.name or bundle.source.resolve().name
    name = _PACKED.sub("", name.lower()).removeprefix("stackexchange-")
    site = re.sub(r"[^a-z0-9]+", "-", _DATED.sub("", _DOMAIN.sub("", name))).strip("-")
    return f"stackexchange-{site}" if site else "stackexchange"


def _refuse_entities(bundle: Bundle, member: str) -> None:
    head = bundle.head(member, 65536)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnsafeInput(
            "the XML declares a document type or entities, which a data dump never does",
            place=bundle.place(member),
            fix="do not trust it; get the dump from its network again",
        )


CONNECTOR = Connector(
    "stackexchange",
    "Stack Exchange data dump",
    recognise,
    read,
    private=("Location", "WebsiteUrl", "AboutMe", "EmailHash", "Age"),
)
