"""A claimed person's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.profile.reader import find_profile


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a claimed person's page; 404 for everybody else, known or not."""
    return render(request, "profile/profile.html", {"profile": find_profile(slug, request.user)})
