"""The Django application of this folder."""

from django.apps import AppConfig


class Moments(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.moments"
    label = "moments"
