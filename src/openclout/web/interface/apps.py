"""The Django application of this folder."""

from django.apps import AppConfig


class Interface(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.interface"
    label = "interface"
