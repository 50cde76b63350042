"""The page of moments."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.interface.errors import Refused
from openclout.web.moments.reader import read_moments


@require_safe
def moments(request: HttpRequest) -> HttpResponse:
    """Show the posts that moved most people."""
    try:
        found = read_moments(request.GET.get("after", ""))
    except Refused as error:
        raise Http404(str(error)) from None
    return render(request, "moments/moments.html", {"moments": found})
