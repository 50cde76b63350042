"""The notes, one page each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, why, for how long, and one's rights (GDPR Art. 13, 14)."""
    return render(request, "notes/privacy.html")


@require_safe
def automation(request: HttpRequest) -> HttpResponse:
    """What the score is under the AI Act and Art. 22 GDPR, and for what it may not be used."""
    return render(request, "notes/automation.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms."""
    return render(request, "notes/terms.html")
