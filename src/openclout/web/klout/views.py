"""Klout's addresses, answered in JSON or, for scripts of old, as JSONP."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openclout.web.interface.errors import Refused, refusal
from openclout.web.interface.keys import identify
from openclout.web.interface.models import Scope
from openclout.web.klout import reader

_SAFE_NAME = re.compile(r"[A-Za-z_$][\w$]{0,63}(\.[A-Za-z_$][\w$]{0,63}){0,3}", re.ASCII)
"""A function's name, perhaps of an object's: nothing that could be a program."""
Content = Callable[..., Any]


def answered(content: Content) -> Callable[..., HttpResponse]:
    """Make a view of a function that gives the content to answer with."""

    @require_safe
    @wraps(content)
    def view(request: HttpRequest, **found: str) -> HttpResponse:
        try:
            identify(request).require(Scope.READ)
            return _written(request, orjson.dumps(content(request, **found)))
        except Refused as error:
            return refusal(error)

    return view


def _written(request: HttpRequest, text: bytes) -> HttpResponse:
    callback = request.GET.get("callback", "")
    if not callback:
        return HttpResponse(text, content_type="application/json")
    if not _SAFE_NAME.fullmatch(callback):
        raise Refused("callback is not the name of a function")
    # Letters that end a line in a script but not in JSON, and a comment against content sniffing.
    safe = text.decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return HttpResponse(f"/**/{callback}({safe});", content_type="application/javascript")


@answered
def identity_by_name(request: HttpRequest, network: str) -> Any:
    """Give the id of who has a handle: identity.json/twitter?screenName=."""
    name = request.GET.get("screenName", "")
    if not name:
        raise Refused("screenName is missing")
    return reader.identity(reader.by_name(network.lower(), name))


@answered
def identity_by_account(_request: HttpRequest, network: str, account: str) -> Any:
    """Give the id of who has an account: identity.json/tw/ID; klout and ks give it back."""
    if network in ("klout", "ks"):
        return reader.identity(reader.by_id(account))
    return reader.identity(reader.by_account(network.lower(), account))


@answered
def identity_on_network(_request: HttpRequest, klout_id: str, network: str) -> Any:
    """Give a person's account on a network: identity.json/klout/ID/tw."""
    return reader.on_network(reader.by_id(klout_id), network.lower())


@answered
def user(_request: HttpRequest, klout_id: str) -> Any:
    """Give a person: user.json/ID."""
    return reader.user(reader.find_known(klout_id))


@answered
def score(_request: HttpRequest, klout_id: str) -> Any:
    """Give a person's score: user.json/ID/score."""
    return reader.score(reader.find_known(klout_id))


@answered
def influence(_request: HttpRequest, klout_id: str) -> Any:
    """Give who moves a person, and who is moved: user.json/ID/influence."""
    return reader.influence(reader.find_known(klout_id))


@answered
def topics(_request: HttpRequest, klout_id: str) -> Any:
    """Give what a person moves others about: user.json/ID/topics."""
    return reader.topics(reader.find_known(klout_id))
