"""Who wants the digest. No row, no mail."""

from django.conf import settings
from django.db import models


class Subscription(models.Model):
    """A member's wish for the digest, and when the last one went out."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest")
    created = models.DateTimeField(auto_now_add=True)
    sent = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, default="en")
