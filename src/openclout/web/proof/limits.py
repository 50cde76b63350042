"""Slowing down: what fetches a stranger's address may be asked so often an hour, and no more."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def slow_down(view: View[P]) -> View[P]:
    """Answer 429 once somebody tried too often."""

    @wraps(view)
    def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        action = "fetch" if request.user.is_authenticated else "fetch_visitor"
        refused = ratelimit.consume_or_429(request, action=action)
        return refused or view(request, *args, **kwargs)

    return limited
