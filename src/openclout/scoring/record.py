"""The record of a model: the TOML file that `read_model` reads back."""

from collections.abc import Sequence

from openclout.scoring.model import BandRow, Model


def model_text(model: Model) -> str:
    """Write a model as TOML, weights in their order, with what each part means."""
    curve = (
        f"middle_score = {model.middle_score}   # the median scored account of a network\n"
        f"top_score = {model.top_score}      # one in a thousand\n"
        f"top_quantile = {model.top_quantile}\n"
        "# Where a network is too small to have anchors of its own and no others are there to"
        f" pool.\nmiddle = {model.anchors.middle}\ntop = {model.anchors.top}\n"
    )
    return (
        "# A model. A change of weights is a release: see CHANGELOG, section Score.\n"
        f'name = {_quoted(model.name)}\ndate = {model.date}\nabout = {_quoted(model.about)}\n'
        f"provisional_below = {model.provisional_below}"
        '  # people; with fewer the score is a guess and shown with "?"\n\n'
        f"[curve]\n{curve}\n"
        f"[weights]             # of log1p(signal); 0: not counted\n{_lines(model.weights)}\n"
        f"{_scales(model)}[profile_weights]     # where a network publishes nothing but profiles\n"
        f"{_lines(model.profile_weights)}\n"
        "# The share of its points above nobody's (and 5 more) that an account with at least so"
        " many people\n# as evidence had in the next window: 90 of 100, vanished ones included."
        " From the real sets:\n# python -m benchmarks.default_band. Used, and flagged, where a"
        " network has no past of its own.\n"
        + band_text(model.band)
    )  # fmt: skip


def _scales(model: Model) -> str:
    """Write the scales, also of signals that do not count: the next fit starts from them."""
    found = model.scales
    if not found:
        return ""
    return f"[scales]    # a signal counts by log1p(value / scale)\n{_lines(found)}\n"


def _quoted(text: str) -> str:
    """Write a basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(weights: dict[str, float]) -> str:
    return "".join(f"{name} = {weight:g}\n" for name, weight in weights.items())


def band_text(rows: Sequence[BandRow]) -> str:
    """Write a band as TOML."""
    return "".join(
        f"[[band]]\nevidence = {row.evidence}\nquiet = {str(row.quiet).lower()}\n"
        f"least = {row.least:.3f}\nmost = {row.most:.3f}\n"
        f"kept = [{', '.join(f'{share:.3f}' for share in row.kept)}]\n"
        for row in rows
    )
