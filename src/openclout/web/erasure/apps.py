"""The Django application of this folder."""

from django.apps import AppConfig


class Erasure(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.erasure"
    label = "erasure"
