"""The Django application of this folder."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.webhooks"
    label = "webhooks"
