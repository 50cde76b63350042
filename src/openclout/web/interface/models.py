"""Keys to the interface, and how much was asked with them."""

from django.conf import settings
from django.db import models


class Scope(models.TextChoices):
    """What a key may do."""

    READ = "read", "read people, topics and leaderboards"
    BULK = "bulk", "look up a thousand at once, and export"
    HOOKS = "hooks", "keep webhooks"


class ApiKey(models.Model):
    """A key: only its digest is kept. `per_day` is how many requests it is good for a day.

    `scopes` are words of Scope apart by spaces.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="keys"
    )
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=80, default=Scope.READ)
    per_day = models.PositiveIntegerField(default=20_000)
    created = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True, blank=True)


class Usage(models.Model):
    """How many requests were made with a key on a day, UTC."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a key and day."""

        constraints = (models.UniqueConstraint(fields=("key", "day"), name="one_usage_a_day"),)
