"""Headers that keep pages safe and out of search engines."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Reply = Callable[[HttpRequest], HttpResponse]
POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
"""No script and no style but from our own files; nothing from elsewhere."""


class Headers:
    """Middleware: the content policy, no indexing, no sniffing, no powers of the browser's."""

    def __init__(self, reply: Reply) -> None:
        """`reply` answers the request."""
        self.reply = reply

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers that the answer does not set itself."""
        response = self.reply(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("X-Frame-Options", "DENY")
        return response
