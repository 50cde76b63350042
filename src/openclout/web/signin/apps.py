"""The Django application of this folder."""

from django.apps import AppConfig


class Signin(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.signin"
    label = "signin"
