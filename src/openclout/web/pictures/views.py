"""Pictures of claimed profiles; a caller that has one already is told so before it is drawn."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from openclout.web.pictures import drawing
from openclout.web.pictures.reader import find_subject
from openclout.web.published.models import Person

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # of the drawing itself, which is no page
Draw = Callable[[Person], str | bytes]


def _picture(request: HttpRequest, slug: str, kind: str, draw: Draw) -> HttpResponse:
    subject = find_subject(slug, kind)
    if subject is None:  # the same for all who have no page: an image shows even so
        return _safe(HttpResponse(drawing.draw_badge(None), status=404, content_type=_SVG))
    known = get_conditional_response(request, subject.tag)
    if known is not None:
        known["ETag"] = subject.tag
        return known
    form = "image/png" if kind == "wide" else _SVG
    response = HttpResponse(draw(subject.row), content_type=form)
    response["ETag"] = subject.tag
    response["Cache-Control"] = "public, max-age=300"
    return _safe(response)


_SVG = "image/svg+xml"


def _safe(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the badge."""
    return _picture(request, slug, "badge", drawing.draw_badge)


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the card to embed."""
    return _picture(request, slug, "card", drawing.draw_card)


@require_safe
def wide(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the OpenGraph image."""
    return _picture(request, slug, "wide", drawing.draw_wide)
