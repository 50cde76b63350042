"""Forms of the desk: what a command line could not use is said before it is run."""

from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openclout.connectors import CONNECTORS
from openclout.errors import OpenCloutError
from openclout.vocabulary.period import read_window
from openclout.web.desk.models import Run, Source, Switches, model_names

_TABLES = ("interactions", "posts", "accounts")


class _Timed(forms.ModelForm):  # type: ignore[type-arg]
    """A form with a model and a window."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the models that there are."""
        super().__init__(*args, **named)
        if "model" in self.fields:
            names = model_names()
            current = [("", f"{names[0]} (current)")]
            choices = [*current, *((name, name) for name in names[1:])]
            self.fields["model"] = forms.ChoiceField(
                label=_("model"), choices=choices, required=False
            )

    def clean_window(self) -> str:
        """Refuse a window that the command line would not read."""
        text = str(self.cleaned_data["window"])
        try:
            read_window(text)
        except OpenCloutError as error:
            raise forms.ValidationError(str(error)) from None
        return text


class RunForm(_Timed):
    """A run to be queued."""

    class Meta:
        """What is decided before."""

        model = Run
        fields = ("imports", "model", "window")


class SwitchesForm(_Timed):
    """The switches."""

    class Meta:
        """All of them."""

        model = Switches
        fields = ("model", "window", "hour")


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source, which must be there."""

    format = forms.ChoiceField(
        label=_("format"), required=False,
        choices=[("", _("found by looking")), *((name, name) for name in
                 (*(connector.name for connector in CONNECTORS), *_TABLES))],
    )  # fmt: skip

    class Meta:
        """All of it."""

        model = Source
        fields = ("path", "format", "network", "columns", "enabled")

    def clean_path(self) -> str:
        """Refuse a path at which nothing is."""
        text = str(self.cleaned_data["path"])
        if not Path(text).is_absolute() or not Path(text).exists():
            raise forms.ValidationError(_("Give the whole path of a file or folder that is there."))
        return text
