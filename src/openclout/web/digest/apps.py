"""The Django application of this folder."""

from django.apps import AppConfig


class Digest(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.digest"
    label = "digest"
