"""A +K: one member says that another is somebody to listen to about a topic."""

from django.conf import settings
from django.db import models

from openclout.web.claims.models import Claim


class Endorsement(models.Model):
    """Who gave whom a +K for what; `week` is the Monday of the week in which it counts as one.

    `claim` is the account that is endorsed: with the claim the +K goes. One that its giver undoes
    is deleted; `removed` is when the operator took it back, which cannot be given again that week.
    """

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="given")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="received")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="endorsements")
    topic = models.CharField(max_length=60)
    week = models.DateField()
    created = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One a week for a person and topic."""

        constraints = (
            models.UniqueConstraint(
                fields=("giver", "receiver", "topic", "week"), name="one_endorsement_a_week"
            ),
        )
        indexes = (models.Index(fields=("giver", "created")),)

    def __str__(self) -> str:
        """Name it as lists do."""
        return f"+K {self.topic}"
