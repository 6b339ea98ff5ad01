"""The form of an indikator: its definition, how it is judged, its labels and its parts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from kinerja.forms.rencana import Berkelas
from kinerja.models import Indikator, Label, Sasaran
from kinerja.rules.capaian import Rumus
from kinerja.rules.komposit import (
    KomponenBaca,
    KomponenTidakTerbaca,
    Susunan,
    read_komponen,
    write_komponen,
)
from kinerja.rules.lembar_rencana import MAKS_LABEL
from kinerja.rules.nilai import ANGKA, JenisNilai, TingkatTidakTerbaca, check_tingkatan
from kinerja.services.kamus import RincianIndikator, list_komponen
from organisasi.models import Instansi, UnitKerja
from sakip.common.pilihan import limit_pilihan, set_pilihan
from sakip.common.ruas_angka import AngkaField


class IndikatorForm(Berkelas, ModelForm[Indikator]):
    """An indikator with its kamus."""

    label = forms.MultipleChoiceField(
        label=_("Label"), required=False, widget=forms.CheckboxSelectMultiple
    )
    label_lain = forms.CharField(
        label=_("Label lain"),
        max_length=200,
        required=False,
        help_text=_("Pisahkan dengan koma, misalnya SPM, RPJMD."),
    )
    batas = AngkaField(
        label=_("Batas capaian"),
        paling_sedikit=Decimal(100),
        required=False,
        help_text=_("Persentase tertinggi yang dihitung, misalnya 120. Kosong: tanpa batas."),
    )
    lantai = AngkaField(
        label=_("Lantai capaian"),
        required=False,
        initial=Decimal(0),
        help_text=_("Persentase terendah yang dihitung. Kosong: tanpa lantai."),
    )
    toleransi = AngkaField(
        label=_("Toleransi"),
        paling_sedikit=Decimal(0),
        required=False,
        help_text=_("Untuk arah tetap: jarak dari target yang masih dihitung 100%."),
    )
    nilai_maks = AngkaField(
        label=_("Nilai paling tinggi"),
        required=False,
        help_text=_("Realisasi di atasnya ditolak, misalnya 100 untuk cakupan."),
    )
    pengali = AngkaField(
        label=_("Pengali"),
        required=False,
        help_text=_("Untuk pembilang dibagi penyebut: 100 untuk persen, 1.000 untuk per mil."),
    )
    komponen = forms.CharField(
        label=_("Komponen"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Satu baris satu komponen. Pembilang dan penyebut: “Pembilang: Jumlah bayi sehat”. "
            "Tertimbang: “Nilai perencanaan = 30”. Jumlah: namanya saja."
        ),
    )

    class Meta:
        model = Indikator
        fields = [
            "sasaran",
            "kode",
            "nama",
            "label",
            "label_lain",
            "satuan",
            "unit",
            "definisi_operasional",
            "alasan_pemilihan",
            "cara_hitung",
            "sumber_data",
            "jenis_nilai",
            "rumus",
            "susunan",
            "komponen",
            "pengali",
            "nilai_maks",
            "is_dapat_negatif",
            "batas",
            "lantai",
            "toleransi",
            "tingkatan",
            "agregasi",
            "desimal",
            "urutan",
            "is_aktif",
        ]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_pilihan(self, "sasaran", Sasaran.objects.filter(tujuan__instansi=instansi))
        limit_pilihan(self, "unit", UnitKerja.objects.filter(instansi=instansi))
        for nama in ("agregasi", "susunan"):
            self.fields[nama].required = False
        milik = Label.objects.filter(instansi=instansi).values_list("nama", flat=True)
        nama_label = [*Label.BAKU, *(n for n in milik if n not in Label.BAKU)]
        set_pilihan(self, "label", [(n, n) for n in nama_label])
        if self.instance.pk:
            self.initial["label"] = list(self.instance.label.values_list("nama", flat=True))
            susunan = Susunan(self.instance.susunan)
            self.initial["komponen"] = write_komponen(list_komponen(self.instance), susunan)
        self.dress()

    def clean_toleransi(self) -> Decimal:
        """Nothing typed is no tolerance."""
        return self.cleaned_data["toleransi"] or Decimal(0)

    def clean_pengali(self) -> Decimal:
        """Nothing typed makes a percentage."""
        pengali = self.cleaned_data["pengali"]
        if pengali is None:
            return Decimal(100)
        if not 0 < pengali < 10**10 or pengali != round(pengali, 4):
            raise forms.ValidationError(_("Isi lebih dari nol, paling banyak empat desimal."))
        return Decimal(pengali)

    def clean_agregasi(self) -> str:
        """Nothing chosen is the usual way."""
        return self.cleaned_data["agregasi"] or Indikator.Agregasi.TERAKHIR

    def clean_susunan(self) -> str:
        """Nothing chosen is typed as it is."""
        return self.cleaned_data["susunan"] or Indikator.Susunan.LANGSUNG

    def clean_label_lain(self) -> list[str]:
        """Names between commas."""
        nama = [" ".join(n.split()) for n in self.cleaned_data["label_lain"].split(",")]
        if any(len(n) > MAKS_LABEL for n in nama):
            raise forms.ValidationError(_("Satu label paling panjang 30 huruf."))
        return [n for n in nama if n]

    def clean(self) -> dict[str, Any]:
        """The direction follows from the formula, so that the two cannot contradict each other."""
        data = super().clean() or self.cleaned_data
        try:
            check_tingkatan(data.get("tingkatan", ""), data.get("jenis_nilai", ""))
        except TingkatTidakTerbaca as galat:
            self.add_error("tingkatan", str(galat))
        if data.get("rumus"):
            self.instance.polaritas = Rumus(data["rumus"]).polaritas
        self._clean_komponen(data)
        return data

    def _clean_komponen(self, data: dict[str, Any]) -> None:
        susunan = Susunan(data.get("susunan") or Susunan.LANGSUNG)
        try:
            data["komponen"] = read_komponen(data.get("komponen", ""), susunan)
        except KomponenTidakTerbaca as galat:
            self.add_error("komponen", str(galat))
            return
        if susunan is not Susunan.LANGSUNG and data.get("jenis_nilai") not in ANGKA:
            jenis = JenisNilai.ANGKA.value
            pesan = _("Realisasi dari komponen selalu angka; pilih jenis nilai %(jenis)s.")
            self.add_error("susunan", pesan % {"jenis": jenis})

    def to_rincian(self) -> RincianIndikator:
        """Labels and parts, for the service."""
        data = self.cleaned_data
        label = dict.fromkeys([*data["label"], *data["label_lain"]])
        komponen: tuple[KomponenBaca, ...] = data["komponen"]
        return RincianIndikator(tuple(label), komponen)
