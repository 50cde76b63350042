"""openclout lenses: whose rules one can look through."""

import click
from rich.table import Table

from openclout.cli.console import form_options, print_rows
from openclout.lenses import LENSES


@click.command("lenses")
@form_options
def command(form: str) -> None:
    """List the lenses: other scores' published rules, for `score --lens` and `explain --lens`.

    A lens called -like rests on what was published of a score that was not published whole;
    --json says with every lens its formula and which part of it is ours.
    """
    rows = [
        {
            "lens": lens.name,
            "label": lens.label,
            "unit": lens.unit,
            "about": lens.about,
            "parts": " ".join(lens.parts),
            "formula": lens.formula,
            "ours": lens.ours,
            "source": lens.source,
        }
        for lens in LENSES
    ]

    def table() -> Table:
        found = Table(title=f"{len(rows)} lenses", title_justify="left", box=None, pad_edge=False)
        for name in ("lens", "unit", "about", "source"):
            found.add_column(name, overflow="fold")
        for row in rows:
            found.add_row(row["lens"], row["unit"], row["about"], row["source"])
        return found

    print_rows(rows, form, table)
