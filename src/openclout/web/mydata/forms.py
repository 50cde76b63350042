"""What people fill in on My data and on the page to leave."""

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openclout.web.mydata.models import Dispute, Kind
from openclout.web.proof.profile import NAMES

OTHER = "other"
if TYPE_CHECKING:
    _DisputeFields = forms.ModelForm[Dispute]
else:  # Django's own class takes no parameter
    _DisputeFields = forms.ModelForm


class DisputeForm(_DisputeFields):
    """A request of a member's."""

    class Meta:
        """Which fields."""

        model = Dispute
        fields = ("kind", "network", "account", "text")
        labels: ClassVar = {
            "kind": _("What is it?"),
            "network": _("Network"),
            "account": _("Account"),
            "text": _("Tell us more"),
        }
        widgets: ClassVar = {"text": forms.Textarea({"rows": 4})}


class LeaveForm(forms.Form):
    """Which account is to be left out."""

    network = forms.ChoiceField(
        label=_("Network"), choices=[*NAMES.items(), (OTHER, _("another network"))]
    )
    name = forms.CharField(label=_("Name of the account"), max_length=200,
                           help_text=_("For example @ann@social.example"))  # fmt: skip
    post = forms.URLField(
        label=_("Address of a post with the code"), required=False, assume_scheme="https",
        help_text=_("Leave it empty if the code stands in the bio."),
    )  # fmt: skip


class VisitorForm(_DisputeFields):
    """A request by somebody without an account here."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in (Kind.LEAVE, Kind.MINOR, Kind.NOT_ME)],
    )

    class Meta:
        """Which fields."""

        model = Dispute
        fields = ("kind", "network", "account", "text", "contact")
        labels: ClassVar = {
            "network": _("Network"),
            "account": _("Account"),
            "text": _("Tell us more"),
            "contact": _("E-mail for the answer"),
        }
        widgets: ClassVar = {"text": forms.Textarea({"rows": 3})}


class AnswerForm(forms.Form):
    """What the operator answers, and does."""

    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 3}), max_length=4000)
    action = forms.ChoiceField(
        label=_("And"),
        choices=[("", _("nothing else")), ("withdraw", _("withdraw the claim of this account")),
                 ("leave", _("leave this account out"))],
        required=False,
    )  # fmt: skip
