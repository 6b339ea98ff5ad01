"""Form of the review by the internal auditor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from laporan.models import ButirReviu, ReviuAPIP
from laporan.rules.reviu import BUTIR, Jawaban
from laporan.services.reviu import IsianReviu

_ISIAN = {"class": "isian"}
_PANJANG_NIP = 18
_TEKS = (("catatan", _("Catatan pereviu")), ("tanggapan", _("Tanggapan kantor")))


def _baris(label: Any, maks: int, *, required: bool = True, bantu: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy texts
    return forms.CharField(
        label=label,
        max_length=maks,
        required=required,
        help_text=bantu,
        widget=forms.TextInput(attrs=_ISIAN),
    )


class ReviuForm(forms.Form):
    """Who reviewed, what he concluded, and the checklist; its rows may wait until the end."""

    pereviu = _baris(_("Pereviu"), 200, bantu=_("Misalnya Inspektorat Kabupaten Mojokerto."))
    nomor = _baris(_("Nomor laporan hasil reviu"), 120, required=False)
    tanggal = forms.DateField(
        label=_("Tanggal reviu"),
        widget=forms.DateInput(attrs={**_ISIAN, "type": "date"}, format="%Y-%m-%d"),
    )
    nama = _baris(_("Nama penanda tangan"), 150)
    jabatan = _baris(_("Jabatan"), 200, bantu=_("Misalnya Inspektur."))
    pangkat = _baris(_("Pangkat"), 100, required=False)
    nip = _baris(_("NIP"), 22, required=False)
    simpulan = forms.ChoiceField(
        label=_("Simpulan"), choices=ReviuAPIP.Simpulan.choices, widget=forms.Select(attrs=_ISIAN)
    )
    catatan = forms.CharField(
        label=_("Catatan hasil reviu"),
        max_length=20_000,
        required=False,
        help_text=_("Pokok catatan pereviu. Wajib bila ada hal yang perlu diperhatikan."),
        widget=forms.Textarea(attrs={**_ISIAN, "rows": 4}),
    )

    def __init__(self, *args: Any, jawaban: Sequence[Jawaban], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for j in jawaban:
            self.fields[f"jawaban-{j.kode}"] = forms.ChoiceField(
                label=_("Hasil"),
                choices=[("", _("Pilih")), *ButirReviu.Jawaban.choices],
                required=False,
                initial=j.jawaban,
                widget=forms.Select(attrs=_ISIAN),
            )
            for nama, label in _TEKS:
                self.fields[f"{nama}-{j.kode}"] = forms.CharField(
                    label=label,
                    max_length=4000,
                    required=False,
                    initial=getattr(j, nama),
                    widget=forms.Textarea(attrs={**_ISIAN, "rows": 2}),
                )

    def clean_nip(self) -> str:
        """Eighteen digits, with or without spaces."""
        nip = "".join(str(self.cleaned_data["nip"]).split())
        if nip and (len(nip) != _PANJANG_NIP or not nip.isdecimal()):
            raise forms.ValidationError(_("NIP terdiri atas 18 angka."))
        return nip

    def kelompok(self) -> Iterator[tuple[str, list[tuple[int, str, Mapping[str, BoundField]]]]]:
        """The checklist by group: number, statement, and its three fields."""
        semua: dict[str, list[tuple[int, str, Mapping[str, BoundField]]]] = {}
        for nomor, (kode, kelompok, teks) in enumerate(BUTIR, 1):
            ruas = {n: self[f"{n}-{kode}"] for n in ("jawaban", "catatan", "tanggapan")}
            semua.setdefault(kelompok, []).append((nomor, teks, ruas))
        yield from semua.items()

    def to_isian(self) -> IsianReviu:
        """What the service takes."""
        data = self.cleaned_data
        umum = {n: data[n] for n in self.base_fields}
        butir = [
            Jawaban(kode, *(data[f"{n}-{kode}"] for n in ("jawaban", "catatan", "tanggapan")))
            for kode, _kelompok, _teks in BUTIR
        ]
        return IsianReviu(**umum, butir=butir)
