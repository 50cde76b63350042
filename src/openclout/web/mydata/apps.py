"""The Django application of this folder."""

from django.apps import AppConfig


class MyData(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.mydata"
    label = "mydata"
