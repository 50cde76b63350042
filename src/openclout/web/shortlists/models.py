"""A shortlist: whom an organiser thinks of, and why, in the organiser's own words."""

from django.conf import settings
from django.db import models

from openclout.web.claims.models import Claim


class Shortlist(models.Model):
    """A list with a purpose, of one organiser."""

    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shortlists"
    )
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name it as lists do."""
        return self.name


class Entry(models.Model):
    """Somebody on a list with a note; with the claim of the page it goes from all lists."""

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="entries")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="shortlisted")
    note = models.TextField(max_length=2000, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Nobody twice."""

        constraints = (
            models.UniqueConstraint(fields=("shortlist", "claim"), name="once_a_shortlist"),
        )
