"""The Django application of this folder."""

from django.apps import AppConfig


class Home(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.home"
    label = "home"
