"""The Django application of this folder."""

from django.apps import AppConfig


class Profile(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.profile"
    label = "profile"
