"""openclout signals: every question that is asked of an account."""

import click
from rich.table import Table

from openclout.cli.console import form_options, print_rows
from openclout.scoring.model import load_model
from openclout.signal import load_signals


@click.command("signals")
@click.option("--model", "model_name", default="", help="The weights of this model.")
@form_options
def command(model_name: str, form: str) -> None:
    """List all signals with question, unit, family and weight. Weight 0: shown, not counted."""
    model = load_model(model_name)
    rows = [
        {
            "signal": signal.name,
            "family": signal.family,
            "weight": model.weights.get(signal.name, 0.0),
            "unit": signal.unit,
            "question": signal.question,
            "over": signal.over,
            "expression": signal.expression,
        }
        for signal in load_signals().values()
    ]

    def table() -> Table:
        found = Table(title=f"{len(rows)} signals, weights of model {model.name}",
                      title_justify="left", box=None, pad_edge=False)  # fmt: skip
        for name in ("signal", "family", "weight", "unit", "question"):
            found.add_column(name, justify="right" if name == "weight" else "left")
        for row in rows:
            weight = f"{row['weight']:.3f}" if row["weight"] else "not counted"
            found.add_row(str(row["signal"]), str(row["family"]), weight, str(row["unit"]),
                          str(row["question"]))  # fmt: skip
        return found

    print_rows(rows, form, table)
