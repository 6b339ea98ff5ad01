"""Internal gallery: every component of the interface on one page, with invented examples.

For people who build or check the product, so only staff may open it; accessibility checks and
screenshots run on it. People, offices and figures are invented.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from laporan.forms.draf import PutusanForm
from sakip.common.waktu import Keadaan, Tempo

_ISIAN = {"class": "isian"}


class ContohForm(forms.Form):
    """Each kind of control, with and without a hint."""

    nama = forms.CharField(label=_("Nama indikator"), widget=forms.TextInput(attrs=_ISIAN))
    periode = forms.ChoiceField(
        label=_("Periode"),
        choices=[("1", _("Triwulan I")), ("2", _("Triwulan II"))],
        widget=forms.Select(attrs=_ISIAN),
    )
    tanggal = forms.DateField(
        label=_("Tanggal rapat"), widget=forms.DateInput(attrs={**_ISIAN, "type": "date"})
    )
    uraian = forms.CharField(
        label=_("Uraian"),
        help_text=_("Tuliskan sumber datanya."),
        widget=forms.Textarea(attrs=_ISIAN),
    )


def _tempo() -> list[Tempo]:
    return [
        Tempo(Keadaan.BIASA, "Sisa 3 hari kerja", 4, "Waktu baku 3 hari"),
        Tempo(Keadaan.SEGERA, "Sisa 4 jam 30 menit", 80, "Waktu baku 3 hari"),
        Tempo(Keadaan.LEWAT, "Lewat 1 jam 5 menit", 100, "Waktu baku 30 menit"),
        Tempo(Keadaan.BERES, "18 dari 21 tepat waktu", 86, "Januari sampai Oktober 2026"),
        Tempo(Keadaan.TANPA, "Tanpa batas waktu", 0, "Tanpa waktu baku"),
    ]


def _lajur() -> list[SimpleNamespace]:
    langkah = [
        ("Kepala Dinas", "Beri disposisi", "6 menit", "lalu", 0),
        ("Sekretaris", "Fasilitasi rapat", "8 menit", "lalu", 0),
        ("Sekretaris", "Beri disposisi", "22 menit", "lalu", 0),
        ("Perencana", "Susun konsep laporan", "1 hari 3 jam", "lalu", 0),
        ("Staf", "Isi capaian kinerja", "4 jam", "lalu", 0),
        ("Perencana", "Koreksi draf laporan", "3 hari kerja", "lalu", 1),
        ("Sekretaris", "Koreksi draf laporan", "Sisa 4 jam 30 menit", "kini", 0),
        ("Kepala Dinas", "Tandatangani laporan", "baku 1 hari", "nanti", 0),
    ]
    nama = ("pelaksana", "kerja", "waktu", "keadaan", "kembali")
    return [
        SimpleNamespace(nomor=n, **dict(zip(nama, isi, strict=True)))
        for n, isi in enumerate(langkah, 1)
    ]


_BARIS: dict[str, Any] = {
    "satuan": "persen",
    "arah": "naik",
    "arah_kata": "makin tinggi makin baik",
    "rumus": "realisasi ÷ target × 100, rumus per_target",
    "definisi": "Pasien yang sembuh dibagi pasien yang diobati.",
    "alasan": "",
    "bukti": [],
    "penjelasan": "",
    "galat": {},
    "ingat": "",
    "kembali": False,
    "versi": 1,
    "simpan_url": "",
    "unggah_url": "",
}


# Reached, sent back, falling, a word for a figure.
_ISI_BARIS: list[dict[str, Any]] = [
    {
        "indikator": "Keberhasilan pengobatan TB",
        "target": "90",
        "realisasi_teks": "88,7",
        "capaian_teks": "98,56%",
        "kategori": "Sangat Tinggi",
        "kategori_warna": "daun",
        "alasan": "88,7 ÷ 90 × 100 = 98,56%.",
        "bukti": [{"nama": "SITB-TW3.pdf", "url": "#kisi", "hapus_url": "#kisi"}],
        "penjelasan": "Pendampingan minum obat di 27 puskesmas.",
    },
    {
        "indikator": "Imunisasi dasar lengkap",
        "target": "95",
        "realisasi_teks": "71,4",
        "capaian_teks": "75,16%",
        "kategori": "Sedang",
        "kategori_warna": "kunyit",
        "ingat": "Capaian di bawah 76%, penjelasan wajib diisi.",
        "galat": {"penjelasan": "Sebutkan penyebab dan RTL."},
        "kembali": True,
    },
    {
        "indikator": "Angka kesakitan DBD",
        "satuan": "per 100.000 penduduk",
        "arah": "turun",
        "arah_kata": "makin rendah makin baik",
        "rumus": "(2 × target – realisasi) ÷ target × 100, rumus cermin",
        "target": "45",
        "target_teks": "≤ 45",
        "realisasi_teks": "38,2",
        "capaian_teks": "115,11%",
        "kategori": "Sangat Tinggi",
        "kategori_warna": "daun",
    },
    {
        "indikator": "Penderita DBD ditangani sesuai standar",
        "target": "100",
        "realisasi_teks": "sembilan",
        "capaian_teks": "",
        "kategori": "",
        "kategori_warna": "",
        "galat": {"realisasi": "Isi dengan angka, contoh 91,4."},
    },
]


def _kelompok() -> list[SimpleNamespace]:
    baris = [
        SimpleNamespace(**{**_BARIS, "target_teks": b["target"], "pk": n, "nomor": n, **b})
        for n, b in enumerate(_ISI_BARIS, 1)
    ]
    judul = "Sasaran 2. Menurunnya angka kesakitan penyakit menular"
    return [SimpleNamespace(judul=judul, baris=baris)]


def _dialog() -> dict[str, Any]:
    """What the two dialogs of a decision need; the same templates as on the page of a turn."""
    langkah = SimpleNamespace(
        nomor=6, kegiatan="Mengoreksi draf laporan kinerja", waktu_teks="4 hari"
    )
    orang = SimpleNamespace(
        pengguna=SimpleNamespace(nama="Siti Maimunah"), sebutan="Fungsional Perencana"
    )
    penerima = SimpleNamespace(langkah=langkah, orang=[orang], nama="Fungsional Perencana")
    return {
        "draf": SimpleNamespace(judul="Laporan Kinerja Triwulan III Tahun 2026", naskah_urut=4),
        "versi": SimpleNamespace(nomor=4),
        "kunci": "contoh",
        "putusan": PutusanForm(unit=[(1, "Bidang P2P"), (2, "Sekretariat")]),
        "penerima": penerima,
        "penerima_balik": penerima,
    }


@require_safe
def view_galeri(request: HttpRequest) -> HttpResponse:
    """The gallery; whoever is not staff, and a real site, has no such page."""
    if not (settings.GALERI and getattr(request.user, "is_staff", False)):
        raise Http404
    context = {
        "tempo": _tempo(),
        "lajur": _lajur(),
        "kelompok": _kelompok(),
        "form": ContohForm(),
        "form_galat": ContohForm({"nama": "TB", "periode": "9"}, auto_id="galat_%s"),
        "runtut": [
            {"judul": "Ditandatangani", "teks": "Kepala Dinas", "waktu": "12 Okt pukul 14.21"},
            {
                "judul": "Dikembalikan",
                "teks": "Sekretaris Dinas: samakan angka TB dengan lampiran.",
                "waktu": "2 Okt pukul 13.05",
                "balik": True,
            },
        ],
        "rincian": [
            {"nama": "Nomor", "nilai": "000.8.6/1184/416-102/2026"},
            {"nama": "Sidik dokumen", "nilai": "3f9c1a70b2d488e1", "kode": True},
        ],
        "efek": SimpleNamespace(status="selesai", get_jenis_display="Pembekuan PDF"),
        "tahap": ["Baca", "Pastikan", "Tanda tangan"],
        "isian": [{"nama": "catatan", "nilai": "Samakan angka TB\ndengan lampiran SITB."}],
        "sidik": "3f9c1a70b2d488e16c05" + "0" * 44,
        "naskah": "<p>Keberhasilan pengobatan TB mencapai <strong>88,7 persen</strong>.</p>",
        **_dialog(),
    }
    return render(request, "galeri/index.html", context)
