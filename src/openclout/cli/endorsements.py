"""openclout endorsements: the +K of the site as a file that `import` reads."""

from pathlib import Path

import click

from openclout.cli.console import data_option
from openclout.settings import read_site


@click.command("endorsements")
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="The file to write, e.g. endorsements.jsonl.")  # fmt: skip
@data_option
def command(out: Path, data: Path | None) -> None:
    """Write all +K that members gave, for `openclout import`.

    The file is the whole of what there is: what was undone since the last import is deleted from
    the warehouse when this one is imported, and the next score knows nothing of it.
    """
    from openclout.web.opening import open_site, prepare

    site = read_site(data)
    prepare(site)
    open_site(site)
    from openclout.web.endorsing.export import export_lines

    draft = out.with_name(f"{out.name}.new")
    with draft.open("wb") as file:
        count = sum(1 for line in export_lines() if file.write(line)) - 1
    draft.replace(out)
    click.echo(f"{count:,} +K in {out}; next: openclout import {out}")
