"""The first page and its search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from openclout.web.home import reader
from openclout.web.published.state import current_publication

_TOPICS = 18  # of those with most people


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is, who leads, and a search."""
    risen, fallen = reader.movers()
    current = current_publication()
    content = {
        "current": current,
        "topics": list(current.topics.values())[:_TOPICS] if current else [],
        "leaders": reader.leaders(),
        "risen": risen,
        "fallen": fallen,
    }
    return render(request, "home/home.html", content)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find people: one found opens their page; htmx gets suggestions only."""
    asked = request.GET.get("q", "")
    found = reader.search(asked, 50)
    if request.headers.get("HX-Request"):
        return render(request, "home/suggestions.html", {"found": found[: reader.MOST]})
    if len(found) == 1:
        return redirect("profile", found[0].slug)
    return render(request, "home/search.html", {"asked": asked, "found": found})
