"""How a person wants to be reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisasi.models import Saluran


class SaluranForm(forms.ModelForm[Saluran]):
    """Channels of the signed-in person."""

    class Meta:
        model = Saluran
        fields = ["lewat_surel", "ponsel", "lewat_pesan"]
        help_texts = {"ponsel": _("Dengan kode negara, contoh +6281234567890. Hanya untuk pesan.")}
        widgets = {
            "ponsel": forms.TextInput(
                attrs={"class": "isian", "type": "tel", "autocomplete": "tel"}
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lewat_surel"].label = _("Kirimi saya surel")
        self.fields["lewat_pesan"].label = _("Kirimi saya WhatsApp atau SMS")

    def clean(self) -> dict[str, Any] | None:
        """A message needs a number to go to."""
        data = super().clean()
        kosong = self.cleaned_data.get("ponsel") == ""
        if self.cleaned_data.get("lewat_pesan") and kosong:
            self.add_error("ponsel", _("Isi nomor ponsel untuk menerima WhatsApp atau SMS."))
        return data
