"""Leaderboards as pages and as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.errors import InputError
from openclout.web.leaderboard import reader


@require_safe
def leaderboard(request: HttpRequest, network: str = "") -> HttpResponse:
    """Show a page of a leaderboard."""
    try:
        board = reader.read_board(network, request.GET.get("after", ""))
    except InputError as error:
        raise Http404(str(error)) from None
    content = {"board": board, "networks": reader.networks()}
    return render(request, "leaderboard/leaderboard.html", content)
