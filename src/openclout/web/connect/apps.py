"""The Django application of this folder."""

from django.apps import AppConfig


class Connect(AppConfig):
    """Registers the folder under its own name; hears of accounts that allauth connected."""

    name = "openclout.web.connect"
    label = "connect"

    def ready(self) -> None:
        """Ask allauth to tell."""
        from allauth.account.signals import user_signed_up
        from allauth.socialaccount.signals import social_account_added

        from openclout.web.connect import providers

        social_account_added.connect(providers.added, dispatch_uid="connect")
        user_signed_up.connect(providers.signed_up, dispatch_uid="connect")
