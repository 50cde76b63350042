"""The Django application of this folder."""

from django.apps import AppConfig


class Topics(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.topics"
    label = "topics"
