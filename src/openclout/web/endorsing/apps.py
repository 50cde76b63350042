"""The Django application of this folder."""

from django.apps import AppConfig


class Endorsing(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.endorsing"
    label = "endorsing"
