"""Drawing the pictures: SVG as text, PNG of it by the renderer that the report has too."""

from django.template.loader import render_to_string

from openclout.web.published.models import Person

_WIDE, _CARD = (1200, 630), (420, 150)


def draw_badge(row: Person | None) -> str:
    """Draw the badge: the score of a member, or an invitation."""
    score = "invite" if row is None else "–" if row.score is None else _score(row)
    width = 92 + 8 * len(score) + 16
    content = {"score": score, "width": width, "middle": 92 + (width - 92) / 2, "member": row}
    return render_to_string("pictures/badge.svg", content)


def draw_card(row: Person) -> str:
    """Draw the card, light or dark as the device is."""
    return render_to_string("pictures/card.svg", _content(row, *_CARD))


def draw_wide(row: Person) -> bytes:
    """Draw the OpenGraph image, 1200 x 630, as PNG."""
    import vl_convert

    text = render_to_string("pictures/wide.svg", _content(row, *_WIDE))
    return bytes(vl_convert.svg_to_png(text))


def _content(row: Person, width: int, height: int) -> dict[str, object]:
    scale = (width - 2 * width // 16) / 100
    left = width // 16
    places = {
        name: None if value is None else left + scale * value
        for name, value in (("x", row.score), ("low", row.low), ("high", row.high))
    }
    return {"row": row, "score": _score(row), "left": left, "right": width - left, "width": width,
            "height": height, "name": row.label[:28], **places}  # fmt: skip


def _score(row: Person) -> str:
    if row.score is None:
        return "–"
    return f"{row.score:.0f}{'?' if row.provisional else ''}"
