"""The Django application of this folder."""

from django.apps import AppConfig


class Compare(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.compare"
    label = "compare"
