"""The matrix of styles as a drawing: how many people are of each style, and where some stand."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from openclout.report.palette import CARD, INK, LINE, MUTED, SURE, UNSURE
from openclout.style import SIDE, Style, load_axes, load_styles

_WIDE, _NARROW = (230, 104), (100, 96)
"""A cell's width and height in pixels, on wide and on narrow screens."""
_HEAD, _LEFT = 44, 92
_DOT = 9  # radius of a mark


def matrix(
    counts: Mapping[str, int],
    marks: Sequence[tuple[str, str]],
    label: str,
    lang: str = "en",
    narrow: bool = False,
) -> Markup:
    """Draw the matrix; `counts` by style, `marks` are pairs of a style and what stands in the dot.

    `label` is read out instead of the drawing.
    """
    width, height = _NARROW if narrow else _WIDE
    left = 0 if narrow else _LEFT
    whole = sum(counts.get(key, 0) for key in load_styles())
    inner = _heads(width, left, lang, narrow)
    for key, style in load_styles().items():
        mine = [text for name, text in marks if name == key]
        share = counts.get(key, 0) / whole if whole else 0.0
        x, y = left + style.column * width, _HEAD + style.row * height
        inner += Markup('<g transform="translate({},{})">{}</g>').format(
            x, y, _cell(style, lang, counts.get(key), share, mine, (width, height))
        )
    box = f"0 0 {left + SIDE * width} {_HEAD + SIDE * height}"
    kind = "narrow" if narrow else "wide"
    return Markup(
        '<svg class="chart {}" viewBox="{}" role="img" aria-label="{}" font-size="12">{}</svg>'
    ).format(kind, box, label, inner)


def _heads(width: int, left: int, lang: str, narrow: bool) -> Markup:
    """Write the ends of the axes beside the cells: halves above, and rows where there is room."""
    creating, participating, focused, consistent = load_axes().values()
    found = Markup("")
    for half, end in enumerate((participating.low[lang], participating.high[lang])):
        found += _text(end, left + (2 * half + 1) * width, 14, "middle", INK.light)
    ends = (consistent.high[lang], consistent.low[lang])
    for column, end in enumerate((*ends, *reversed(ends))):
        found += _text(end, left + (column + 0.5) * width, 34, "middle", MUTED.light)
    for row in range(0 if narrow else SIDE):
        top = _HEAD + row * _WIDE[1] + 44
        outer = creating.low[lang] if row < SIDE // 2 else creating.high[lang]
        inner = focused.high[lang] if row in (0, SIDE - 1) else focused.low[lang]
        found += _text(outer, left - 10, top, "end", INK.light)
        found += _text(inner, left - 10, top + 18, "end", MUTED.light)
    return found


def _cell(
    style: Style,
    lang: str,
    count: int | None,
    share: float,
    marks: Sequence[str],
    size: tuple[int, int],
) -> Markup:
    width, height = size
    shade = min(share * SIDE, 1.0)  # a quarter of the people is the fullest
    drawn = Markup('<rect width="{}" height="{}" fill="{}" stroke="{}"/>').format(
        width, height, CARD.light, LINE.light
    )
    drawn += Markup('<rect width="{}" height="{}" fill="{}" opacity="{}"/>').format(
        width, height, UNSURE.light, f"{shade:.2f}"
    )
    words = 10 if width < _WIDE[0] else 12
    drawn += _text(style.name[lang], 7, 18, "start", INK.light, words)
    if count is not None:
        drawn += _text(f"{count:,}", width - 7, height - 8, "end", MUTED.light)
    across = (width - 8) // (2 * _DOT + 4)
    room = across * ((height - 44) // (2 * _DOT + 4))
    for place, text in enumerate(marks[:room]):
        x = 7 + _DOT + place % across * (2 * _DOT + 4)
        y = 26 + _DOT + place // across * (2 * _DOT + 4)
        drawn += Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"/>').format(x, y, _DOT, SURE.light)
        drawn += Markup(
            '<text x="{}" y="{}" text-anchor="middle" font-size="10" style="stroke:none"'
            ' fill="{}">{}</text>'
        ).format(x, y + 3.5, CARD.light, text)
    return drawn


def _text(text: str, x: float, y: float, anchor: str, color: str, size: int = 12) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}" fill="{}" font-size="{}">{}</text>').format(
        f"{x:g}", f"{y:g}", anchor, color, size, escape(text)
    )
