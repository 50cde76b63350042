"""Pages of shortlists, and what leaves them: CSV, and a sheet to print."""

import csv
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openclout.web.claims.models import Claim, Visibility
from openclout.web.members.models import Member
from openclout.web.members.roles import for_organisers
from openclout.web.published.state import current_publication
from openclout.web.shortlists import reader
from openclout.web.shortlists.models import Entry, Shortlist

_COLUMNS = (
    "id", "name", "score", "low", "high", "provisional", "percentile", "people_moved", "note",
    "posts",
)  # fmt: skip


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def shortlists(request: HttpRequest) -> HttpResponse:
    """Show an organiser's lists; begin one."""
    organiser = cast(Member, request.user)
    if request.method == "POST":
        name, purpose = (request.POST.get(key, "").strip() for key in ("name", "purpose"))
        if not name or not purpose:
            messages.error(request, _("Give the list a name and say what it is for."))
            return redirect("shortlists")
        made = Shortlist.objects.create(organiser=organiser, name=name[:80], purpose=purpose[:300])
        return redirect("shortlist", made.pk)
    return render(request, "shortlists/shortlists.html", {"rows": reader.lists_of(organiser)})


@for_organisers
@require_safe
def shortlist(request: HttpRequest, number: int) -> HttpResponse:
    """Show a list: notes and posts beside each number."""
    sheet = reader.read_sheet(cast(Member, request.user), number)
    return render(request, "shortlists/shortlist.html", {"sheet": sheet})


@for_organisers
@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Put somebody on a list, by the address of the page."""
    found = _own(request, number)
    slug = request.POST.get("who", "").strip().rpartition("@")[2].lower()
    claim = Claim.objects.filter(slug=slug, visibility=Visibility.PUBLIC).first()
    if claim is None:
        messages.error(request, _("Nobody who is shown here has this address."))
    elif found.entries.count() >= reader.MOST:
        messages.error(request, _("The list is full: who is to read it?"))
    else:
        Entry.objects.get_or_create(shortlist=found, claim=claim)
    return redirect("shortlist", number)


@for_organisers
@require_POST
def note(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Keep a note, or take somebody off the list."""
    row = get_object_or_404(Entry, pk=entry, shortlist=_own(request, number))
    if "remove" in request.POST:
        row.delete()
    else:
        row.note = request.POST.get("note", "")[:2000]
        row.save(update_fields=("note",))
    return redirect("shortlist", number)


@for_organisers
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a list with its notes."""
    _own(request, number).delete()
    return redirect("shortlists")


def _own(request: HttpRequest, number: int) -> Shortlist:
    found = Shortlist.objects.filter(pk=number, organiser=cast(Member, request.user)).first()
    if found is None:
        raise Http404
    return found


@for_organisers
@require_safe
def as_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give a list as CSV."""
    sheet = reader.read_sheet(cast(Member, request.user), number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="shortlist-{number}.csv"'
    writer = csv.writer(response)
    writer.writerow(_COLUMNS)
    for row in sheet.rows:
        if row.person is not None:
            writer.writerow([_plain(cell) for cell in _cells(row)])
    return response


def _cells(row: reader.Row) -> tuple[object, ...]:
    person = row.person
    assert person is not None  # noqa: S101 - rows without one are passed over
    tenths = [
        None if value is None else f"{value:.1f}"
        for value in (person.score, person.low, person.high)
    ]
    percentile = None if person.percentile is None else f"{person.percentile:.1f}"
    posts = " | ".join(post.url or post.text or post.post for post in row.posts)
    return (row.slug, person.label, *tenths, "yes" if person.provisional else "", percentile,
            round(person.engagers or 0), row.entry.note, posts)  # fmt: skip


def _plain(cell: object) -> object:
    """Keep a spreadsheet from taking a text for a formula (OWASP, CSV injection)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@for_organisers
@require_safe
def as_page(request: HttpRequest, number: int) -> HttpResponse:
    """Give a list as a sheet to print or keep: no menus, no forms."""
    sheet = reader.read_sheet(cast(Member, request.user), number)
    content = {"sheet": sheet, "current": current_publication()}
    return render(request, "shortlists/sheet.html", content)
