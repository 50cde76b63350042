"""Who left and when, by a mark of the ledger's: never by a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why somebody is left out."""

    ERASE = "erase", _("erased (Art. 17)")
    OBJECT = "object", _("objected (Art. 21)")
    OUTSIDE = "outside", _("opted out without an account")
    MINOR = "minor", _("not of age")
    OPERATOR = "operator", _("by the operator")


class Departure(models.Model):
    """One account left out: the ledger's mark, and when the data folder was written anew.

    `finished` is null until then; `tries` counts attempts that found the folder in use.
    """

    mark = models.CharField(max_length=16)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    added = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
