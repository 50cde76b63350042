"""openclout topics: what people are influential about."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, form_options, now, print_json, print_rows
from openclout.cli.reading import as_of_text, json_row, name_text, open_snapshot, topic_text
from openclout.consent import Ledger
from openclout.errors import NotFound
from openclout.settings import read_settings
from openclout.snapshot.reader import Snapshot
from openclout.topic import Topic
from openclout.topics.choice import CLAIM, HIDE, Choices
from openclout.topics.published import keep, read_published
from openclout.topics.vocabulary import Vocabulary, load_vocabulary

_RESCORE = "Scores by it follow with the next `openclout score`."


@click.group("topics")
def command() -> None:
    """What people are influential about: the vocabulary, who leads in it, and whose word counts.

    A topic score is what the acts upon posts of that topic alone would earn: never above the score.
    TOPIC is an id, an English or German name, or a Wikidata id; `openclout top --topic` ranks.
    """


@command.command("list")
@click.argument("word", default="")
@click.option("--here", is_flag=True, help="Only those about which somebody moves people here.")
@form_options
@data_option
def list_(word: str, here: bool, form: str, data: Path | None) -> None:
    """List the topics, or those with a WORD in their id or names."""
    vocabulary = load_vocabulary(read_settings(data).data)
    if here:
        with open_snapshot(data) as snapshot:
            rows = [_here_row(vocabulary, row) for row in snapshot.topics.known(word)]
    else:
        rows = [_row(vocabulary, topic) for topic in vocabulary.search(word)]
    print_rows(rows, form, lambda: _list_table(rows, here))


def _row(vocabulary: Vocabulary, topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic.topic,
        "en": topic.name("en"),
        "de": topic.name("de"),
        "wikidata": topic.wikidata,
        "within": " < ".join(vocabulary.line(topic.topic)[1:]),
        "origin": topic.origin,
    }


def _here_row(vocabulary: Vocabulary, row: dict[str, Any]) -> dict[str, Any]:
    line = vocabulary.line(row["topic"])[1:] if row["topic"] in vocabulary.topics else ()
    names = ("topic", "en", "de", "wikidata", "origin", "people", "posts")
    return {**{name: row[name] for name in names}, "within": " < ".join(line)}


def _list_table(rows: list[dict[str, Any]], here: bool) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("topic", "english", "german", "wikidata", "within"):
        table.add_column(name)
    for name in ("people", "posts") if here else ():
        table.add_column(name, justify="right")
    for row in rows:
        counts = [f"{row[name]:,}" for name in ("people", "posts")] if here else []
        origin = {"ours": row["wikidata"], "tag": "a tag"}.get(row["origin"], row["origin"])
        table.add_row(row["topic"], row["en"], row["de"], origin, row["within"], *counts)
    return table


@command.command("show")
@click.argument("topic")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def show(topic: str, limit: int, as_json: bool, data: Path | None) -> None:
    """Show one topic: its place, who moves most people about it, what lies beneath."""
    vocabulary = load_vocabulary(read_settings(data).data)
    with open_snapshot(data) as snapshot:
        found = snapshot.topics.find(topic)
        below = snapshot.topics.below(found["topic"])
        rows = [json_row(row) for row in snapshot.topics.top(found["topic"], None, limit)]
        facts = snapshot.facts
    head = _here_row(vocabulary, found)
    if as_json:
        names = [row["topic"] for row in below]
        print_json({**head, "as_of": facts.as_of, "below": names, "top": rows})
        return
    within = f", within {head['within']}" if head["within"] else ""
    click.echo(f"{head['en']} ({head['de']}){within}, {as_of_text(facts)}")
    click.echo(f"{head['people']:,} people moved somebody by {head['posts']:,} posts about it.")
    if below:
        click.echo(f"Beneath: {', '.join(row['topic'] for row in below)}")
    console().print(top_table(rows, ""))


def top_table(rows: list[dict[str, Any]], title: str) -> Table:
    """Give the table of those who move most people about a topic."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for name in ("rank", "account", "on", "score", "band", "all topics", "people"):
        table.add_column(name, justify="left" if name in ("account", "on") else "right")
    table.add_column("")
    for row in rows:
        rank = "" if row["rank"] is None else str(row["rank"])
        table.add_row(rank, row["label"], row["network"], f"{row['score']:.1f}",
                      f"{row['low']:.0f}–{row['high']:.0f}", f"{row['whole']:.1f}",
                      f"{row['evidence']:,.0f}", topic_text(row))  # fmt: skip
    return table


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--name", default="", help="What to call it (default: klout, iptc, or the file's).")
@data_option
def import_(files: tuple[Path, ...], name: str, data: Path | None) -> None:
    """Add a published vocabulary: Klout's CSV files (all in one call), IPTC Media Topics, or a CSV.

    Topics of one Wikidata item are one topic. Importing it again takes the place of the earlier.
    """
    found_name, topics = read_published(files)
    folder = read_settings(data).data
    before = len(load_vocabulary(folder).topics)
    keep(folder, name or found_name, topics)
    after = load_vocabulary(folder)
    mine = sum(topic.origin == (name or found_name) for topic in after.topics.values())
    click.echo(
        f"{len(topics):,} topics read, {mine:,} of them new beside ours;"
        f" {before:,} were known, {len(after.topics):,} are now. {_RESCORE}"
    )


@command.command("why")
@click.argument("handle")
@click.argument("topic")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def why(handle: str, topic: str, as_json: bool, data: Path | None) -> None:
    """Show what made a topic of an account: which posts, found by what, and who acted on them."""
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle)
        found = snapshot.topics.find(topic)
        place = snapshot.topics.place(row, found["topic"])
        posts = snapshot.topics.posts(row, found["topic"])
        days = snapshot.facts.window.total_seconds() / 4 / 86400
        engagers = [
            {**{name: one[name] for name in ("label", "network", "acts", "vouched")},
             "days_ago": one["age"] * days}
            for one in snapshot.topics.engagers(row, found["topic"])
        ]  # fmt: skip
    if as_json:
        print_json({"account": row["account"], **place, "posts": posts, "engagers": engagers})
        return
    click.echo(f"{name_text(row)}: {topic_text(place)}")
    _print_posts(posts)
    _print_engagers(engagers)


def _print_posts(posts: list[dict[str, Any]]) -> None:
    table = Table(title="\nPosts that made it", title_justify="left", box=None, pad_edge=False)
    for name in ("people", "without names", "found by", "post"):
        right = name in ("people", "without names")
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "post")
    for post in posts:
        text = " ".join((post["text"] or "").split())[:80]
        where = f"{post['url'] or post['post']}  {text}".strip()
        table.add_row(f"{post['people']:.0f}", f"{post['anonymous']:.0f}", post["how"], where)
    console().print(table)


def _print_engagers(engagers: list[dict[str, Any]]) -> None:
    table = Table(title="\nWho acted on them", title_justify="left", box=None, pad_edge=False)
    for name in ("person", "acts", "last"):
        table.add_column(name, justify="left" if name == "person" else "right")
    for one in engagers:
        table.add_row(one["label"], f"{one['acts']:,}", f"{one['days_ago']:.1f} days ago")
    console().print(table)


@command.command("hide")
@click.argument("account")
@click.argument("topic")
@data_option
def hide(account: str, topic: str, data: Path | None) -> None:
    """Hide a topic of an account, as its owner wishes; it stays hidden whatever is imported."""
    _choose(account, topic, HIDE, data)
    click.echo("Hidden; no import and no score brings it back.")


@command.command("claim")
@click.argument("account")
@click.argument("topic")
@data_option
def claim(account: str, topic: str, data: Path | None) -> None:
    """Claim a topic for an account, as its owner wishes; it is shown as claimed and gives no point.

    A topic that was hidden is shown again.
    """
    _choose(account, topic, CLAIM, data)
    click.echo("Claimed; it gives no point.")


@command.command("undo")
@click.argument("account")
@click.argument("topic")
@data_option
def undo(account: str, topic: str, data: Path | None) -> None:
    """Take back what was hidden or claimed."""
    settings = read_settings(data)
    with open_snapshot(data) as snapshot:
        row = snapshot.find(account)
        chosen = _topic(snapshot, topic, settings.data)
    Choices(settings.data, Ledger(settings.data)).undo(row["network"], row["account"], chosen)
    click.echo("Taken back.")


@command.command("show-hidden")
@click.argument("account")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def show_hidden(account: str, as_json: bool, data: Path | None) -> None:
    """Show the owner what is hidden and claimed."""
    settings = read_settings(data)
    with open_snapshot(data) as snapshot:
        row = snapshot.find(account)
    found = Choices(settings.data, Ledger(settings.data)).of(row["network"], row["account"])
    rows = [{"topic": one.topic, "choice": one.what, "since": one.added} for one in found]
    if as_json:
        print_json(rows)
        return
    for one in rows:
        click.echo(f"{one['since']}  {one['choice']:<5}  {one['topic']}")
    click.echo(f"{len(rows)} topics hidden or claimed")


def _choose(account: str, topic: str, what: str, data: Path | None) -> None:
    settings = read_settings(data)
    with open_snapshot(data) as snapshot:
        row = snapshot.find(account)
        chosen = _topic(snapshot, topic, settings.data)
    choices = Choices(settings.data, Ledger(settings.data))
    choices.choose(row["network"], row["account"], what, chosen, now())


def _topic(snapshot: Snapshot, text: str, data: Path) -> Topic:
    """Find a topic of the vocabulary, or one that a tag made here."""
    try:
        return load_vocabulary(data).find(text)
    except NotFound:
        row = snapshot.topics.find(text)
        return Topic(row["topic"], row["parent"], {"en": row["en"]}, origin=row["origin"])
