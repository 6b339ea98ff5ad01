"""Forms of a Perjanjian Kinerja: beginning one, and who the superior is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinerja.rules.perjanjian import Pihak
from organisasi.models import UnitKerja


def _teks(maks: int, **lain: Any) -> forms.CharField:
    """A line of text, as long as the column that holds it."""
    isian = forms.TextInput(attrs={"class": "isian"})
    return forms.CharField(max_length=maks, required=False, widget=isian, **lain)


class PihakForm(forms.Form):
    """The superior, where he is outside of the office, and why there is a perubahan."""

    kedua_jabatan = _teks(
        450,
        label=_("Jabatan pihak kedua"),
        help_text=_("Atasan yang menerima janji, misalnya Bupati Mojokerto."),
    )
    kedua_nama = _teks(150, label=_("Nama pihak kedua"), help_text=_("Dengan gelar."))
    kedua_pangkat = _teks(100, label=_("Pangkat"), help_text=_("Boleh kosong."))
    kedua_nip = _teks(18, label=_("NIP"), help_text=_("Boleh kosong."))
    alasan = forms.CharField(
        label=_("Alasan perubahan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
        help_text=_("Wajib bila Perjanjian Kinerja tahun itu sudah pernah ditetapkan."),
    )

    def __init__(self, *args: Any, is_dalam: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_dalam:
            for nama in ("kedua_jabatan", "kedua_nama", "kedua_pangkat", "kedua_nip"):
                del self.fields[nama]

    def read_pihak(self) -> Pihak:
        """The superior as typed. Only after `is_valid`."""
        data = self.cleaned_data
        return Pihak(
            nama=data.get("kedua_nama", ""),
            jabatan=data.get("kedua_jabatan", ""),
            pangkat=data.get("kedua_pangkat", ""),
            nip=data.get("kedua_nip", ""),
        )


class TahunForm(forms.Form):
    """Of which year the document is."""

    tahun = forms.IntegerField(
        label=_("Tahun"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "isian", "inputmode": "numeric"}),
    )


class PerjanjianBaruForm(PihakForm, TahunForm):
    """Which agreement begins."""

    unit = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label=_("Unit kerja"),
        widget=forms.Select(attrs={"class": "isian"}),
        help_text=_("Unit yang kepalanya berjanji."),
    )
    field_order = ("tahun", "unit")

    def __init__(self, *args: Any, unit: Any = None, **kwargs: Any) -> None:  # noqa: ANN401 - a QuerySet
        super().__init__(*args, **kwargs)
        if unit is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = unit  # type: ignore[attr-defined]  # ModelChoiceField


def awal_pihak(pihak: Pihak) -> dict[str, str]:
    """Initial values of the fields about the superior."""
    return {
        "kedua_jabatan": pihak.jabatan,
        "kedua_nama": pihak.nama,
        "kedua_pangkat": pihak.pangkat,
        "kedua_nip": pihak.nip,
    }
