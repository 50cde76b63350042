"""What the interface says when it cannot answer: RFC 9457 problems, all of one shape.

{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "a sentence"}
"""

from http import HTTPStatus

import orjson
from django.http import HttpResponse


class Refused(Exception):
    """A request that is answered with a problem; its text is the detail."""

    status = HTTPStatus.BAD_REQUEST


class Unauthorized(Refused):
    """The key is wrong."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Refused):
    """The key may not do this."""

    status = HTTPStatus.FORBIDDEN


class Missing(Refused):
    """What was asked for is not there, or not for everybody."""

    status = HTTPStatus.NOT_FOUND


class TooMany(Refused):
    """A quota is used up; `seconds` until it is not."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        """`seconds` are told as Retry-After."""
        self.seconds = seconds
        super().__init__(f"the quota is used up; try again in {seconds} seconds")


def problem(status: int, detail: str) -> HttpResponse:
    """Write a problem."""
    title = HTTPStatus(status).phrase
    content = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    return HttpResponse(
        orjson.dumps(content), status=status, content_type="application/problem+json"
    )


def refusal(error: Refused) -> HttpResponse:
    """Write the answer to a refused request."""
    response = problem(error.status, str(error))
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.seconds)
    if isinstance(error, Unauthorized):
        response["WWW-Authenticate"] = "Bearer"
    return response
