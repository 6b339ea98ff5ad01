"""Form of a key of the read-only interface."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KunciForm(forms.Form):
    """For whom the key is, and until when."""

    nama = forms.CharField(
        label=_("Dipakai oleh"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "isian"}),
        help_text=_("Aplikasi atau instansi yang membaca data, misalnya Portal Satu Data."),
    )
    berlaku_sampai = forms.DateField(
        label=_("Berlaku sampai"),
        widget=forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d"),
        help_text=_("Paling lama satu tahun."),
    )
