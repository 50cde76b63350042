"""Scores over time, drawn in letters: one line of them, or a small chart."""

from collections.abc import Sequence

from openclout.snapshot.series import Past

_LEVELS = "▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT = 72, 9
_LEAST = 10.0  # points that a chart shows at least: less is not a mountain


def sparkline(scores: Sequence[float]) -> str:
    """Draw scores as one line of letters, the lowest and the highest at its ends of height."""
    low, high = _range(scores)
    steps = len(_LEVELS) - 1
    return "".join(_LEVELS[round((score - low) / (high - low) * steps)] for score in scores)


def thinned(line: Sequence[Past], most: int = _WIDTH) -> list[Past]:
    """Give at most so many of the days, evenly, the last among them."""
    count = len(line)
    if count <= most:
        return list(line)
    return [line[(place + 1) * count // most - 1] for place in range(most)]


def chart(line: Sequence[Past]) -> str:
    """Draw scores (●) within their bands (░) over time, with the scale at the left."""
    shown = thinned(line)
    low, high = _range([past.score or 0.0 for past in shown])
    step = (high - low) / (_HEIGHT - 1)
    rows = []
    for place in range(_HEIGHT):
        level = high - place * step
        letters = "".join(_letter(past, level, step) for past in shown)
        scale = f"{level:5.1f} ┤" if place % (_HEIGHT // 2) == 0 else f"{'':5} │"
        rows.append(f"{scale}{letters}".rstrip())
    first, last = shown[0].kept.day.isoformat(), shown[-1].kept.day.isoformat()
    gap = max(len(shown) - len(first) - len(last), 1)
    under = f"{first}{' ' * gap}{last}" if len(shown) > 1 else first
    return "\n".join([*rows, f"{'':5} └{'─' * len(shown)}", f"{'':7}{under}"])


def _letter(past: Past, level: float, step: float) -> str:
    if abs((past.score or 0.0) - level) <= step / 2:
        return "●"
    if past.low is not None and past.high is not None and past.low <= level <= past.high:
        return "░"
    return " "


def _range(scores: Sequence[float]) -> tuple[float, float]:
    """Give the range to draw, in whole fives, at least _LEAST points high."""
    low, high = 5 * (min(scores) // 5), 5 * -(-max(scores) // 5)
    middle = (low + high) / 2
    half = max((high - low) / 2, _LEAST / 2)
    return (max(middle - half, 0.0), min(max(middle + half, _LEAST), 100.0))
