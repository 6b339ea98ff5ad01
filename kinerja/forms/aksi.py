"""Forms of Rencana Aksi: one action, and what was done of it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import ModelForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kinerja.models import Indikator, Program, RencanaAksi, TargetAksi
from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.rules.target import (
    MAKS_URAIAN,
    IsiTarget,
    TargetTidakTerbaca,
    parse_target,
    split_target,
)
from kinerja.services.aksi import CatatanAksi
from organisasi.models import Instansi, UnitKerja
from sakip.common.ruas_angka import AngkaField

_RUAS_TARGET = tuple(f"tw-{tw}" for tw in TRIWULAN)


class AksiForm(ModelForm[RencanaAksi]):
    """One action with the targets of its four triwulan.

    unit: those that may be chosen; with None among them, every one.
    """

    anggaran = AngkaField(
        label=_("Anggaran"),
        required=False,
        help_text=_("Dalam rupiah. Kosong berarti belum ada, bukan nol."),
    )

    class Meta:
        model = RencanaAksi
        fields = [
            "indikator",
            "uraian",
            "keluaran",
            "satuan",
            "jenis_nilai",
            "jadwal",
            "unit",
            "program",
            "anggaran",
            "urutan",
        ]

    def __init__(
        self,
        *args: Any,
        instansi: Instansi,
        tahun: int,
        unit: Collection[int | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.tahun = tahun
        self.target: dict[int, IsiTarget] = {}
        _limit(
            self,
            "indikator",
            Indikator.objects.filter(sasaran__tujuan__instansi=instansi, is_aktif=True),
        )
        terbuka = UnitKerja.objects.filter(instansi=instansi, ditutup_pada=None)
        milik = [u for u in unit if u is not None]
        _limit(self, "unit", terbuka if None in unit else terbuka.filter(pk__in=milik))
        _limit(self, "program", Program.objects.filter(instansi=instansi, tahun=tahun))
        self.fields["urutan"].required = False
        ada = {t.triwulan: t.teks for t in self.instance.target.all()} if self.instance.pk else {}
        for tw in TRIWULAN:
            judul = _("Target %(periode)s") % {"periode": Periode(tahun, tw).singkat}
            self.fields[f"tw-{tw}"] = forms.CharField(
                label=judul, required=False, initial=ada.get(tw), max_length=MAKS_URAIAN
            )
        awal = ["indikator", "uraian", "keluaran", "satuan", "jenis_nilai", *_RUAS_TARGET]
        self.order_fields(awal)
        for ruas in self.fields.values():
            ruas.widget.attrs.setdefault("class", "isian")

    def clean_urutan(self) -> int:
        """Nothing typed is the usual place."""
        return self.cleaned_data["urutan"] or 0

    def clean(self) -> dict[str, Any]:
        """Targets are read as the kind chosen says; levels are those of the indikator."""
        data: dict[str, Any] = self.cleaned_data
        indikator, jenis = data.get("indikator"), data.get("jenis_nilai")
        if indikator is None or jenis is None:
            return data
        tingkat = read_tingkat(indikator.tingkatan)
        if jenis == JenisNilai.ORDINAL and indikator.jenis_nilai != JenisNilai.ORDINAL:
            pesan = _("Indikatornya tidak memakai predikat. Pilih jenis target yang lain.")
            self.add_error("jenis_nilai", pesan)
            return data
        for nama in _RUAS_TARGET:
            try:
                self.target[int(nama[3:])] = split_target(
                    parse_target(
                        data.get(nama, "").strip(),
                        JenisNilai(jenis),
                        tingkat,
                        negatif=False,
                        rentang=True,
                    )
                )
            except TargetTidakTerbaca as galat:
                self.add_error(nama, str(galat))
        return data

    def read_target(self) -> dict[int, IsiTarget]:
        """Targets by triwulan. Only after `is_valid`."""
        return self.target


class PelaksanaanForm(forms.Form):
    """What was done, a choice and a word for each triwulan that has a target."""

    def __init__(self, data: QueryDict | None = None, *, aksi: RencanaAksi) -> None:
        super().__init__(data)
        self.target = list(aksi.target.order_by("triwulan"))
        for t in self.target:
            periode = Periode(aksi.tahun, t.triwulan)
            self.fields[f"keadaan-{t.triwulan}"] = forms.ChoiceField(
                label=periode.nama,
                required=False,
                initial=t.keadaan,
                choices=[("", _("Belum dicatat")), *TargetAksi.Keadaan.choices],
                widget=forms.Select(attrs={"class": "isian"}),
            )
            self.fields[f"keterangan-{t.triwulan}"] = forms.CharField(
                label=_("Keterangan %(periode)s") % {"periode": periode.singkat},
                required=False,
                initial=t.keterangan,
                max_length=500,
                widget=forms.TextInput(attrs={"class": "isian"}),
                help_text=_("Wajib bila sebagian atau belum."),
            )

    def read_catatan(self) -> dict[int, CatatanAksi]:
        """Notes by triwulan. Only after `is_valid`."""
        data = self.cleaned_data
        return {
            t.triwulan: CatatanAksi(
                data[f"keadaan-{t.triwulan}"],
                data[f"keterangan-{t.triwulan}"] if data[f"keadaan-{t.triwulan}"] else "",
            )
            for t in self.target
        }


def _limit(form: forms.BaseForm, nama: str, pilihan: Any) -> None:  # noqa: ANN401 - a QuerySet of any model
    form.fields[nama].queryset = pilihan  # type: ignore[attr-defined]  # ModelChoiceField
