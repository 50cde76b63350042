"""The Django application of this folder."""

from django.apps import AppConfig


class Claims(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.claims"
    label = "claims"
