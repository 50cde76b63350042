"""The Django application of this folder."""

from django.apps import AppConfig


class Invitations(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.invitations"
    label = "invitations"
