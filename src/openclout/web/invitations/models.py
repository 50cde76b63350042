"""An invitation is a link; whoever came by it is kept, how it was passed on is not."""

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """A link that `most` people may use until it expires or is revoked; `note` is the inviter's."""

    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations"
    )
    token = models.CharField(max_length=43, unique=True)
    note = models.CharField(max_length=80, blank=True)
    most = models.PositiveSmallIntegerField()
    created = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)


class Accepted(models.Model):
    """Who came by which invitation; a member comes once."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="accepted")
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invited_by"
    )
    created = models.DateTimeField()
