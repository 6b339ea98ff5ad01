"""Forms of the working calendar."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisasi.models import HariLibur, JamKerja
from organisasi.rules.kalender import BarisLibur, explain_jam, parse_daftar_libur
from sakip.common.waktu import HARI, Sesi

# A working day is no free day to be filled in: it answers one of the nation.
_JENIS = [(n, kata) for n, kata in HariLibur.Jenis.choices if n != HariLibur.Jenis.MASUK]


def _tanggal(**lain: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **lain)


class LiburForm(forms.ModelForm[HariLibur]):
    """A free day of the office."""

    tanggal = _tanggal(label=_("Tanggal"))

    class Meta:
        model = HariLibur
        fields = ["tanggal", "jenis", "nama", "dasar", "perkiraan"]
        widgets = {
            "jenis": forms.Select(attrs={"class": "isian"}),
            "nama": forms.TextInput(attrs={"class": "isian"}),
            "dasar": forms.TextInput(attrs={"class": "isian"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"] = forms.ChoiceField(
            label=_("Jenis"), choices=_JENIS, widget=forms.Select(attrs={"class": "isian"})
        )


class MasukForm(forms.Form):
    """On what basis the office works on a day of the nation."""

    dasar = forms.CharField(
        label=_("Dasar"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "isian"}),
        help_text=_("Nomor surat edaran atau keputusan yang menetapkannya."),
    )


class ImporLiburForm(forms.Form):
    """A pasted list of free days."""

    jenis = forms.ChoiceField(
        label=_("Jenis"),
        choices=_JENIS,
        initial=HariLibur.Jenis.NASIONAL,
        widget=forms.Select(attrs={"class": "isian"}),
    )
    dasar = forms.CharField(
        label=_("Dasar"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "isian"}),
        help_text=_("Nomor keputusan yang menetapkannya."),
    )
    perkiraan = forms.BooleanField(
        label=_("Perkiraan"),
        required=False,
        help_text=_("Tandai bila keputusannya belum terbit."),
    )
    daftar = forms.CharField(
        label=_("Daftar hari libur"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 10}),
        help_text=_("Satu baris satu hari, misalnya 2027-01-01 Tahun Baru atau 1 Januari 2027 ..."),
    )

    def clean_daftar(self) -> list[BarisLibur]:
        """The days, or every line that cannot be read."""
        baris, masalah = parse_daftar_libur(self.cleaned_data["daftar"])
        if masalah:
            raise forms.ValidationError(masalah)
        return baris


_SAAT = (_("Mulai"), _("Istirahat"), _("Masuk lagi"), _("Selesai"))


class JamField(forms.TimeField):
    """One of the four moments of a day. pendek: its label beside the name of the day."""

    def __init__(self, hari: str, pendek: str | Promise, awal: time | None) -> None:
        super().__init__(
            label=f"{hari}, {pendek}",
            required=False,
            initial=awal,
            widget=forms.TimeInput(attrs={"type": "time", "class": "isian"}, format="%H:%M"),
        )
        self.pendek = pendek


class JamKerjaForm(forms.ModelForm[JamKerja]):
    """A dated set of hours: up to two sessions a day, the break between them."""

    mulai = _tanggal(label=_("Berlaku mulai"))
    selesai = _tanggal(
        label=_("Sampai dengan"),
        required=False,
        help_text=_("Kosong berarti sampai diganti. Isi untuk masa tertentu, misalnya Ramadan."),
    )

    class Meta:
        model = JamKerja
        fields = ["nama", "mulai", "selesai", "dasar"]
        widgets = {
            "nama": forms.TextInput(attrs={"class": "isian"}),
            "dasar": forms.TextInput(attrs={"class": "isian"}),
        }

    def __init__(
        self, *args: Any, sesi: Mapping[int, tuple[Sesi, ...]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sesi: dict[int, tuple[Sesi, ...]] = {}
        for hari, nama_hari in enumerate(HARI):
            ada = [jam for satu in (sesi or {}).get(hari, ()) for jam in satu]
            for n, label in enumerate(_SAAT):
                self.fields[f"jam_{hari}_{n}"] = JamField(nama_hari, label, _pick(ada, n))

    def list_hari(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Rows of the table of hours: the weekday and its four fields."""
        for hari, nama in enumerate(HARI):
            yield nama, [self[f"jam_{hari}_{n}"] for n in range(4)]

    def clean(self) -> dict[str, Any]:
        """Pair the four moments of each day into sessions."""
        data = super().clean() or self.cleaned_data
        for hari, nama in enumerate(HARI):
            jam = [data.get(f"jam_{hari}_{n}") for n in range(4)]
            sesi = _pair(jam)
            if sesi is None:
                self.add_error(
                    f"jam_{hari}_0",
                    _("%(hari)s: isi jam mulai dan selesai, dan istirahat berpasangan.")
                    % {"hari": nama},
                )
            elif sesi:
                self.sesi[hari] = sesi
        mulai, selesai = data.get("mulai"), data.get("selesai")
        if mulai and selesai and selesai < mulai:
            self.add_error("selesai", _("Tanggal akhir harus sesudah tanggal mulai."))
        if not self.errors:
            for masalah in explain_jam(self.sesi):
                self.add_error(None, masalah)
        return data


def _pick(ada: list[time], n: int) -> time | None:
    """The n-th of the four moments of a day with one session or two."""
    if len(ada) == 2:
        return {0: ada[0], 3: ada[1]}.get(n)
    return ada[n] if n < len(ada) else None


def _pair(jam: list[time | None]) -> tuple[Sesi, ...] | None:
    """Sessions of a day: none, one without a break, or two around it; None when a moment lacks."""
    mulai, istirahat, masuk, selesai = jam
    if mulai and istirahat and masuk and selesai:
        return ((mulai, istirahat), (masuk, selesai))
    if mulai and selesai and not istirahat and not masuk:
        return ((mulai, selesai),)
    return None if any(jam) else ()
