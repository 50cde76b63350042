"""A webhook, and what is to be delivered to it."""

from django.conf import settings
from django.db import models

from openclout.web.claims.models import Claim


class Webhook(models.Model):
    """Where a program wants to be told of new scores.

    `watched` are the pages it is told of beside the member's own: with a claim they go from here.
    `secret` signs what is sent, so it is kept as it is. `failed` are deliveries in a row that were
    given up; `stopped` is when the site, or who was called, had enough.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    watched = models.ManyToManyField(Claim, related_name="+", blank=True)
    secret = models.CharField(max_length=64)
    created = models.DateTimeField()
    failed = models.PositiveIntegerField(default=0)
    stopped = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name it as lists do."""
        return self.url


class Delivery(models.Model):
    """One message: `due` is when it is tried next, null when it was delivered or given up.

    What it says is not kept: it is made when it is sent, of what everybody may see then.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32)
    mark = models.CharField(max_length=120)
    created = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(null=True, blank=True, db_index=True)
    delivered = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=120, blank=True)

    class Meta:
        """A message is made once, whoever makes it."""

        constraints = (
            models.UniqueConstraint(fields=("webhook", "event", "mark"), name="one_message"),
        )
