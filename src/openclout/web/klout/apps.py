"""The Django application of this folder."""

from django.apps import AppConfig


class Klout(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.klout"
    label = "klout"
