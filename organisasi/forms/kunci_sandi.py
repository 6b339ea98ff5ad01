"""Form of a new passkey."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisasi.models import KunciSandi


class KunciSandiForm(forms.ModelForm[KunciSandi]):
    """Its name for people, and what the device answered."""

    kunci_sandi = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Tekan “Buat kunci sandi”, lalu ikuti petunjuk perangkat Anda.")
        },
    )

    class Meta:
        model = KunciSandi
        fields = ("nama",)
        widgets = {"nama": forms.TextInput(attrs={"class": "isian", "autofocus": True})}
