"""openclout watch: rules that tell when somebody's score moved, or who is new in a list."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import orjson
from rich.table import Table

from openclout.cli.console import data_option, form_options, now, print_json, print_rows
from openclout.cli.figures import json_text, write_aside
from openclout.cli.reading import as_of_text, open_snapshot
from openclout.cli.sending import Hook, check_hook, send
from openclout.consent import Ledger
from openclout.errors import InputError, OpenCloutError
from openclout.settings import read_settings
from openclout.snapshot.reader import Snapshot
from openclout.watch import Moved, Row, Watch, Watches, look, read_rule

_SECRET_BYTES = 24


@click.group("watch")
def command() -> None:
    """Tell when somebody's score moved, or who is new in a list, by rules that are sentences.

    \b
    RULE is one of
      moved|rose|fell N points in a|N hour|day|week|month[s] [on NETWORK]
      new in the top N [of #TOPIC] [on NETWORK]

    Moves are told against the kept run of that time (openclout history, backfill), newcomers
    against the list at the last `watch run`. Run it after each `score`, from a timer.
    """


@command.command("add")
@click.argument("rule")
@click.option("--webhook", default="", help="Send what happens here, signed, instead of printing.")
@click.option("--allow-local", is_flag=True, help="The webhook may be near: localhost, 10.0.0.1.")
@data_option
def add(rule: str, webhook: str, allow_local: bool, data: Path | None) -> None:
    """Keep a rule."""
    read_rule(rule)
    if allow_local and not webhook:
        raise InputError("there is no webhook to allow", place="--allow-local", fix="add --webhook")
    secret = ""
    if webhook:
        check_hook(Hook(webhook, "", allow_local))
        secret = secrets.token_urlsafe(_SECRET_BYTES)
    words = " ".join(rule.split())
    _watches(data).add(Watch(words, webhook, secret, allow_local))
    click.echo(f'Watching for "{words}".')
    if secret:
        click.echo(f"Messages are signed with the secret {secret}, which is not shown again.")


@command.command("list")
@form_options
@data_option
def list_(form: str, data: Path | None) -> None:
    """List the rules."""
    rows = [
        {"number": number, "rule": watch.rule, "webhook": _hook(watch).shown}
        for number, watch in enumerate(_watches(data).all(), 1)
    ]

    def table() -> Table:
        found = Table(box=None, pad_edge=False)
        for name in ("", "rule", "webhook"):
            found.add_column(name)
        for row in rows:
            found.add_row(str(row["number"]), str(row["rule"]), str(row["webhook"]))
        return found

    print_rows(rows, form, table)


@command.command("remove")
@click.argument("rule")
@data_option
def remove(rule: str, data: Path | None) -> None:
    """Take a rule away, by its words or its number in the list."""
    gone = _watches(data).remove(rule)
    click.echo(f'"{gone.rule}" is watched for no more.')


@command.command("run")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON here.")
@data_option
def run(as_json: bool, out: Path | None, data: Path | None) -> int:
    """Look whether anything happened since the last look, and tell it.

    What a webhook did not take is told again at the next run; the exit code is 2 then.
    """
    watches = _watches(data)
    with open_snapshot(data) as snapshot:
        told = [_look(watch, snapshot) for watch in watches.all()]
        moment = snapshot.facts.as_of
        title = as_of_text(snapshot.facts)
    content = [_content(one, moment) for one in told]
    if out:
        write_aside(out, json_text(content))
    if as_json:
        print_json(content)
    else:
        click.echo(f"What happened, {title}")
    done = True
    for one in told:
        if not as_json:
            _print(one)
        done &= _deliver(one, moment, watches)
    return 0 if done else 2


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look by one rule found: the watch before and after, the events, what was lacking."""

    watch: Watch
    after: Watch
    events: Sequence[Row]
    lacking: str = ""


def _look(watch: Watch, snapshot: Snapshot) -> Looked:
    """Look by one rule; one that cannot be looked by now says why, and stops no other."""
    rule = read_rule(watch.rule)
    if isinstance(rule, Moved) and snapshot.history.run_before(rule.span) is None:
        days = f"{rule.span.total_seconds() / 86400:g}"
        return Looked(watch, watch, [], f"no run of {days} days before is kept: openclout backfill")

    def first(topic: str | None, network: str | None, count: int) -> list[dict[str, Any]]:
        if topic is None:
            return snapshot.top(network, count)
        return snapshot.topics.top(snapshot.topics.find(topic)["topic"], network, count)

    try:
        events, after = look(watch, snapshot.facts.as_of, snapshot.history, first)
    except OpenCloutError as error:
        return Looked(watch, watch, [], str(error))
    return Looked(watch, after, events)


def _deliver(one: Looked, moment: datetime, watches: Watches) -> bool:
    """Send what happened where it is to be sent, and remember it; tell whether that worked."""
    if one.watch.webhook and one.events:
        body = orjson.dumps(_content(one, moment))
        try:
            send(_hook(one.watch), body, now())
        except OpenCloutError as error:
            click.echo(f"Error: {error}", err=True)
            return False
    if one.after != one.watch:
        watches.remember(one.after)
    return True


def _content(one: Looked, moment: datetime) -> dict[str, Any]:
    return {
        "rule": one.watch.rule,
        "as_of": moment,
        "events": list(one.events),
        "lacking": one.lacking or None,
    }


def _print(one: Looked) -> None:
    where = f", for {_hook(one.watch).shown}" if one.watch.webhook and one.events else ""
    click.echo(f"\n{one.watch.rule}: {len(one.events)}{where}")
    if one.lacking:
        click.echo(f"  {one.lacking}")
    if not one.lacking and one.watch.seen is None and one.after.seen is not None:
        click.echo(f"  the first look: {len(one.after.seen)} noted, to compare the next with")
    for event in one.events:
        click.echo(f"  {_event_text(event)}")


def _event_text(event: Row) -> str:
    who = f"{event['network']}:{event['label']}"
    if "change" in event:
        return f"{who}  {event['before']:.1f} → {event['score']:.1f}  ({event['change']:+.1f})"
    return f"{who}  place {event['place']}, {event['score']:.1f}"


def _watches(data: Path | None) -> Watches:
    folder = read_settings(data).data
    return Watches(folder, Ledger(folder))


def _hook(watch: Watch) -> Hook:
    return Hook(watch.webhook, watch.secret, watch.allow_local)
