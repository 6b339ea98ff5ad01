"""Forms of the make-up of an office: units, posts, appointments."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise, StrPromise

from organisasi.models import Instansi, Jabatan, Penugasan, UnitKerja
from organisasi.models.pengguna import nip_sah
from organisasi.selectors import list_unit, list_unit_terbuka
from sakip.common.pilihan import limit_pilihan, set_pilihan

_ISIAN = {"class": "isian"}
_TANGGAL = {**_ISIAN, "type": "date"}


def _make_teks(judul: StrPromise, *, bantuan: StrOrPromise = "", **isi: Any) -> forms.CharField:
    return forms.CharField(
        label=judul, help_text=bantuan, widget=forms.TextInput(attrs=_ISIAN), **isi
    )


def _make_pilihan(
    judul: StrPromise, pilihan: Iterable[tuple[Any, Any]], bantuan: StrPromise
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=judul, choices=list(pilihan), help_text=bantuan, widget=forms.Select(attrs=_ISIAN)
    )


def _make_baris(
    model: type[Model], judul: StrPromise, *, kosong: StrPromise, bantuan: StrOrPromise = ""
) -> forms.ModelChoiceField[Any]:
    """One row of that table or none; which rows, the form says when it knows the office."""
    return forms.ModelChoiceField(
        model._default_manager.none(),
        label=judul,
        required=False,
        empty_label=kosong,
        help_text=bantuan,
        widget=forms.Select(attrs=_ISIAN),
    )


class UnitForm(forms.Form):
    """Name, kind and place of a unit."""

    nama = _make_teks(_("Nama unit"), max_length=200)
    jenis = _make_pilihan(
        _("Jenis"),
        UnitKerja.Jenis.choices,
        _("Menentukan langkah SOP mana yang disebar ke unit ini."),
    )
    induk = _make_baris(UnitKerja, _("Di bawah"), kosong=_("langsung di bawah instansi"))

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_pilihan(self, "induk", list_unit(instansi))


class JabatanForm(forms.Form):
    """Name, level, aliases and superior of a post."""

    nama = _make_teks(_("Nama jabatan"), max_length=200)
    tingkat = _make_pilihan(
        _("Tingkat"),
        Jabatan.Tingkat.choices,
        _("Di meja siapa pekerjaan terlihat berada, dan siapa atasan bawaannya."),
    )
    alias = forms.CharField(
        label=_("Sebutan lain"),
        required=False,
        help_text=_(
            "Satu per baris, seperti tertulis pada SOP. Misalnya Sekretaris Dinas, Sekdin."
        ),
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
    )
    atasan = _make_baris(
        Jabatan,
        _("Atasan"),
        kosong=_("menurut tingkat"),
        bantuan=_("Yang diberi tahu bila tenggat terlewat."),
    )

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_pilihan(self, "atasan", Jabatan.objects.filter(instansi=instansi))
        if self.initial.get("tingkat") != Jabatan.Tingkat.PEMBINA:
            pilihan = [p for p in Jabatan.Tingkat.choices if p[0] != Jabatan.Tingkat.PEMBINA]
            set_pilihan(self, "tingkat", pilihan)

    def clean_alias(self) -> list[str]:
        """Lines without blanks, each once."""
        baris = (b.strip() for b in self.cleaned_data["alias"].splitlines())
        return list(dict.fromkeys(b for b in baris if b))


class OrangForm(forms.Form):
    """A person: the NIP, and the rest for somebody who has no account yet."""

    nip = forms.CharField(
        label=_("NIP"),
        max_length=30,
        help_text=_("18 angka. Orang yang sudah punya akun cukup NIP-nya."),
        widget=forms.TextInput(attrs={**_ISIAN, "inputmode": "numeric"}),
    )
    nama = _make_teks(_("Nama dengan gelar"), max_length=150, required=False)
    surel = forms.EmailField(
        label=_("Surel"), required=False, widget=forms.EmailInput(attrs=_ISIAN)
    )
    pangkat = _make_teks(_("Pangkat"), max_length=80, required=False)
    golongan = _make_teks(_("Golongan ruang"), max_length=10, required=False)

    def clean_nip(self) -> str:
        """The NIP without the blanks in which documents print it."""
        nip = "".join(self.cleaned_data["nip"].split())
        nip_sah(nip)
        return nip


class MasaForm(forms.Form):
    """Kind, dates and basis of an appointment."""

    jenis = _make_pilihan(
        _("Sebagai"),
        Penugasan.Jenis.choices,
        _("Plt. mengisi jabatan lowong; Plh. menggantikan yang berhalangan sementara."),
    )
    mulai = forms.DateField(
        label=_("Terhitung mulai"), widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d")
    )
    terakhir = forms.DateField(
        label=_("Hari terakhir"),
        required=False,
        help_text=_("Wajib untuk Plh. dan delegasi. Kosong berarti sampai diakhiri."),
        widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d"),
    )
    dasar = _make_teks(_("Nomor SK atau surat perintah"), max_length=200)
    bersama = forms.BooleanField(
        label=_("Memang dipegang beberapa orang pada masa itu"), required=False
    )


class TetapkanForm(OrangForm, MasaForm):
    """Who gets the post, where, as what, from when until when, on what basis."""

    unit = _make_baris(
        UnitKerja,
        _("Unit kerja"),
        kosong=_("semua unit"),
        bantuan=_("Untuk jabatan yang ada di tiap unit, misalnya Kepala Bidang."),
    )

    field_order = ["nip", "nama", "surel", "pangkat", "golongan", "jenis", "unit"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_pilihan(self, "unit", list_unit_terbuka(instansi))


class SerahForm(OrangForm, MasaForm):
    """Who takes the post over, as what, from when, on what basis. The unit stays the same."""

    field_order = ["nip", "nama", "surel", "pangkat", "golongan", "jenis"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["bersama"]
        self.fields["mulai"].help_text = _("Hari ini berarti saat ini juga.")
        self.fields["jenis"].help_text = _(
            "Definitif dan Plt. mengakhiri penugasan yang sekarang. Pada Plh. dan delegasi, "
            "pejabat yang sekarang tetap memegang jabatannya."
        )


class AkhiriForm(forms.Form):
    """When a mandate ends, and why."""

    terakhir = forms.DateField(
        label=_("Hari terakhir"),
        required=False,
        help_text=_("Kosong berarti berakhir saat ini juga."),
        widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d"),
    )
    alasan = _make_teks(
        _("Alasan"),
        max_length=200,
        bantuan=_("Misalnya pensiun, mutasi, atau kembali bertugas."),
    )


def awal_hari(hari: date, zona: ZoneInfo) -> datetime:
    """The moment that day begins at the office."""
    return datetime.combine(hari, time.min, zona)


def akhir_hari(hari: date | None, zona: ZoneInfo) -> datetime | None:
    """The moment after that day's last; None for None."""
    return awal_hari(hari + timedelta(days=1), zona) if hari else None
