"""How numbers are written and drawn on every page. Drawings are SVG with attributes: no styles."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
MINUS = "\N{MINUS SIGN}"


_GERMAN = str.maketrans(",.", ".,")


def _written(text: str) -> str:
    """Write a number as the page's language does; Django's own way takes ten times as long."""
    return text.translate(_GERMAN) if (get_language() or "").startswith("de") else text


@register.filter
def one(value: float | None) -> str:
    """Write a number with one decimal; nothing for none."""
    return "" if value is None else _written(f"{value:,.1f}")


@register.filter
def whole(value: float | None) -> str:
    """Write a number without decimals, thousands apart."""
    return "" if value is None else _written(f"{value:,.0f}")


@register.filter
def signed(value: float | None) -> str:
    """Write a change: `+1.2`, `−0.4`, `±0.0`."""
    if value is None:
        return ""
    shown = round(value, 1)
    sign = "+" if shown > 0 else MINUS if shown < 0 else "±"
    return sign + _written(f"{abs(shown):,.1f}")


@register.filter
def percentile(value: float | None) -> str:
    """Write a percentile: whole below 99, then one decimal, never 100."""
    if value is None:
        return ""
    if value >= 99:
        return _written(f"{min(int(value * 10) / 10, 99.9):.1f}")
    return str(int(value))


@register.filter
def percent(value: float) -> str:
    """Write a chance as whole hundredths, never 0 or 100: nothing is that sure."""
    return str(min(max(round(100 * value), 1), 99))


@register.filter
def twice(value: float) -> str:
    """Write twice a number, for a place in a drawing."""
    return f"{2 * value:g}"


@register.filter
def below(height: float, ground: float) -> str:
    """Write where something so high begins that stands on the ground, in a drawing."""
    return f"{ground - height:.1f}"


@register.filter
def is_web(address: str | None) -> bool:
    """Tell whether a post's address may be a link: of the web, and nothing that runs."""
    return bool(address) and str(address).startswith(("https://", "http://"))


@register.filter
def share(value: float) -> str:
    """Write a share of a whole: `12 %`, `0.4 %`."""
    shown = 100 * value
    return _written(f"{shown:.0f} %" if shown >= 1 else f"{shown:.1f} %")


@register.simple_tag
def band(row: Any, width: int = 160) -> SafeString:
    """Draw a score's band on the line from 0 to 100."""
    if row.score is None or row.low is None:
        return SafeString("")
    words = _("Score %(score)s, probably between %(low)s and %(high)s") % {
        "score": one(row.score),
        "low": whole(row.low),
        "high": whole(row.high),
    }
    scale = (width - 16) / 100
    x = [8 + scale * value for value in (row.low, row.high, row.score)]
    return format_html(
        '<svg class="band" viewBox="0 0 {} 18" width="{}" height="18" role="img" aria-label="{}">'
        '<path class="rail" d="M8 9H{}"/><path class="range" d="M{} 9H{}"/>'
        '<circle cx="{}" cy="9" r="4.5"/></svg>',
        width, width, words, width - 8, *(f"{place:.1f}" for place in x[:2]), f"{x[2]:.1f}",
    )  # fmt: skip
