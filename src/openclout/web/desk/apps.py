"""The Django application of this folder."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Desk(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.desk"
    label = "desk"
    verbose_name = _("Runs and sources")

    def ready(self) -> None:
        """Put the pages on the desk; Django's own search for them is for another site of its."""
        from openclout.web.desk import admin  # noqa: F401
