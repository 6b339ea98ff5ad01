"""Forms of a meeting: the invitation, and afterwards minutes and attendance."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.models import Undangan
from laporan.rules.rapat import parse_orang
from laporan.services.rapat import IsianRapat, IsianUndangan
from organisasi.models import Penugasan

_SATU_PER_BARIS = _("Satu orang per baris; jabatan sesudah titik koma. Contoh: Budi Santoso; Camat")


def _isian(**tambahan: str) -> dict[str, str]:
    return {"class": "isian", **tambahan}


class UndanganForm(forms.Form):
    """When, where, what about, and who is invited."""

    acara = forms.CharField(
        label=_("Acara"), max_length=200, widget=forms.TextInput(attrs=_isian())
    )
    tanggal = forms.DateField(
        label=_("Tanggal rapat"),
        widget=forms.DateInput(attrs=_isian(type="date"), format="%Y-%m-%d"),
    )
    mulai = forms.TimeField(
        label=_("Pukul"), widget=forms.TimeInput(attrs=_isian(type="time"), format="%H:%M")
    )
    selesai = forms.TimeField(
        label=_("Sampai pukul"),
        required=False,
        widget=forms.TimeInput(attrs=_isian(type="time"), format="%H:%M"),
    )
    tempat = forms.CharField(
        label=_("Tempat"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=_isian()),
    )
    tautan = forms.URLField(
        label=_("Tautan rapat daring"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs=_isian()),
    )
    nomor = forms.CharField(
        label=_("Nomor surat undangan, bila ada"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=_isian()),
    )
    penanda = forms.TypedChoiceField(
        label=_("Ditandatangani oleh"), coerce=int, widget=forms.Select(attrs=_isian())
    )
    pejabat = forms.TypedMultipleChoiceField(
        label=_("Peserta"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    lain = forms.CharField(
        label=_("Peserta lain"),
        required=False,
        max_length=5000,
        help_text=_SATU_PER_BARIS,
        widget=forms.Textarea(attrs=_isian(rows="3")),
    )

    def __init__(
        self, *args: Any, pejabat: Sequence[Penugasan], zona: ZoneInfo, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zona = zona
        pilihan = {p.pk: f"{p.pengguna.nama}, {p.sebutan}" for p in pejabat}
        # Whoever holds two posts signs as either, but takes one chair.
        orang = {p.pengguna_id: p.pk for p in reversed(pejabat)}
        kursi = [(pk, kata) for pk, kata in pilihan.items() if pk in orang.values()]
        self.fields["penanda"].choices = pilihan.items()  # type: ignore[attr-defined]  # ChoiceField
        self.fields["pejabat"].choices = kursi  # type: ignore[attr-defined]  # ChoiceField

    def clean(self) -> dict[str, Any]:
        """A place or a link, and somebody to come."""
        data = super().clean() or {}
        if not data.get("tempat") and not data.get("tautan"):
            self.add_error("tempat", _("Isi tempat, atau tautan bila rapat daring."))
        if not data.get("pejabat") and not parse_orang(data.get("lain", "")):
            self.add_error("pejabat", _("Pilih atau tulis paling sedikit satu orang."))
        return data

    def to_isian(self) -> IsianUndangan:
        """What the service takes; times are those of the office."""
        data = self.cleaned_data
        selesai = data["selesai"]
        return IsianUndangan(
            acara=data["acara"],
            mulai=datetime.combine(data["tanggal"], data["mulai"], self.zona),
            selesai=datetime.combine(data["tanggal"], selesai, self.zona) if selesai else None,
            tempat=data["tempat"],
            tautan=data["tautan"],
            nomor=" ".join(data["nomor"].split()),
            penanda=data["penanda"],
            pejabat=data["pejabat"],
            lain=parse_orang(data["lain"]),
        )


class NotulenForm(forms.Form):
    """What was agreed, and who was there."""

    pimpinan = forms.CharField(
        label=_("Pimpinan rapat"), max_length=150, widget=forms.TextInput(attrs=_isian())
    )
    notulen = forms.CharField(
        label=_("Notulen"),
        required=False,
        help_text=_("Tuliskan pokok bahasan, kesepakatan, dan pembagian tugas."),
        widget=forms.Textarea(attrs=_isian(rows="8") | {"data-naskah": ""}),
    )
    hadir = forms.TypedMultipleChoiceField(
        label=_("Yang hadir"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    tambahan = forms.CharField(
        label=_("Hadir di luar undangan"),
        required=False,
        max_length=5000,
        help_text=_SATU_PER_BARIS,
        widget=forms.Textarea(attrs=_isian(rows="3")),
    )

    def __init__(self, *args: Any, undangan: Undangan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hadir"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (p.pk, f"{p.nama}, {p.jabatan}" if p.jabatan else p.nama)
            for p in undangan.peserta.all()
        ]

    def to_isian(self) -> IsianRapat:
        """What the service takes."""
        data = self.cleaned_data
        return IsianRapat(
            pimpinan=data["pimpinan"],
            notulen=data["notulen"],
            hadir=data["hadir"],
            tambahan=parse_orang(data["tambahan"]),
        )
