"""The Django application of this folder."""

from django.apps import AppConfig


class Perks(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.perks"
    label = "perks"
