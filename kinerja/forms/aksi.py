"""Forms of Rencana Aksi: one action, and what was done of it."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import ModelForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kinerja.models import Indikator, Program, RencanaAksi, TargetAksi
from kinerja.rules.periode import TRIWULAN, Periode
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
        ada = {t.triwulan: t.nilai for t in self.instance.target.all()} if self.instance.pk else {}
        for tw in TRIWULAN:
            judul = _("Target %(periode)s") % {"periode": Periode(tahun, tw).singkat}
            self.fields[f"tw-{tw}"] = AngkaField(label=judul, required=False, initial=ada.get(tw))
        self.order_fields(["indikator", "uraian", "keluaran", "satuan", *_RUAS_TARGET])
        for ruas in self.fields.values():
            ruas.widget.attrs.setdefault("class", "isian")

    def clean_urutan(self) -> int:
        """Nothing typed is the usual place."""
        return self.cleaned_data["urutan"] or 0

    def read_target(self) -> dict[int, Decimal | None]:
        """Targets by triwulan. Only after `is_valid`."""
        return {tw: self.cleaned_data[f"tw-{tw}"] for tw in TRIWULAN}


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
