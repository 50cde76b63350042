"""The Django application of this folder."""

from django.apps import AppConfig


class Frame(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.frame"
    label = "frame"
