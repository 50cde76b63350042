"""The Django application of this folder."""

from django.apps import AppConfig


class Bulk(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.bulk"
    label = "bulk"
