"""Forms about an SOP as a whole: beginning, identity page, actor columns, publishing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from organisasi.models import Jabatan
from sop.forms.langkah import BarisField, _pilih, _teks
from sop.models import SOP, VersiSOP
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.selectors.contoh import Contoh

_KOLOM = (
    "no",
    "kegiatan",
    "pelaksana",
    "mutu_baku",
    "kelengkapan",
    "waktu",
    "output",
    "keterangan",
)
_DAFTAR = (
    "kop",
    "dasar_hukum",
    "kualifikasi",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
)
_TEKS = (
    "nama_sop",
    "nomor_sop",
    "tanggal_pembuatan_teks",
    "tanggal_revisi_teks",
    "tanggal_efektif_teks",
    "tanggal_pengesahan_teks",
    "disahkan_jabatan",
    "disahkan_nama",
    "disahkan_pangkat",
    "disahkan_nip",
    "judul_uraian",
)


class SOPBaruForm(forms.Form):
    """What an SOP begins with."""

    nama = _teks(
        _("Nama SOP"),
        maks=250,
        required=True,
        help_text=_("Seperti pada naskah, misalnya SOP Penyusunan Perjanjian Kinerja."),
        error_messages={"required": _("Isi nama SOP seperti pada naskah.")},
    )
    unit_pemilik = _teks(
        _("Unit pemilik"), maks=250, help_text=_("Unit kerja yang namanya tercetak pada naskah.")
    )
    sumber = _pilih(_("Mulai dari"))
    menghasilkan = forms.ChoiceField(
        label=_("Dokumen yang dihasilkan"),
        required=False,
        choices=[("", _("Seperti SOP sumbernya")), *SOP.Menghasilkan.choices],
        widget=forms.Select(attrs={"class": "isian"}),
        help_text=_("SOP kosong menghasilkan Laporan Kinerja bila tidak dipilih."),
    )

    def __init__(
        self,
        *args: Any,
        contoh: Sequence[Contoh] = (),
        milik: Sequence[VersiSOP] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        pilihan: list[Any] = [("", _t("SOP kosong"))]
        if milik:
            sendiri = [(f"versi-{v.pk}", f"{v.sop.nama}, {_t('versi')} {v.nomor}") for v in milik]
            pilihan.append((_t("Salin SOP instansi ini"), sendiri))
        self.dipakai = {v.sop.nama.casefold() for v in milik}
        luar = [(f"contoh-{c.kode}", f"{c.nama}, {c.asal}") for c in contoh]
        pilihan.append((_t("Salin contoh dari instansi lain"), luar))
        self.fields["sumber"].choices = pilihan  # type: ignore[attr-defined]  # a ChoiceField

    def clean_nama(self) -> str:
        """One name, one SOP: the next state of one is a version of it."""
        nama = str(self.cleaned_data["nama"])
        if nama.casefold() in self.dipakai:
            raise forms.ValidationError(
                _("SOP dengan nama ini sudah ada. Buat versi barunya dari halaman Templat SOP.")
            )
        return nama


def _tanggal(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy text
    return _teks(label, maks=60, help_text=_("Seperti tertulis, misalnya 9 Februari 2023."))


class IdentitasForm(forms.Form):
    """The identity page, in the order of the paper form."""

    nama = _teks(
        _("Nama dalam katalog"), maks=250, required=True, help_text=_("Tampil pada daftar SOP.")
    )
    unit_pemilik = _teks(_("Unit pemilik"), maks=250)
    menghasilkan = forms.ChoiceField(
        label=_("Dokumen yang dihasilkan"),
        required=False,
        choices=SOP.Menghasilkan.choices,
        widget=forms.Select(attrs={"class": "isian"}),
        help_text=_("Dokumen yang jadi bila SOP ini dijalankan sampai selesai."),
    )
    kop = BarisField(label=_("Kop"), help_text=_("Kepala naskah, satu baris per baris."))
    nama_sop = _teks(_("Nama SOP"), maks=250, help_text=_("Seperti tercetak pada naskah."))
    nomor_sop = _teks(_("Nomor SOP"), maks=120, help_text=_("Boleh diisi saat menerbitkan."))
    tanggal_pembuatan_teks = _tanggal(_("Tanggal pembuatan"))
    tanggal_revisi_teks = _tanggal(_("Tanggal revisi"))
    tanggal_efektif_teks = _tanggal(_("Tanggal efektif"))
    tanggal_pengesahan_teks = _tanggal(_("Tanggal pengesahan"))
    disahkan_jabatan = _teks(_("Disahkan oleh, jabatan"), maks=250)
    disahkan_nama = _teks(_("Nama"), maks=150, help_text=_("Dengan gelar."))
    disahkan_pangkat = _teks(_("Pangkat"), maks=80)
    disahkan_nip = _teks(_("NIP"), maks=40)
    dasar_hukum = BarisField(
        label=_("Dasar hukum"), baris=5, help_text=_("Satu peraturan per baris.")
    )
    kualifikasi = BarisField(
        label=_("Kualifikasi pelaksana"), baris=5, help_text=_("Yang harus dikuasai pelaksana.")
    )
    keterkaitan = BarisField(label=_("Keterkaitan"), help_text=_("SOP lain yang terkait."))
    peralatan = BarisField(
        label=_("Peralatan/perlengkapan"), help_text=_("Yang dipakai mengerjakan.")
    )
    peringatan = BarisField(
        label=_("Peringatan"), help_text=_("Akibat bila SOP tidak dilaksanakan.")
    )
    pencatatan = BarisField(
        label=_("Pencatatan dan pendataan"), help_text=_("Apa yang dicatat dan disimpan.")
    )
    judul_uraian = _teks(_("Judul tabel uraian"), maks=250)
    versi = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama in _KOLOM:
            judul = nama.replace("_", " ").capitalize()
            self.fields[f"judul_kolom_{nama}"] = _teks(judul, maks=80)

    def list_judul_kolom(self) -> list[forms.BoundField]:
        """Fields of the headings."""
        return [self[f"judul_kolom_{nama}"] for nama in _KOLOM]

    def read_isian(self) -> dict[str, Any]:
        """Fields of `Identitas`. Only after `is_valid`."""
        data = self.cleaned_data
        judul = {n: data[f"judul_kolom_{n}"] for n in _KOLOM if data[f"judul_kolom_{n}"]}
        return {nama: data[nama] for nama in (*_TEKS, *_DAFTAR)} | {"judul_kolom": judul}

    def read_katalog(self) -> dict[str, str]:
        """Name and unit in the catalogue."""
        isi = {nama: self.cleaned_data[nama] for nama in ("nama", "unit_pemilik", "menghasilkan")}
        return {nama: nilai for nama, nilai in isi.items() if nilai or nama != "menghasilkan"}


def awal_identitas(versi: VersiSOP, identitas: Identitas, sidik: str) -> dict[str, Any]:
    """Initial values of the identity form."""
    judul = {f"judul_kolom_{n}": identitas.judul_kolom.get(n, "") for n in _KOLOM}
    return {
        "nama": versi.sop.nama,
        "unit_pemilik": versi.sop.unit_pemilik,
        "menghasilkan": versi.sop.menghasilkan,
        "versi": sidik,
        **{nama: getattr(identitas, nama) for nama in (*_TEKS, *_DAFTAR)},
        **judul,
    }


class KolomForm(forms.Form):
    """One actor column of the printed form."""

    urut = forms.IntegerField(
        label=_("Urutan"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "isian", "inputmode": "numeric"}),
    )
    judul = _teks(_("Judul tercetak"), maks=200)
    jabatan = forms.MultipleChoiceField(
        label=_("Jabatan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tercetak = forms.BooleanField(label=_("Tercetak pada naskah"), required=False)

    def __init__(self, *args: Any, jabatan: Sequence[Jabatan] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jabatan"].choices = [(j.kode, j.nama) for j in jabatan]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A column that is named stands for a post."""
        data = super().clean() or {}
        if data.get("judul") and not data.get("jabatan"):
            self.add_error("jabatan", _("Pilih jabatan yang bekerja pada kolom ini."))
        return data

    def read_kolom(self) -> KolomPelaksana | None:
        """The column, None for one left empty."""
        data = self.cleaned_data
        if not data.get("judul"):
            return None
        return KolomPelaksana(data["judul"], tuple(data["jabatan"]), data["tercetak"])


class PengesahanForm(forms.Form):
    """The official act of publishing."""

    nomor_sop = _teks(_("Nomor SOP"), maks=120, required=True)
    tanggal = forms.DateField(
        label=_("Tanggal pengesahan"),
        widget=forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d"),
    )
    mulai = forms.DateField(
        label=_("Berlaku dari tanggal"),
        help_text=_("Laporan baru memakai versi ini sejak tanggal itu."),
        widget=forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d"),
    )
    jabatan = _teks(_("Disahkan oleh, jabatan"), maks=250, required=True)
    nama = _teks(_("Nama"), maks=150, required=True)
    pangkat = _teks(_("Pangkat"), maks=80)
    nip = _teks(_("NIP"), maks=40)
    versi = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nomor_berikut: str = "", **kwargs: Any) -> None:
        """nomor_berikut: what the office's register would give now; "" where there is none."""
        super().__init__(*args, **kwargs)
        if nomor_berikut:
            ruas = self.fields["nomor_sop"]
            ruas.required = ruas.widget.is_required = False
            ruas.help_text = _t(
                "Kosongkan agar diambil dari register SOP; berikutnya %(nomor)s. "
                "Isi hanya bila naskahnya sudah bernomor."
            ) % {"nomor": nomor_berikut}


class CabutForm(forms.Form):
    """Why a version is taken out of force."""

    alasan = _teks(
        _("Alasan pencabutan"),
        maks=2000,
        baris=3,
        required=True,
        help_text=_("Tampil pada riwayat versi."),
    )
