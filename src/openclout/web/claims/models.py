"""The claim of an account, and who may see the page that it opens."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a claimed page."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members")
    MYSELF = "me", _("only me")


class Claim(models.Model):
    """An account on a network, proved to be a member's own; `slug` is its page's address.

    `network` and `account` name it as the snapshot does: ids, not handles, which can be renamed.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    network = models.CharField(max_length=64)
    account = models.CharField(max_length=512)
    slug = models.CharField(max_length=64, unique=True)
    visibility = models.CharField(
        max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    proof = models.CharField(max_length=512, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        """One account is one member's."""

        constraints = (
            models.UniqueConstraint(fields=("network", "account"), name="one_claim_an_account"),
        )
