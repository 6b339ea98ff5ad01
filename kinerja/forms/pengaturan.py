"""Form of the category scale and the limits of an office."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kinerja.models import SkalaKategori
from kinerja.rules.kategori import Pengaturan
from kinerja.services.pengaturan import Jenjang, PengaturanBaru
from sakip.common.ruas_angka import AngkaField

MAKS_JENJANG = 7


class PengaturanForm(forms.Form):
    """Limits, and a row for each band; rows without a name are not kept."""

    batas_penjelasan = AngkaField(
        label=_("Wajib penjelasan di bawah (%)"),
        help_text=_("Capaian di bawah persentase ini wajib disertai penjelasan."),
    )
    batas_periksa = AngkaField(
        label=_("Periksa kembali di atas (%)"),
        help_text=_("Capaian di atas persentase ini diberi peringatan salah ketik."),
    )

    is_wajib_rtl = forms.BooleanField(
        label=_("Kendala, solusi, dan RTL wajib"),
        required=False,
        help_text=_("Di bawah batas itu, kendala, solusi, dan RTL juga wajib diisi."),
    )

    def __init__(self, data: QueryDict | None = None, *, pengaturan: Pengaturan) -> None:
        awal: dict[str, Any] = {
            "batas_penjelasan": pengaturan.batas_penjelasan,
            "batas_periksa": pengaturan.batas_periksa,
            "is_wajib_rtl": pengaturan.wajib_rtl,
        }
        for n, k in enumerate(pengaturan.skala, 1):
            awal |= {f"label-{n}": k.label, f"batas-{n}": k.batas, f"warna-{n}": k.warna}
        super().__init__(data, initial=awal, label_suffix="")
        warna = [("", _("Pilih warna")), *SkalaKategori.Warna.choices]
        for n in range(1, MAKS_JENJANG + 1):
            self.fields[f"label-{n}"] = forms.CharField(
                label=_("Sebutan"),
                max_length=40,
                required=False,
                widget=forms.TextInput(attrs={"class": "isian"}),
            )
            self.fields[f"batas-{n}"] = AngkaField(label=_("Mulai dari (%)"), required=False)
            self.fields[f"warna-{n}"] = forms.ChoiceField(
                label=_("Warna"),
                choices=warna,
                required=False,
                widget=forms.Select(attrs={"class": "isian"}),
            )

    def list_jenjang(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The rows as the page shows them."""
        return [
            (self[f"label-{n}"], self[f"batas-{n}"], self[f"warna-{n}"])
            for n in range(1, MAKS_JENJANG + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A band has a name, a colour, and a lower end; the lowest may leave its end empty."""
        data = super().clean() or self.cleaned_data
        for n in range(1, MAKS_JENJANG + 1):
            if data.get(f"label-{n}") and not data.get(f"warna-{n}"):
                self.add_error(f"warna-{n}", _("Pilih warna kategori ini."))
            if not data.get(f"label-{n}") and data.get(f"batas-{n}") is not None:
                self.add_error(f"label-{n}", _("Isi sebutan, atau kosongkan batasnya."))
        return data

    def to_baru(self) -> PengaturanBaru:
        """What was typed, for the service."""
        data = self.cleaned_data
        return PengaturanBaru(
            skala=[
                Jenjang(data[f"label-{n}"], data[f"batas-{n}"] or Decimal(0), data[f"warna-{n}"])
                for n in range(1, MAKS_JENJANG + 1)
                if data[f"label-{n}"]
            ],
            batas_penjelasan=data["batas_penjelasan"],
            batas_periksa=data["batas_periksa"],
            wajib_rtl=data["is_wajib_rtl"],
        )
