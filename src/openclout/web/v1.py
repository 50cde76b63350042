"""The interface of version 1, put together of what the features give, and its page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.bulk.api import router as bulk
from openclout.web.compare.api import router as compare
from openclout.web.endorsing.api import router as endorsing
from openclout.web.home.api import router as home
from openclout.web.interface.api import ABOUT, make_api
from openclout.web.invitations.api import router as invitations
from openclout.web.leaderboard.api import router as leaderboard
from openclout.web.moments.api import router as moments
from openclout.web.profile.api import router as profile
from openclout.web.topics.api import router as topics
from openclout.web.webhooks.api import router as webhooks

api = make_api()
for router in (
    home, profile, topics, moments, leaderboard, compare, bulk, endorsing, invitations, webhooks,
):  # fmt: skip
    api.add_router("", router)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show what can be asked, made from the OpenAPI description, without a script."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            tag = (said.get("tags") or ["other"])[0]
            parameters = said.get("parameters", [])
            known = {"method": method.upper(), "path": path, "parameters": parameters}
            groups.setdefault(tag, []).append({**said, **known})
    return render(
        request, "interface/documentation.html", {"groups": groups, "about": ABOUT.split("\n")}
    )
