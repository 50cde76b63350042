"""The Django application of this folder."""

from django.apps import AppConfig


class Published(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.published"
    label = "published"
