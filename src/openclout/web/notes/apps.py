"""The Django application of this folder."""

from django.apps import AppConfig


class Notes(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.notes"
    label = "notes"
