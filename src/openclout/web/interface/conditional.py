"""Conditional requests: what has not changed is not sent again (RFC 9110, 13)."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

Reply = Callable[[HttpRequest], HttpResponseBase]
PATHS = ("/api/", "/v2/", "/picture/")


class Conditional:
    """Middleware: a tag of the content for each answer of the interface, and 304 where it fits."""

    def __init__(self, reply: Reply) -> None:
        """`reply` answers the request."""
        self.reply = reply

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that the caller has it already."""
        response = self.reply(request)
        if request.path.startswith(PATHS):  # what is public may be read by any page's script
            response.setdefault("Access-Control-Allow-Origin", "*")
        if not request.path.startswith(PATHS) or request.method not in ("GET", "HEAD"):
            return response
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        response.setdefault(
            "ETag", f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        )
        response.setdefault("Cache-Control", "no-cache")  # a page may be hidden at any moment
        if not request.path.startswith("/picture/"):
            patch_vary_headers(response, ("Authorization", "X-API-Key"))
        return get_conditional_response(request, response["ETag"], None, response) or response
