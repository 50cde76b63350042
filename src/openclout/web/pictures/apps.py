"""The Django application of this folder."""

from django.apps import AppConfig


class Pictures(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.pictures"
    label = "pictures"
