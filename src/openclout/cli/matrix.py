"""How verbs show a style: in a line, or the matrix with one's place and the four axes."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from rich.text import Text

from openclout.cli.console import console
from openclout.style import SIDE, find_language, load_axes, load_reasons, load_styles

F = TypeVar("F", bound=Callable[..., Any])
Found = dict[str, Any]
"""What the snapshot has of a style: `style` or `why` not, and a place on each axis."""
_CELL = 21  # letters, the longest name in either language and its mark; names are cut to fewer
_LEAST_CELL = 7
_TAIL = 10  # letters after the cells
_HEAD = 16  # letters before the cells: the longest end of an axis
_TRACK = 21  # places on a drawn axis
_WORDS = {
    "en": {"style": "Style", "none": "no style"},
    "de": {"style": "Stil", "none": "kein Stil"},
}


def language_option(command: F) -> F:
    """Add --lang."""
    return click.option(
        "--lang", default="en", show_default=True, help="The language of styles: en or de.",
        callback=lambda _context, _option, text: find_language(text),
    )(command)  # fmt: skip


def style_content(found: Found, lang: str) -> dict[str, Any]:
    """Give a style as plain data."""
    why = found["why"]
    content: dict[str, Any] = {
        "key": found["style"],
        "why_none": load_reasons()[why][lang] if why else None,
    }
    if found["style"]:
        style = load_styles()[found["style"]]
        content |= {
            "name": style.name[lang],
            "says": style.says[lang],
            "helps": style.helps[lang],
            "row": style.row + 1,
            "column": style.column + 1,
            "places": {axis: round(found[axis], 4) for axis in load_axes()},
        }
    return content


def style_line(found: Found, lang: str) -> str:
    """Write a style in one line."""
    if found["style"]:
        style = load_styles()[found["style"]]
        return f"{style.name[lang]}. {style.says[lang]}"
    return f"{_WORDS[lang]['none']}: {load_reasons()[found['why']][lang]}"


def print_style(found: Found, lang: str) -> None:
    """Print a style's texts, the matrix with its cell marked, and the places on the axes."""
    click.echo(f"\n{_WORDS[lang]['style']}: {style_line(found, lang)}")
    if not found["style"]:
        return
    click.echo(f"{load_styles()[found['style']].helps[lang]}\n")
    out = console()
    out.print(draw_matrix(found["style"], lang, out.width))
    click.echo()
    for axis in load_axes().values():
        place = round(found[axis.key] * (_TRACK - 1))
        track = "".join(_mark(letter, place) for letter in range(_TRACK))
        click.echo(f"{axis.low[lang]:>{_HEAD}} {track} {axis.high[lang]}")


def _mark(letter: int, place: int) -> str:
    if letter == place:
        return "●"
    return "┼" if letter == _TRACK // 2 else "─"


def draw_matrix(key: str, lang: str, width: int) -> Text:
    """Draw the matrix in at most so many letters across, one style's cell marked."""
    cell = max(min(_CELL, (width - _HEAD - _TAIL) // SIDE - 1), _LEAST_CELL)
    axes = load_axes()
    creating, participating, focused, consistent = axes.values()
    drawn = Text(no_wrap=True)
    halves = (participating.low[lang], participating.high[lang])
    ends = [consistent.high[lang], consistent.low[lang]]
    drawn.append(_above(halves, 2 * cell + 2) + _above([*ends, *reversed(ends)], cell + 1))
    styles = list(load_styles().values())
    for row in range(SIDE):
        drawn.append(_rule(row, cell))
        outer = creating.high[lang] if row >= SIDE // 2 else creating.low[lang]
        inner = focused.high[lang] if row in (0, SIDE - 1) else focused.low[lang]
        drawn.append(f"{outer if row % 2 == 0 else '':<{_HEAD}}│")
        for style in styles[SIDE * row : SIDE * (row + 1)]:
            mine = style.key == key
            name = f"{'●' if mine else ' '} {style.name[lang]}"
            name = name if len(name) <= cell else name[: cell - 1] + "…"
            drawn.append(f"{name:<{cell}}", style="bold reverse" if mine else "")
            drawn.append("│")
        drawn.append(f" {inner}\n")
    drawn.append(_rule(SIDE, cell).rstrip("\n"))
    return drawn


def _above(ends: Sequence[str], width: int) -> str:
    """Write the ends of an axis above the cells."""
    words = "".join(f"{end[:width]:^{width}}" for end in ends)
    return f"{' ' * (_HEAD + 1)}{words}".rstrip() + "\n"


def _rule(row: int, cell: int) -> str:
    first, between, last = {0: ("┌", "┬", "┐"), SIDE: ("└", "┴", "┘")}.get(row, ("├", "┼", "┤"))
    return " " * _HEAD + first + between.join(["─" * cell] * SIDE) + last + "\n"
