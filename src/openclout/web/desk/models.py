"""What the operator sets going: sources, runs, and switches for runs that start by themselves."""

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a run has come."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    STOPPING = "stopping", _("being stopped")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


OPEN = (State.QUEUED, State.RUNNING, State.STOPPING)
"""The states from which a run still goes on."""


class Source(models.Model):
    """A file or folder of this machine that runs import, and how it is to be read."""

    path = models.CharField(_("path"), max_length=500, unique=True)
    format = models.CharField(_("format"), max_length=40, blank=True)
    network = models.CharField(_("network"), max_length=64, blank=True)
    columns = models.CharField(_("columns"), max_length=300, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)

    class Meta:
        """Named as the desk shows it."""

        verbose_name, verbose_name_plural = _("source"), _("sources")

    def __str__(self) -> str:
        """Name it by its path."""
        return self.path


class Run(models.Model):
    """One run of the pipeline, started as a command line in a process of its own.

    `imports` tells whether the sources are read first; +K always are. `beat` is when the worker was
    last seen at it. `log` is what the command line said; who started it is null for the schedule.
    """

    imports = models.BooleanField(_("import the sources first"), default=True)
    model = models.CharField(_("model"), max_length=80, blank=True)
    window = models.CharField(_("window"), max_length=16, default="90d")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by")
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    beat = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    log = models.TextField(_("log"), blank=True)

    class Meta:
        """Named as the desk shows it."""

        verbose_name, verbose_name_plural = _("run"), _("runs")

    def __str__(self) -> str:
        """Name it by its number."""
        return f"#{self.pk}"


class Switches(models.Model):
    """One row: the model and window of runs that start by themselves, and when they do, UTC."""

    model = models.CharField(_("model"), max_length=80, blank=True)
    window = models.CharField(_("window"), max_length=16, default="90d")
    hour = models.PositiveSmallIntegerField(
        _("run every day from this hour on, UTC; empty: never"),
        null=True, blank=True, validators=[MaxValueValidator(23)],
    )  # fmt: skip

    class Meta:
        """Named as the desk shows it."""

        verbose_name = verbose_name_plural = _("switches")

    def __str__(self) -> str:
        """Name it."""
        return str(_("switches"))


class AuditEntry(LogEntry):
    """What an operator did, as Django's admin writes it down."""

    class Meta:
        """The same table."""

        proxy = True
        verbose_name = verbose_name_plural = _("audit log")


def model_names() -> list[str]:
    """Give the models that can be run, the newest first."""
    from importlib.resources import files

    from openclout.scoring.model import load_model

    old = (files("openclout.scoring") / "old").iterdir()
    names = [entry.name.removesuffix(".toml") for entry in old if entry.name.endswith(".toml")]
    return [load_model().name, *sorted(names, reverse=True)]
