"""What everybody says who signs up."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def _terms() -> SafeString:
    """Give the link to the terms, to read them first."""
    return format_html('<a href="{}">{}</a>', reverse("terms"), gettext("Read the terms"))


class Consent(forms.Form):
    """Of age, and agreed: asked of those who come by e-mail and by a network alike."""

    adult = forms.BooleanField(label=_("I am 18 or older"))
    agreed = forms.BooleanField(
        label=_("I agree to the terms"), help_text=lazy(_terms, SafeString)()
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Nothing of it is kept: without it there is no account."""
