"""The form in which an organiser writes an offer."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openclout.web.perks.models import Code, Perk

MOST_CODES = 10_000
_LONGEST_CODE = 64


class Moment(forms.DateTimeField):
    """A moment as browsers' own pickers write it, UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **named: Any) -> None:
        """Take what a picker writes."""
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **named)


class Offer(forms.ModelForm):  # type: ignore[type-arg]
    """An offer with its codes, one a line."""

    starts = Moment(label=_("From (UTC)"))
    ends = Moment(label=_("Until (UTC)"))
    codes = forms.CharField(
        label=_("Codes of your own, one a line; none: they are made"),
        required=False,
        max_length=MOST_CODES * (_LONGEST_CODE + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        """What an organiser decides."""

        model = Perk
        fields = (
            "title", "text", "topic", "quota", "minimum_score", "minimum_percentile", "starts",
            "ends", "regions",
        )  # fmt: skip
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "regions": forms.TextInput(attrs={"placeholder": "DE AT CH"}),
        }

    def clean_regions(self) -> str:
        """Take codes of two letters, however they are set apart."""
        words = re.split(r"[\s,;]+", self.cleaned_data["regions"].strip().upper())
        found = sorted({word for word in words if word})
        wrong = [word for word in found if not re.fullmatch("[A-Z]{2}", word)]
        if wrong:
            raise forms.ValidationError(_("A country is two letters: DE, AT, CH."))
        return " ".join(found)

    def clean_topic(self) -> str:
        """Write the topic as scores do: small letters and hyphens."""
        return re.sub(r"[\s_]+", "-", self.cleaned_data["topic"].strip().lower().lstrip("#"))

    def clean_codes(self) -> list[str]:
        """Take the codes, each once."""
        found = list(dict.fromkeys(self.cleaned_data["codes"].split()))
        if len(found) > MOST_CODES or any(len(code) > _LONGEST_CODE for code in found):
            raise forms.ValidationError(_("At most 10,000 codes of 64 letters."))
        return found

    def clean(self) -> dict[str, Any]:
        """Compare what belongs together."""
        given: dict[str, Any] = super().clean() or {}
        codes, quota = given.get("codes"), given.get("quota")
        if codes and quota and len(codes) < quota:
            self.add_error("codes", _("There are fewer codes than places."))
        if given.get("starts") and given.get("ends") and given["starts"] >= given["ends"]:
            self.add_error("ends", _("It ends before it starts."))
        if given.get("minimum_score") is None and given.get("minimum_percentile") is None:
            self.add_error("minimum_score", _("Say the least score or percentile in the topic."))
        return given

    def write_codes(self, perk: Perk) -> None:
        """Keep the codes of an offer that nobody has seen yet."""
        Code.objects.filter(perk=perk).delete()
        Code.objects.bulk_create(Code(perk=perk, text=text) for text in self.cleaned_data["codes"])
