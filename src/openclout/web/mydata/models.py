"""What people say about data that are wrong, and what the operator answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is wrong."""

    NOT_ME = "not-me", _("This is not me")
    WRONG = "wrong", _("Something is wrong")
    MINE = "mine", _("Somebody else has claimed my account")
    MINOR = "minor", _("This is somebody under 18")
    LEAVE = "leave", _("I want to be left out and cannot prove it here")


class Dispute(models.Model):
    """A request to the operator (GDPR Art. 16); `contact` is where a visitor wants the answer."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="disputes"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    network = models.CharField(max_length=64, blank=True)
    account = models.CharField(max_length=512, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    contact = models.EmailField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
