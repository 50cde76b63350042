"""The canvas: Vega-Lite specifications rendered to SVG that is safe and small inside a page.

Every specification gives its size, margins, ticks and texts itself, so nothing is measured with the
fonts of this machine and the same numbers give the same bytes everywhere. Rendering is offline: the
data stand in the specification and no address may be asked.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from openclout.report.palette import GRID, INK, LINE, MUTED, Color

Spec = dict[str, Any]

_TAGS = {"g", "path", "line", "rect", "text", "tspan"}
_GROUNDS = ("background", "foreground")  # of groups: nothing is painted there
_KEPT = (
    "transform", "d", "x", "y", "x2", "y2", "width", "height", "fill", "stroke", "stroke-width",
    "stroke-dasharray", "stroke-linejoin", "opacity", "fill-opacity", "text-anchor", "font-size",
    "font-weight",
)  # fmt: skip
_INHERITED = ("fill", "stroke", "stroke-width", "fill-opacity", "text-anchor", "font-size",
              "font-weight")  # fmt: skip
_LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_CIRCLE = re.compile(r"^M([\d.]+),0A[\d.,-]+Z?$")
_MOVED = re.compile(r"^translate\(([^,]+),([^)]+)\)$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing area in pixels and the margins around it: left, top, right, bottom."""

    width: int
    height: int
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


def layered(frame: Frame, layers: Sequence[Spec]) -> Spec:
    """Make a specification of layers in one frame, in the page's manner; each has its own axes."""
    return {
        "width": frame.width,
        "height": frame.height,
        "autosize": {"type": "none"},
        "padding": {side: getattr(frame, side) for side in ("left", "top", "right", "bottom")},
        "background": None,
        "data": {"values": []},
        "layer": list(layers),
        "resolve": {"axis": {"x": "independent", "y": "independent"}},
        "config": _MANNER,
    }


_MANNER: Spec = {
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "labelColor": MUTED.light,
        "labelFontSize": 12,
        "labelPadding": 6,
        "labelFlush": False,
        "labelOverlap": False,
        "labelBound": False,
        "gridColor": GRID.light,
        "title": None,
    },
    "bar": {"aria": False},
    "text": {"aria": False, "fontSize": 12, "fill": INK.light},
    "line": {"aria": False},
    "rule": {"aria": False},
    "point": {"aria": False},
}


def scaled(field: str, domain: Sequence[float], axis: Spec | None, **scale: object) -> Spec:
    """Encode a field on a quantitative scale with exactly this domain."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": list(domain), "nice": False, "zero": False, **scale},
        "axis": axis,
        "title": None,
    }


def as_drawn(field: str) -> Spec:
    """Encode a field that is already a colour or a place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "legend": None, "axis": None}


def note(text: str, x: float, y: float, align: str = "left", color: Color = MUTED) -> Spec:
    """Write a fixed text at a place in pixels; as data: Vega takes a bare "if" for a signal."""
    return {
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "align": align, "fill": color.light},
        "encoding": {
            "x": {"value": x},
            "y": {"value": y},
            "text": {"field": "text", "type": "nominal"},
        },
    }


def upright(x: float, domain: Sequence[float], color: Color = LINE) -> Spec:
    """Draw a dashed vertical rule at a value of x, over the whole height."""
    return {
        "data": {"values": [{"x": x}]},
        "mark": {"type": "rule", "stroke": color.light, "strokeDash": [4, 3], "strokeWidth": 1.2},
        "encoding": {"x": scaled("x", domain, None)},
    }


def draw(spec: Spec, label: str, kind: str) -> Markup:
    """Render a specification; `label` is read out instead, `kind` is its CSS class."""
    import vl_convert

    # A failure is not caught: after one, vl-convert 1.9 answers the next call with what failed.
    text = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    root = ElementTree.fromstring(text)  # noqa: S314 - rendered here, it declares no entities
    inner = "".join(_written(child) for child in root)
    box = escape(root.attrib["viewBox"])
    return Markup(  # noqa: S704 - built of escaped parts and known tags only
        f'<svg class="chart {escape(kind)}" viewBox="{box}" role="img"'
        f' aria-label="{escape(label)}">{inner}</svg>'
    )


def both(make: Callable[[bool], Spec], label: str) -> Markup:
    """Draw a chart for wide and for narrow screens; the page shows the one that fits."""
    kinds = (("wide", False), ("narrow", True))
    return Markup("").join(draw(make(narrow), label, kind) for kind, narrow in kinds)


def _written(node: ElementTree.Element) -> str:
    """Write one element and what is in it; unknown tags and attributes are left out."""
    tag = node.tag.rpartition("}")[2]
    shared = _share(node)
    inner = "".join(_written(child) for child in node)
    empty = (tag == "g" and not inner) or node.get("class") in _GROUNDS
    if tag not in _TAGS or empty or node.get("display") == "none":
        return ""
    if tag == "path" and (dot := _dot(node.attrib)):
        return dot
    return f"<{tag}{_attributes(node.attrib | shared)}>{escape(node.text or '')}{inner}</{tag}>"


def _share(group: ElementTree.Element) -> dict[str, str]:
    """Take what all marks of a group have in common off them, so that it is written once."""
    marks = list(group)
    if len(marks) < 2 or any(len(mark) for mark in marks):
        return {}
    shared = {
        name: marks[0].attrib[name]
        for name in _INHERITED
        if name in marks[0].attrib and len({mark.get(name) for mark in marks}) == 1
    }
    for mark in marks:
        for name in shared:
            del mark.attrib[name]
    return shared


def _dot(attributes: Mapping[str, str]) -> str:
    """Write the path of a circle as a circle: a third of the bytes."""
    found = _CIRCLE.match(attributes.get("d", ""))
    place = _MOVED.match(attributes.get("transform", ""))
    if not found or not place:
        return ""
    x, y, radius = (_short(number) for number in (place[1], place[2], found[1]))
    rest = {name: attributes[name] for name in attributes if name not in ("d", "transform")}
    return f'<circle cx="{x}" cy="{y}" r="{radius}"{_attributes(rest)}/>'


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(
        f' {name}="{escape(_shortened(name, attributes[name]))}"'
        for name in _KEPT
        if name in attributes and (name, attributes[name]) not in _DEFAULTS
    )


_DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)")}


def _shortened(name: str, value: str) -> str:
    if name in ("fill", "stroke"):
        return value
    return _LONG_NUMBER.sub(lambda found: _short(found[0]), value)


def _short(number: str) -> str:
    """Write a number of pixels with one decimal at most; finer is not seen."""
    return f"{round(float(number), 1) + 0.0:g}"  # + 0.0: no negative zero
