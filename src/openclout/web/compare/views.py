"""The page that compares."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.compare.reader import MOST, compare


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show people side by side: ?people=ann,bob or ?people=ann&people=bob."""
    asked = [slug for part in request.GET.getlist("people") for slug in part.split(",")]
    found = compare(asked)
    fields = [*[slug for slug in asked if slug.strip()][:MOST], "", ""][
        : max(2, min(len(asked) + 1, MOST))
    ]
    return render(request, "compare/compare.html", {"found": found, "fields": fields})
