"""The Django application of this folder."""

from django.apps import AppConfig


class Members(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.members"
    label = "members"
