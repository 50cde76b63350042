"""What the verbs that judge have in common: the sets to judge by, and the model that is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from openclout.cli.console import data_option
from openclout.cli.exports import reading_options
from openclout.evaluation.dataset import DataSet, find_sets
from openclout.pipeline.importing import ImportOptions
from openclout.scoring.model import Model, load_model
from openclout.settings import Settings, read_settings
from openclout.vocabulary.period import read_window

_OPTIONS = (
    click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False)),
    click.option(
        "--window", default="90d", show_default=True, help="For data that do not say theirs."
    ),
    click.option("--model", "model_name", default="", help="An older model by name, or a file."),
    reading_options,
    click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    data_option,
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: a model, by sets; `own`: by the data folder alone."""

    settings: Settings
    model: Model
    sets: Sequence[DataSet]
    own: bool


def judging_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options, and give them to the command as one argument `case`, beside `as_json`."""

    @wraps(command)
    def packed(
        *, paths: tuple[Path, ...], window: str, model_name: str, options: ImportOptions,
        data: Path | None, **given: Any,
    ) -> Any:  # fmt: skip
        settings, model = read_settings(data), load_model(model_name)
        read_window(window)
        own = [DataSet("", settings.data, window)]
        sets = find_sets(paths, window, options) if paths else own
        return command(case=Case(settings, model, sets, not paths), **given)

    for option in reversed(_OPTIONS):
        packed = option(packed)
    return packed
