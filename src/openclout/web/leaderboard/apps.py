"""The Django application of this folder."""

from django.apps import AppConfig


class Leaderboard(AppConfig):
    """Registers the folder under its own name."""

    name = "openclout.web.leaderboard"
    label = "leaderboard"
