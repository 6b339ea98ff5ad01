"""Form of one part of a template."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from laporan.models import Draf
from laporan.rules.kerangka import Bagian
from laporan.services.kerangka import IsianBagian


class BagianForm(forms.Form):
    """Title, hint, text to begin with, and in which kinds of report the part stands."""

    judul = forms.CharField(
        label=_("Judul"),
        max_length=200,
        help_text=_("Tanpa nomor; nomor bab dan subbab diberikan saat laporan dimulai."),
        widget=forms.TextInput(attrs={"class": "isian"}),
    )
    is_aktif = forms.BooleanField(label=_("Dipakai"), required=False)
    untuk = forms.MultipleChoiceField(
        label=_("Ada pada laporan"),
        choices=Draf.Jenis,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wajib = forms.MultipleChoiceField(
        label=_("Wajib diisi pada laporan"),
        choices=Draf.Jenis,
        required=False,
        help_text=_("Laporan tidak dapat meninggalkan penyusun bila bagian ini kosong."),
        widget=forms.CheckboxSelectMultiple,
    )
    petunjuk = forms.CharField(
        label=_("Petunjuk bagi penulis"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
    )
    isi = forms.CharField(
        label=_("Teks awal"),
        max_length=100_000,
        required=False,
        help_text=_("Boleh memuat angka dari data, misalnya {{angka:rata-rata-capaian}}."),
        widget=forms.Textarea(attrs={"class": "isian", "rows": 10, "data-naskah": ""}),
    )

    def __init__(self, data: QueryDict | None = None, *, bagian: Bagian) -> None:
        awal = {n: getattr(bagian, n) for n in self.base_fields}
        super().__init__(data, initial=awal, label_suffix="")

    def to_isian(self) -> IsianBagian:
        """What was typed, for the service."""
        return IsianBagian(**self.cleaned_data)
