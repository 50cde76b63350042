"""Choosing how pages look; answering for those that are not there."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from openclout.web.frame.context import THEME_COOKIE, THEMES

_YEAR = 365 * 86400


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep whether pages are light or dark, or as the device is set; back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", httponly=True,
                            secure=request.is_secure())  # fmt: skip
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


def robots(_request: HttpRequest) -> HttpResponse:
    """Keep search engines out: a page is public because its person wanted it shown here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    return render(request, "404.html", status=404)
