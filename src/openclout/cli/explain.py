"""openclout explain: why a score is what it is."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.bar import Bar
from rich.table import Table

from openclout.cli.console import console, data_option, print_json
from openclout.cli.friends import friend_content, friends_text
from openclout.cli.history import changes_content, changes_text
from openclout.cli.influencees import influencee_table
from openclout.cli.influencers import influencer_table
from openclout.cli.matrix import language_option, print_style, style_content
from openclout.cli.moments import moment_content, print_moments
from openclout.cli.reading import (
    as_of_text,
    band_text,
    json_row,
    name_text,
    open_snapshot,
    open_warehouse,
    percentile_text,
    person_option,
    score_text,
    topic_text,
)
from openclout.cli.show import remarks
from openclout.cli.view import print_view, view_content
from openclout.errors import InputError
from openclout.lenses import Lens
from openclout.lenses import lens as find_lens
from openclout.pipeline.looking import look
from openclout.scoring.explain import Contribution, Explanation
from openclout.snapshot.facts import Facts
from openclout.snapshot.influence import (
    Engager,
    Friend,
    Influencer,
    friends,
    influencees,
    influencers,
)
from openclout.snapshot.moment import Moment, read_moments
from openclout.snapshot.reader import Snapshot
from openclout.vocabulary.period import Period

_COLORS = {"reach": "dark_orange", "amplification": "deep_sky_blue3", "network": "medium_purple"}


@click.command("explain")
@click.argument("handle")
@click.option("--limit", default=8, show_default=True, type=click.IntRange(0, 1000),
              help="How many engagers and posts to name.")  # fmt: skip
@click.option("--lens", "lens_name", help="Explain another score's number: openclout lenses.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@person_option
@language_option
@data_option
def command(
    handle: str,
    limit: int,
    lens_name: str | None,
    as_json: bool,
    person: bool,
    lang: str,
    data: Path | None,
) -> None:
    """Explain a score: what each signal adds, who and what mattered most, how sure it is.

    Beneath it the style: the place in the matrix of how people take part.

    The contributions add up to the score. Offline excellence is not measured, and anger counts
    like applause: a score says who moves people, not whether that is good.

    With --lens: what the account's number by another score's rules is made of, by a lens of points
    act by act (--json), over the acts now in the warehouse, at the moment of the last `score`.
    """
    if lens_name and person:
        raise InputError("a lens looks at one account", place="--lens", fix="leave out --person")
    if lens_name:
        _explain_lens(find_lens(lens_name), handle, as_json, data)
        return
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        explained = snapshot.explain(row)
        members = snapshot.members(row) if person else []
        around = _look_around(snapshot, row, limit)
        changes = snapshot.history.changes_of(row)
        topics, claimed = snapshot.topics.of(row, limit), snapshot.topics.claimed(row)
        facts, style = snapshot.facts, snapshot.style(row)
    names = [f"{one['network']}:{one['label']}" for one in members if one["score"] is not None]
    if as_json:
        content = _content(row, names, explained, around, facts)
        content |= {"changes": changes_content(changes), "style": style_content(style, lang)}
        content |= {"topics": topics, "claimed": claimed}
        print_json(content)
        return
    _print_head(row, facts)
    if any(changes.values()):
        click.echo(f"Change: {changes_text(changes, facts.model.name)}; openclout why tells it\n")
    console().print(_contributions(explained, names))
    _print_topics(topics, claimed, lang)
    _print_around(around, facts, named=bool(names))
    print_style(style, lang)


@dataclass(frozen=True, slots=True)
class _Around:
    """Who and what stands around a score: whom it moves, who moves it, its friends and posts."""

    influencees: list[Engager]
    influencers: list[Influencer]
    friends: list[Friend]
    moments: list[Moment]


def _look_around(snapshot: Snapshot, row: dict[str, Any], limit: int) -> _Around:
    return _Around(
        influencees(snapshot, row, limit),
        influencers(snapshot, row, limit),
        friends(snapshot, row),
        read_moments(snapshot, row, limit),
    )


def _print_around(around: _Around, facts: Facts, named: bool) -> None:
    if around.influencees:
        click.echo("\nWho mattered most")
        console().print(influencee_table(around.influencees))
    if around.influencers:
        click.echo("\nWho moves it")
        console().print(influencer_table(around.influencers))
    click.echo(f"\nAmong friends\n{friends_text(around.friends)}")
    if around.moments:
        click.echo("\nPosts that moved most people")
        print_moments(around.moments, facts, named)


def _explain_lens(lens: Lens, handle: str, as_json: bool, data: Path | None) -> None:
    """Explain a lens's number; the snapshot says who may be seen, the warehouse has the acts."""
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle)
        facts = snapshot.facts
        period = Period(facts.as_of, facts.window)
        with open_warehouse(data) as warehouse:
            view = look(warehouse.engine, period, lens, row["network"], row["account"])
        if as_json:
            print_json(view_content(lens, row, view, snapshot))
            return
    click.echo(f"{row['label']} on {row['network']}, {as_of_text(facts)}")
    print_view(lens, row, view)


def _content(
    row: dict[str, Any],
    names: list[str],
    explained: Explanation,
    around: _Around,
    facts: Facts,
) -> dict[str, Any]:
    return {
        "person" if names else "account": json_row(row),
        "as_of": facts.as_of,
        "window_days": facts.window.total_seconds() / 86400,
        "model": facts.model.name,
        "score": explained.score,
        "base": explained.base,
        "contributions": [
            {
                "signal": part.signal.name,
                "question": part.signal.question,
                "family": part.signal.family,
                "value": part.value,
                "unit": part.signal.unit,
                "points": part.points,
                "shown": part.shown,
                **({"account": names[part.account]} if names else {"one_more": part.one_more}),
            }
            for part in explained.contributions
        ],
        "not_counted": {signal.name: value for signal, value in explained.not_counted},
        "influencees": [asdict(one) for one in around.influencees],
        "influencers": [asdict(one) for one in around.influencers],
        "friends": [friend_content(one) for one in around.friends],
        "moments": [moment_content(one) for one in around.moments],
    }


def _print_head(row: dict[str, Any], facts: Facts) -> None:
    click.echo(f"{name_text(row)}, {as_of_text(facts)}")
    click.echo(f"Score {score_text(row)}, band {band_text(row)}, {percentile_text(row)}")
    for text in remarks(row):
        click.echo(f"  {text}")
    click.echo()


def _contributions(explained: Explanation, names: list[str]) -> Table:
    """Give the table of contributions, by account where `names` has a person's accounts."""
    table = Table(box=None, pad_edge=False)
    for name in ("points", "", "signal", "value", "" if names else "one more brings", "question"):
        right = name in ("points", "value", "one more brings")
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "question")
    most = max([part.points for part in explained.contributions] or [1.0])
    for place, name in enumerate(names or [""]):
        mine = [part for part in explained.contributions if part.account == place]
        whole = sum(part.shown for part in mine)
        if name:
            table.add_row(f"{whole:.1f}", "", f"from {name}", "", "", "", style="bold")
        for part in mine if whole or not name else []:
            if part.value > 0:
                table.add_row(*_cells(part, most))
    table.add_row(f"{explained.base_shown:.1f}", "", "where the curve starts", "", "", "")
    table.add_row(f"{explained.score:.1f}", "", "score", "", "", "", style="bold")
    return table


def _cells(part: Contribution, most: float) -> tuple[str | Bar, ...]:
    return (
        f"{part.shown:.1f}",
        Bar(max(most, 1e-9), 0, part.points, width=16, color=_COLORS[part.signal.family]),
        part.signal.label,
        f"{part.value:,.1f} {part.signal.unit}",
        "" if part.one_more is None else f"+{part.one_more:.1f}",
        part.signal.question,
    )


def _print_topics(topics: list[dict[str, Any]], claimed: list[str], lang: str) -> None:
    if topics:
        click.echo("\nTopics")
    for topic in topics:
        click.echo(f"  {topic_text(topic, lang)}")
    if claimed:
        click.echo(f"Claimed by the owner: {', '.join(claimed)}")
