"""What a Mastodon server gave us when we registered with it; a member's page of proof."""

import secrets

from django.conf import settings
from django.db import models


def _fresh_code() -> str:
    return secrets.token_hex(10)


class Instance(models.Model):
    """A server of the fediverse at which this site is registered as an application."""

    host = models.CharField(max_length=255, unique=True)
    client_id = models.CharField(max_length=255)
    client_secret = models.CharField(max_length=255)
    created = models.DateTimeField(auto_now_add=True)


class ProofPage(models.Model):
    """A page that links with rel=me to the websites a member names, which link back to it.

    Its address is told by the member alone; it does not say whose it is.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="proof_page"
    )
    code = models.CharField(max_length=40, unique=True, default=_fresh_code)
    links = models.JSONField(default=list)
