"""Forms of the make-up of an office: units, posts, appointments."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from organisasi.models import Instansi, Jabatan, Penugasan, UnitKerja
from organisasi.models.pengguna import nip_sah
from organisasi.selectors import list_unit, list_unit_terbuka

_TANGGAL = {"type": "date", "class": "isian"}


class UnitForm(forms.Form):
    """Name, kind and place of a unit."""

    nama = forms.CharField(
        label=_("Nama unit"), max_length=200, widget=forms.TextInput(attrs={"class": "isian"})
    )
    jenis = forms.ChoiceField(
        label=_("Jenis"),
        choices=UnitKerja.Jenis.choices,
        help_text=_("Menentukan langkah SOP mana yang disebar ke unit ini."),
        widget=forms.Select(attrs={"class": "isian"}),
    )
    induk = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label=_("Di bawah"),
        required=False,
        empty_label=_("langsung di bawah instansi"),
        widget=forms.Select(attrs={"class": "isian"}),
    )

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["induk"].queryset = list_unit(instansi)  # type: ignore[attr-defined]  # a ModelChoiceField


class JabatanForm(forms.Form):
    """Name, level, aliases and superior of a post."""

    nama = forms.CharField(
        label=_("Nama jabatan"), max_length=200, widget=forms.TextInput(attrs={"class": "isian"})
    )
    tingkat = forms.ChoiceField(
        label=_("Tingkat"),
        choices=Jabatan.Tingkat.choices,
        help_text=_("Di meja siapa pekerjaan terlihat berada, dan siapa atasan bawaannya."),
        widget=forms.Select(attrs={"class": "isian"}),
    )
    alias = forms.CharField(
        label=_("Sebutan lain"),
        required=False,
        help_text=_(
            "Satu per baris, seperti tertulis pada SOP. Misalnya Sekretaris Dinas, Sekdin."
        ),
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
    )
    atasan = forms.ModelChoiceField(
        Jabatan.objects.none(),
        label=_("Atasan"),
        required=False,
        empty_label=_("menurut tingkat"),
        help_text=_("Yang diberi tahu bila tenggat terlewat."),
        widget=forms.Select(attrs={"class": "isian"}),
    )

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["atasan"].queryset = Jabatan.objects.filter(instansi=instansi)  # type: ignore[attr-defined]  # a ModelChoiceField
        if self.initial.get("tingkat") != Jabatan.Tingkat.PEMBINA:
            pilihan = [p for p in Jabatan.Tingkat.choices if p[0] != Jabatan.Tingkat.PEMBINA]
            self.fields["tingkat"].choices = pilihan  # type: ignore[attr-defined]  # a ChoiceField

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
        widget=forms.TextInput(attrs={"class": "isian", "inputmode": "numeric"}),
    )
    nama = forms.CharField(
        label=_("Nama dengan gelar"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"class": "isian"}),
    )
    surel = forms.EmailField(
        label=_("Surel"), required=False, widget=forms.EmailInput(attrs={"class": "isian"})
    )
    pangkat = forms.CharField(
        label=_("Pangkat"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"class": "isian"}),
    )
    golongan = forms.CharField(
        label=_("Golongan ruang"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "isian"}),
    )

    def clean_nip(self) -> str:
        """The NIP without the blanks in which documents print it."""
        nip = "".join(self.cleaned_data["nip"].split())
        nip_sah(nip)
        return nip


class MasaForm(forms.Form):
    """Kind, dates and basis of an appointment."""

    jenis = forms.ChoiceField(
        label=_("Sebagai"),
        choices=Penugasan.Jenis.choices,
        help_text=_("Plt. mengisi jabatan lowong; Plh. menggantikan yang berhalangan sementara."),
        widget=forms.Select(attrs={"class": "isian"}),
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
    dasar = forms.CharField(
        label=_("Nomor SK atau surat perintah"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "isian"}),
    )
    bersama = forms.BooleanField(
        label=_("Memang dipegang beberapa orang pada masa itu"), required=False
    )


class TetapkanForm(OrangForm, MasaForm):
    """Who gets the post, where, as what, from when until when, on what basis."""

    unit = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label=_("Unit kerja"),
        required=False,
        empty_label=_("semua unit"),
        help_text=_("Untuk jabatan yang ada di tiap unit, misalnya Kepala Bidang."),
        widget=forms.Select(attrs={"class": "isian"}),
    )

    field_order = ["nip", "nama", "surel", "pangkat", "golongan", "jenis", "unit"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = list_unit_terbuka(instansi)  # type: ignore[attr-defined]  # a ModelChoiceField


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
    alasan = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Misalnya pensiun, mutasi, atau kembali bertugas."),
        widget=forms.TextInput(attrs={"class": "isian"}),
    )


def awal_hari(hari: date, zona: ZoneInfo) -> datetime:
    """The moment that day begins at the office."""
    return datetime.combine(hari, time.min, zona)


def akhir_hari(hari: date | None, zona: ZoneInfo) -> datetime | None:
    """The moment after that day's last; None for None."""
    return awal_hari(hari + timedelta(days=1), zona) if hari else None
