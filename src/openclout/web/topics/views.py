"""Pages of topics."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.interface.errors import Refused
from openclout.web.topics import reader


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Show the topics that people move others about."""
    asked = request.GET.get("q", "")
    found = reader.known_topics(asked)
    return render(request, "topics/topics.html", {"asked": asked, "found": found})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Show a topic: who moves most people about it, with which posts."""
    try:
        page = reader.read_topic(topic, request.GET.get("after", ""))
    except Refused as error:
        raise Http404(str(error)) from None
    spread = page.board.topic.spread
    most = max(spread, default=0) or 1
    bars = [(place * 10, people, 60 * people / most) for place, people in enumerate(spread)]
    return render(request, "topics/topic.html", {"page": page, "bars": bars})
