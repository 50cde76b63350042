"""A perk, its codes, and who claimed it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_POINTS = (MinValueValidator(0), MaxValueValidator(100))


class State(models.TextChoices):
    """How far an offer has come; only approved ones are shown."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for the operator")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    CLOSED = "closed", _("closed")


class Perk(models.Model):
    """An offer to people with a place in one topic; there is none without a topic.

    `regions` are two-letter codes of countries apart by spaces, empty for everywhere. Where the
    organiser gave codes of their own each claim takes one of them, else one is made.
    """

    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="perks")
    title = models.CharField(_("Title"), max_length=80)
    text = models.TextField(_("What is offered, and what for"), max_length=2000)
    topic = models.CharField(_("Topic"), max_length=60)
    minimum_score = models.FloatField(
        _("Score in the topic, at least"), null=True, blank=True, validators=_POINTS
    )
    minimum_percentile = models.FloatField(
        _("Percentile in the topic, at least"), null=True, blank=True, validators=_POINTS
    )
    regions = models.CharField(_("Countries"), max_length=200, blank=True)
    quota = models.PositiveIntegerField(_("How many people"), validators=[MinValueValidator(1)])
    starts = models.DateTimeField(_("From"))
    ends = models.DateTimeField(_("Until"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What lists look for."""

        indexes = (models.Index(fields=("state", "ends")),)

    def __str__(self) -> str:
        """Name it as lists do."""
        return self.title


class Claimed(models.Model):
    """That a member claimed a perk, once for all; `withdrawn` gives the place to somebody else."""

    perk = models.ForeignKey(Perk, models.CASCADE, related_name="claims")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claimed")
    code = models.CharField(max_length=64)
    created = models.DateTimeField()
    redeemed = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A member once, a code once."""

        constraints = (
            models.UniqueConstraint(fields=("perk", "member"), name="one_claim_a_member"),
            models.UniqueConstraint(fields=("perk", "code"), name="one_claim_a_code"),
        )

    def __str__(self) -> str:
        """Name it as lists do."""
        return f"{self.perk_id}: {self.code}"


class Code(models.Model):
    """A code that the organiser gave; `taken` by a claim it is nobody else's."""

    perk = models.ForeignKey(Perk, models.CASCADE, related_name="codes")
    text = models.CharField(max_length=64)
    taken = models.BooleanField(default=False)

    class Meta:
        """A code once."""

        constraints = (models.UniqueConstraint(fields=("perk", "text"), name="one_code_a_perk"),)


class Whereabouts(models.Model):
    """In which country a member says to be: asked for by perks only, changed at will."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="whereabouts"
    )
    region = models.CharField(max_length=2)
