"""Forms of registers and their numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisasi.models import NomorRegister, Register
from organisasi.selectors_register import Saringan
from organisasi.services.register import IsianRegister, Pesanan

_ISIAN = {"class": "isian"}


class RegisterForm(forms.ModelForm[Register]):
    """One register. Whether its pattern can be used is asked of the service."""

    class Meta:
        model = Register
        fields = [
            "nama",
            "untuk",
            "klasifikasi",
            "kode_unit",
            "pola",
            "reset",
            "mulai_dari",
            "is_aktif",
        ]
        widgets = {
            "nama": forms.TextInput(attrs=_ISIAN),
            "untuk": forms.Select(attrs=_ISIAN),
            "klasifikasi": forms.TextInput(attrs=_ISIAN),
            "kode_unit": forms.TextInput(attrs=_ISIAN),
            "pola": forms.TextInput(attrs={**_ISIAN, "spellcheck": "false"}),
            "reset": forms.Select(attrs=_ISIAN),
            "mulai_dari": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
        }

    def validate_constraints(self) -> None:
        """Left to the service, which says it in words and under the lock."""

    def to_isian(self) -> IsianRegister:
        """What the service takes."""
        return IsianRegister(**self.cleaned_data)


class NomorForm(forms.Form):
    """A number for a document that is made elsewhere."""

    tanggal = forms.DateField(
        label=_("Tanggal surat"),
        widget=forms.DateInput(attrs={**_ISIAN, "type": "date"}, format="%Y-%m-%d"),
    )
    perihal = forms.CharField(
        label=_("Perihal"), max_length=250, widget=forms.TextInput(attrs=_ISIAN)
    )
    tujuan = forms.CharField(
        label=_("Kepada"), max_length=250, required=False, widget=forms.TextInput(attrs=_ISIAN)
    )
    is_sisipan = forms.BooleanField(
        label=_("Nomor sisipan untuk tanggal yang sudah lewat"), required=False
    )
    alasan = forms.CharField(
        label=_("Alasan sisipan"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ISIAN),
        help_text=_("Wajib bila mengambil nomor sisipan. Tercatat pada buku register."),
    )

    def clean(self) -> dict[str, Any]:
        """A number put in between is an act of its own, with its reason."""
        data = super().clean() or {}
        if data.get("is_sisipan") and not data.get("alasan"):
            self.add_error("alasan", _("Tuliskan alasan mengambil nomor sisipan."))
        return data

    def to_pesanan(self) -> Pesanan:
        """What the service takes."""
        data = self.cleaned_data
        alasan = data["alasan"] if data["is_sisipan"] else ""
        return Pesanan(data["tanggal"], data["perihal"], data["tujuan"], alasan)


class BatalForm(forms.Form):
    """Why a number goes unused."""

    alasan = forms.CharField(
        label=_("Alasan batal"),
        max_length=300,
        widget=forms.TextInput(attrs=_ISIAN),
        help_text=_("Nomor tetap tercatat pada buku register dan tidak diberikan lagi."),
    )


class SaringForm(forms.Form):
    """What of the book to show."""

    status = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Semua")), *NomorRegister.Status.choices],
        required=False,
        widget=forms.Select(attrs=_ISIAN),
    )
    cari = forms.CharField(
        label=_("Cari nomor, perihal, atau tujuan"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={**_ISIAN, "type": "search"}),
    )

    def __init__(self, *args: Any, tahun: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"] = forms.TypedChoiceField(
            label=_("Tahun"),
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", _("Semua")), *((t, str(t)) for t in tahun)],
            widget=forms.Select(attrs=_ISIAN),
        )

    def to_saringan(self) -> Saringan:
        """What the selector takes; everything where the address asks for what cannot be."""
        return Saringan(**self.cleaned_data) if self.is_valid() else Saringan()
