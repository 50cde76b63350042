"""openclout top: the leaderboard."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import data_option, form_options, print_rows
from openclout.cli.reading import (
    as_of_text,
    band_text,
    json_row,
    open_snapshot,
    percentile_text,
    score_text,
)
from openclout.cli.topics import top_table


@click.command("top")
@click.option("--network", help="Only this network.")
@click.option("--topic", help="Who moves most people about a topic: openclout topics list --here.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--persons", is_flag=True, help="One row per person: joined accounts count as one.")
@form_options
@data_option
def command(
    network: str | None,
    topic: str | None,
    limit: int,
    persons: bool,
    form: str,
    data: Path | None,
) -> None:
    """Show who moves most people. Scores with too little evidence have no rank and are left out."""
    if topic:
        _print_topic(topic, network, limit, form, data)
        return
    with open_snapshot(data) as snapshot:
        rows = snapshot.top(network, limit, persons)
        title = f"Who moves people, {as_of_text(snapshot.facts)}"
    ranked = [{"place": place, **json_row(row)} for place, row in enumerate(rows, start=1)]

    def table() -> Table:
        found = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for name in ("", "account", "on", "score", "band", "reach", "amplif.", "network", "people"):
            found.add_column(name, justify="left" if name in ("account", "on") else "right")
        found.add_column("")
        for row in ranked:
            found.add_row(
                str(row["place"]),
                row["label"],
                _networks(row),
                score_text(row),
                band_text(row),
                *(f"{row[name]:.1f}" for name in ("reach", "amplification", "network_points")),
                f"{row['engagers']:,.0f}",
                percentile_text(row),
            )
        return found

    print_rows(ranked, form, table)


def _print_topic(topic: str, network: str | None, limit: int, form: str, data: Path | None) -> None:
    with open_snapshot(data) as snapshot:
        found = snapshot.topics.find(topic)
        rows = [json_row(row) for row in snapshot.topics.top(found["topic"], network, limit)]
        title = f"Who moves people about {found['en']}, {as_of_text(snapshot.facts)}"
    print_rows(rows, form, lambda: top_table(rows, title))


def _networks(row: dict[str, Any]) -> str:
    """Write on which networks: a person's are told with the accounts."""
    return str(row["account"] if row["level"] == "person" else row["network"])
