"""The options of all verbs that read exports."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from openclout.pipeline.importing import ImportOptions

_OPTIONS = (
    ("--as", "format_name", "", "Read the files as this format instead of looking."),
    ("--network", "network", "", "The network's name, where a file does not say."),
    ("--columns", "columns", "", "Which column is which: see the example."),
    ("--encoding", "encoding", "utf-8", "How a text file is written, e.g. latin-1."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options, and give them to the command as one argument `options`."""

    @wraps(command)
    def packed(**given: Any) -> Any:
        values = [given.pop(name) for _flag, name, _default, _help in _OPTIONS]
        return command(options=ImportOptions(*values), **given)

    for flag, name, default, text in reversed(_OPTIONS):
        packed = click.option(flag, name, default=default, help=text)(packed)
    return packed
