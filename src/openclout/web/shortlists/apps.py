"""The Django application of this folder."""

from django.apps import AppConfig


class Shortlists(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.shortlists"
    label = "shortlists"
