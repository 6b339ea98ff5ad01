"""The date on which an SOP is tried out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TanggalForm(forms.Form):
    """One date."""

    tanggal = forms.DateField(
        label=_("Tanggal"),
        widget=forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Isi dengan tanggal, contoh 2026-10-12.")},
    )
