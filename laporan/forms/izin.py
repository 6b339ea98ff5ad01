"""Giving a named reader one draft."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from laporan.services.izin import IsianIzin
from organisasi.models import Penugasan
from sakip.common.pilihan import set_pilihan

_TANGGAL = {"class": "isian", "type": "date"}
# What a review usually needs; whoever gives may choose otherwise.
_LAZIM = timedelta(days=30)


class IzinForm(forms.Form):
    """Whom of those found, from when until when, why."""

    pembaca = forms.TypedChoiceField(label=_("Kepada"), coerce=int, widget=forms.RadioSelect)
    mulai = forms.DateField(
        label=_("Mulai"), widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d")
    )
    terakhir = forms.DateField(
        label=_("Hari terakhir"),
        help_text=_("Sesudah hari itu izin habis sendiri."),
        widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d"),
    )
    alasan = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_(
            "Misalnya nomor surat tugas reviu. Tercatat pada jejak dan tampil bagi pembaca."
        ),
        widget=forms.TextInput(attrs={"class": "isian"}),
    )

    def __init__(self, data: QueryDict | None, *, calon: Sequence[Penugasan], hari: date) -> None:
        super().__init__(data, initial={"mulai": hari, "terakhir": hari + _LAZIM})
        pilihan = [(p.pengguna_id, _sebut(p)) for p in calon]
        set_pilihan(self, "pembaca", pilihan)
        if len(pilihan) == 1:
            self.initial["pembaca"] = pilihan[0][0]

    def to_isian(self) -> IsianIzin:
        """What was filled in, for the service."""
        isi = self.cleaned_data
        return IsianIzin(isi["pembaca"], isi["mulai"], isi["terakhir"], isi["alasan"])


def _sebut(p: Penugasan) -> str:
    return f"{p.pengguna.nama}, {p.sebutan}, {p.jabatan.instansi}"
