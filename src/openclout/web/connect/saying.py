"""What is said after a claim, on the next page."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from openclout.web.claims.models import Claim


def said_claimed(request: HttpRequest, claims: Iterable[Claim]) -> None:
    """Say that accounts are claimed, and where their page is."""
    for found in claims:
        messages.success(
            request,
            _("Proved: the account on %(network)s is yours. Its page is /@%(slug)s.")
            % {"network": found.network, "slug": found.slug},
        )


def said_problem(request: HttpRequest, sentence: str) -> None:
    """Say why not."""
    messages.error(request, sentence)
