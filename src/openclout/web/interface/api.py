"""The interface of version 1, to which every feature adds its part (api.py of its folder)."""

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer

from openclout.web.interface.errors import Refused, problem, refusal
from openclout.web.interface.keys import Caller, identify
from openclout.web.interface.models import Scope

ABOUT = """Read scores of people who claimed their page; nobody else is given out.
A key stands in "Authorization: Bearer" or "X-API-Key"; without one an address may read slowly.
Errors are RFC 9457 problems. Lists are paged: "next" of an answer is "after" of the next request.
Every answer has an ETag: send it back as "If-None-Match".
Scores may not be used to decide on hiring, pricing, credit or insurance."""


class Fast(BaseRenderer):
    """JSON by orjson."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """Write the answer."""
        return orjson.dumps(data, default=str)


def reader(request: HttpRequest) -> Caller:
    """Let in who may read."""
    caller = identify(request)
    caller.require(Scope.READ)
    return caller


def bulk_reader(request: HttpRequest) -> Caller:
    """Let in who may ask for very much at once."""
    caller = identify(request)
    caller.require(Scope.BULK)
    return caller


def make_api() -> NinjaAPI:
    """Make the interface, without any feature's part yet."""
    api = NinjaAPI(
        title="OpenClout", version="1", description=ABOUT, urls_namespace="v1",
        docs_url=None, openapi_url="openapi.json", renderer=Fast(), auth=reader,
    )  # fmt: skip

    @api.exception_handler(Refused)
    def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
        return refusal(error)

    @api.exception_handler(Http404)
    def missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return problem(404, "there is no such thing here, or it is not for everybody")

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0] if error.errors else {}
        place = ".".join(str(part) for part in first.get("loc", ())[-1:])
        return problem(422, f"{place}: {first.get('msg', 'cannot be used')}".strip(": "))

    return api
