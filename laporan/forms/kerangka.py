"""Form of one part of a template."""

from collections.abc import Iterable
from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from laporan.models import BagianKerangka, Draf
from laporan.rules.blok import BLOK
from laporan.rules.kerangka import TEKS, Bagian

_SEBELUM, _SESUDAH = "sebelum", "sesudah"
_LETAK = [
    ("", _("Tidak disisipkan")),
    (_SEBELUM, _("Sebelum teks")),
    (_SESUDAH, _("Sesudah teks")),
]
_TINGKAT = [
    (1, _("Bab, lampiran, atau bagian utama")),
    (2, _("Subbab")),
    (3, _("Di bawah subbab")),
    (4, _("Paling dalam")),
]


class BagianForm(forms.Form):
    """Title, level, hint, text to begin with, data, and in which kinds of report it stands."""

    judul = forms.CharField(
        label=_("Judul"),
        max_length=200,
        help_text=_("Tanpa nomor; nomor bab dan subbab diberikan saat laporan dimulai."),
        widget=forms.TextInput(attrs={"class": "isian"}),
    )
    tingkat = forms.TypedChoiceField(
        label=_("Tingkat"),
        choices=_TINGKAT,
        coerce=int,
        widget=forms.Select(attrs={"class": "isian"}),
    )
    nomor = forms.ChoiceField(
        label=_("Penomoran"),
        choices=BagianKerangka.Penomoran,
        required=False,
        widget=forms.Select(attrs={"class": "isian"}),
    )
    ulang = forms.ChoiceField(
        label=_("Ditulis"),
        choices=BagianKerangka.Ulang,
        required=False,
        widget=forms.Select(attrs={"class": "isian"}),
    )
    is_aktif = forms.BooleanField(label=_("Dipakai"), required=False)
    is_lewati = forms.BooleanField(label=_("Tidak dicetak selama kosong"), required=False)
    is_mendatar = forms.BooleanField(label=_("Halaman mendatar"), required=False)
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
        self.bagian = bagian
        letak = _read_letak(bagian.blok)
        awal = {n: getattr(bagian, n) for n in self.base_fields}
        awal |= {f"blok_{kode}": letak.get(kode, "") for kode in BLOK}
        super().__init__(data, initial=awal, label_suffix="")
        for kode, nama in BLOK.items():
            self.fields[f"blok_{kode}"] = forms.ChoiceField(
                label=nama,
                choices=_LETAK,
                required=False,
                widget=forms.Select(attrs={"class": "isian"}),
            )
        if bagian.lembar:
            for nama in set(self.fields) - {"judul", "is_aktif", "untuk"}:
                del self.fields[nama]

    @property
    def ruas_blok(self) -> list[forms.BoundField]:
        """A field for each data block: where it stands, if at all."""
        return [self[f"blok_{kode}"] for kode in BLOK if f"blok_{kode}" in self.fields]

    def to_bagian(self) -> Bagian:
        """The part as typed; of what the form does not ask nothing changes."""
        isi = dict(self.cleaned_data)
        letak = {k: str(isi.pop(f"blok_{k}", "")) for k in BLOK}
        if not self.bagian.lembar:
            isi["blok"] = _order_blok(self.bagian.blok, letak)
        for daftar in ("untuk", "wajib"):
            isi[daftar] = tuple(isi.get(daftar, ()))
        return replace(self.bagian, **isi)


def _read_letak(blok: Iterable[str]) -> dict[str, str]:
    """Of each block whether it comes before or after the text, which comes first unless named."""
    semua = tuple(blok)
    batas = semua.index(TEKS) if TEKS in semua else -1
    return {b: _SEBELUM if n < batas else _SESUDAH for n, b in enumerate(semua) if b != TEKS}


def _order_blok(lama: tuple[str, ...], letak: dict[str, str]) -> tuple[str, ...]:
    """Codes in print order: those that were there keep theirs, new ones follow."""
    urut = dict.fromkeys([*(b for b in lama if b != TEKS), *BLOK])
    sebelum = [b for b in urut if letak[b] == _SEBELUM]
    return (*sebelum, TEKS, *(b for b in urut if letak[b] == _SESUDAH))
