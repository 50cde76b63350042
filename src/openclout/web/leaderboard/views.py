"""Leaderboards as pages and as CSV."""

import csv
import io
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openclout.web.interface.errors import Refused
from openclout.web.leaderboard import reader

MOST_ROWS = 100_000  # of a CSV file
_COLUMNS = (
    "place", "id", "name", "network", "score", "low", "high", "people_moved", "percentile",
    "cohort",
)  # fmt: skip


@require_safe
def leaderboard(request: HttpRequest, network: str = "") -> HttpResponse:
    """Show a page of a leaderboard."""
    try:
        board = reader.read_board(network, request.GET.get("after", ""))
    except Refused as error:
        raise Http404(str(error)) from None
    content = {"board": board, "networks": reader.networks()}
    return render(request, "leaderboard/leaderboard.html", content)


@require_safe
def friends(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody among friends."""
    board = reader.read_friends_board(slug)
    return render(request, "leaderboard/friends.html", {"board": board, "slug": slug})


@require_safe
def as_csv(_request: HttpRequest, network: str = "") -> StreamingHttpResponse:
    """Give a leaderboard as CSV, line by line."""
    response = StreamingHttpResponse(_lines(network), content_type="text/csv; charset=utf-8")
    name = f"leaderboard{'-' + network if network.isalnum() else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(network: str) -> Iterator[str]:
    yield ",".join(_COLUMNS) + "\r\n"
    for place, row in reader.read_all(network, MOST_ROWS):
        line = io.StringIO()
        score, low, high, percentile = (
            "" if value is None else f"{value:.1f}"
            for value in (row.score, row.low, row.high, row.percentile)
        )
        on = row.network if row.level == "account" else ""
        csv.writer(line).writerow(
            (place, row.slug, _plain(row.label), on, score, low, high, round(row.engagers or 0),
             percentile, row.cohort or "")
        )  # fmt: skip
        yield line.getvalue()


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
