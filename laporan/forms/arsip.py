"""Forms of the archive: what to look for, and retention classes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.models import Draf, KelasArsip
from laporan.selectors.cari import split_kata
from laporan.services.arsip import IsianKelas

_ISIAN = {"class": "isian"}


class CariForm(forms.Form):
    """Words to look for."""

    cari = forms.CharField(
        label=_("Nomor atau kata"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={**_ISIAN, "type": "search"}),
    )

    def split_kata(self) -> list[str]:
        """Them one by one; none where nothing, or too much, was typed."""
        return split_kata(self.cleaned_data["cari"]) if self.is_valid() else []


class CariArsipForm(CariForm):
    """What to look for in the archive."""

    tahun = forms.TypedChoiceField(
        label=_("Tahun"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs=_ISIAN),
    )
    jenis = forms.ChoiceField(
        label=_("Periode"),
        choices=[("", _("Semua")), *Draf.Jenis.choices],
        required=False,
        widget=forms.Select(attrs=_ISIAN),
    )

    def __init__(self, *args: Any, tahun: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [("", _("Semua")), *((t, str(t)) for t in tahun)]
        self.fields["tahun"].choices = pilihan  # type: ignore[attr-defined]  # ChoiceField


class KelasForm(forms.ModelForm[KelasArsip]):
    """One retention class."""

    class Meta:
        model = KelasArsip
        fields = ["kode", "nama", "aktif_tahun", "inaktif_tahun", "nasib", "dasar", "is_aktif"]
        widgets = {
            "kode": forms.TextInput(attrs=_ISIAN),
            "nama": forms.TextInput(attrs=_ISIAN),
            "aktif_tahun": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
            "inaktif_tahun": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
            "nasib": forms.Select(attrs=_ISIAN),
            "dasar": forms.TextInput(attrs=_ISIAN),
        }

    def validate_constraints(self) -> None:
        """Left to the service, which says it in words."""

    def to_isian(self) -> IsianKelas:
        """What the service takes."""
        return IsianKelas(**self.cleaned_data)
