"""Forms of delivery: a receiver of the office's reports, and one delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.models import Draf, Penyampaian, TujuanKirim
from laporan.services.kirim import IsianKirim, IsianTujuan

_ISIAN = {"class": "isian"}


class TujuanForm(forms.ModelForm[TujuanKirim]):
    """One receiver, and until when it must have the report."""

    class Meta:
        model = TujuanKirim
        fields = [
            "nama",
            "jenis",
            "mulai_tahun",
            "batas",
            "satuan",
            "dasar",
            "tautan",
            "urutan",
            "is_aktif",
        ]
        widgets = {
            "nama": forms.TextInput(attrs=_ISIAN),
            "mulai_tahun": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
            "batas": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
            "satuan": forms.Select(attrs=_ISIAN),
            "dasar": forms.TextInput(attrs=_ISIAN),
            "urutan": forms.NumberInput(attrs={**_ISIAN, "inputmode": "numeric"}),
        }

    jenis = forms.ChoiceField(
        label=_("Jenis laporan"),
        required=False,
        choices=[("", _("Semua")), *Draf.Jenis.choices],
        widget=forms.Select(attrs=_ISIAN),
    )
    tautan = forms.URLField(
        label=_("Alamat aplikasi"),
        required=False,
        assume_scheme="https",
        help_text=_("Bila disampaikan lewat aplikasi, misalnya e-SAKIP Reviu."),
        widget=forms.URLInput(attrs=_ISIAN),
    )

    def validate_constraints(self) -> None:
        """Left to the service, which says it in words."""

    def to_isian(self) -> IsianTujuan:
        """What the service takes."""
        return IsianTujuan(**self.cleaned_data)


class KirimForm(forms.Form):
    """One delivery, with its proof."""

    disampaikan_pada = forms.DateField(
        label=_("Tanggal disampaikan"),
        widget=forms.DateInput(attrs={**_ISIAN, "type": "date"}, format="%Y-%m-%d"),
    )
    cara = forms.ChoiceField(
        label=_("Cara penyampaian"),
        choices=Penyampaian.Cara.choices,
        widget=forms.Select(attrs=_ISIAN),
    )
    penerima = forms.CharField(
        label=_("Diterima oleh"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=_ISIAN),
    )
    tautan = forms.CharField(
        label=_("Tautan bukti"),
        max_length=1000,
        required=False,
        help_text=_("Alamat https tanda terima atau halaman unggahan."),
        widget=forms.URLInput(attrs={**_ISIAN, "inputmode": "url"}),
    )
    berkas = forms.FileField(
        label=_("Berkas bukti"),
        required=False,
        help_text=_("Tanda terima atau tangkapan layar: PDF, JPG, atau PNG."),
        widget=forms.FileInput(attrs={**_ISIAN, "accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    keterangan = forms.CharField(
        label=_("Keterangan"), max_length=300, required=False, widget=forms.TextInput(attrs=_ISIAN)
    )

    def to_isian(self) -> IsianKirim:
        """What the service takes."""
        return IsianKirim(**{**self.cleaned_data, "berkas": self.cleaned_data["berkas"] or None})
