"""Write docs/reference/styles.md from the styles, their axes and reasons.

python -m tests.reference.styles
"""

from tests.conftest import ROOT

from openclout.style import LANGUAGES, SIDE, Style, load_axes, load_reasons, load_styles

PAGE = ROOT / "docs/reference/styles.md"
HEAD = """# Styles

How somebody takes part, one of 16, from what the account itself did. `openclout show` has it in a
line, `openclout explain` with the matrix, `openclout report` for all, `--lang de` in German. How it
is measured and how stable it is: [styles](../explanation/styles.md). No style is better than
another.
"""


def page() -> str:
    """Give the page's text."""
    parts = [HEAD, *_matrix(), "\n## Axes\n\n| from | to | question |\n|---|---|---|\n"]
    for axis in load_axes().values():
        parts.extend(
            f"| {axis.low[lang]} | {axis.high[lang]} | {axis.question[lang]} |\n"
            for lang in LANGUAGES
        )
    parts.append("\n## The styles\n")
    parts.extend(_written(style) for style in load_styles().values())
    parts.append("\n## Why there is none\n\n")
    for key, why in load_reasons().items():
        parts.append(f"- `{key}`: {why['en']}. *{why['de']}.*\n")
    return "".join(parts)


def _matrix() -> list[str]:
    creating, participating, focused, consistent = load_axes().values()
    low, high = participating.low["en"], participating.high["en"]
    regular, seldom = consistent.high["en"], consistent.low["en"]
    parts = [
        f"\n| | {low}, {regular} | {low}, {seldom} | {high}, {seldom} | {high}, {regular} |\n",
        "|---|---|---|---|---|\n",
    ]
    styles = list(load_styles().values())
    for row in range(SIDE):
        cells = styles[SIDE * row : SIDE * (row + 1)]
        outer = (creating.high if row >= SIDE // 2 else creating.low)["en"]
        inner = (focused.high if row in (0, SIDE - 1) else focused.low)["en"]
        names = " | ".join(style.name["en"] for style in cells)
        parts.append(f"| **{outer}, {inner}** | {names} |\n")
    return parts


def _written(style: Style) -> str:
    texts = "".join(
        f"\n{style.name[lang]}: {style.says[lang]} {style.helps[lang]}\n" for lang in LANGUAGES
    )
    return f"\n### {style.name['en']} (`{style.key}`)\n{texts}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
