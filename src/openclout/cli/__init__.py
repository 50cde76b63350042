"""The command line: one file per verb, each loaded when it is called."""

from importlib import import_module
from importlib.resources import files
from typing import NoReturn

import click

from openclout import __version__
from openclout.errors import OpenCloutError, sentence

VERBS = (
    "import", "score", "backfill", "explain", "history", "why", "top", "topics", "show", "compare",
    "moments", "influencers", "influencees", "friends", "shortlist", "watch", "signals", "lenses",
    "model", "report", "person", "calibrate", "fit", "backtest", "coverage", "attack", "optout",
    "serve", "claim", "endorsements", "operator",
)  # fmt: skip
_MODULES = {"import": "bring"}  # `import` cannot be a module's name


class Verbs(click.Group):
    """Loads a verb's module when it is asked for, and shows its example beneath its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the verbs in the order in which one needs them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a verb."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"openclout.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        command.epilog = command.epilog or _example(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may have been meant."""
        import difflib

        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], VERBS, 1)
            hint = f' Did you mean "{near[0]}"?' if near else f" Verbs are {', '.join(VERBS)}."
            raise click.UsageError(f'There is no verb "{args[0]}".{hint}', ctx)
        return super().resolve_command(ctx, args)


def _example(verb: str) -> str:
    """Give the verb's example with its real output; a test runs it and compares."""
    path = files("openclout.cli") / "examples" / f"{verb}.txt"
    if not path.is_file():
        return ""
    return "\b\nExample:\n\n\b\n" + path.read_text(encoding="utf-8").rstrip().replace(
        "\n\n", "\n\b\n"
    )


@click.group(
    cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120}
)
@click.version_option(__version__, prog_name="openclout")
def openclout() -> None:
    """Measure who moves people in social networks: an open, explained influence score, 0 to 100.

    Bring data in with `import`, make scores with `score`, then ask: `top`, `explain`, `report`.
    """


def main() -> NoReturn:
    """Run the command line; what a user can mend ends in a sentence and exit code 2."""
    import sys

    try:
        code = openclout.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OpenCloutError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.code)
    except BrokenPipeError:  # `openclout top | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a folder that may not be written to, a disk that is full
        problem = f"{error.strerror or type(error).__name__} (the system said so)"
        fix = "check who may write there and what room is left, or name another place"
        click.echo(
            f"Error: {sentence(problem, place=str(error.filename or ''), fix=fix)}", err=True
        )
        sys.exit(2)
