"""An assessment of an SOP as a workbook: the rows of its form, with where the figures are from."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from laporan.models import ButirPenilaian, PenilaianSOP
from sakip.common.lembar_tulis import Gaya, add_lembar, new_buku, to_bytes, tulis, tulis_judul
from sakip.common.waktu import tanggal_angka

NAMA_LEMBAR = "Penilaian"
# Not translated: Django's own catalogue knows the English "No" and makes it "Tidak".
NOMOR = "No"
_LEBAR = (18, 60, 26, 50, 40, 40)


def list_kepala(penilaian: PenilaianSOP) -> list[tuple[str, str]]:
    """What the form is about, as pairs for its head."""
    versi, instansi = penilaian.versi, penilaian.versi.sop.instansi
    zona = instansi.zona_waktu
    pada = penilaian.angka_pada.astimezone(zona).date()
    return [
        (_("Instansi"), instansi.nama),
        (_("SOP"), versi.sop.nama),
        (_("Nomor SOP"), versi.nomor_sop or "–"),
        (_("Versi"), str(versi.nomor)),
        (_("Periode"), penilaian.rentang.nama),
        (_("Ringkasan data"), penilaian.ringkasan),
        (_("Angka dibaca"), tanggal_angka(pada)),
        (_("Keadaan"), say_keadaan(penilaian)),
    ]


def say_keadaan(penilaian: PenilaianSOP) -> str:
    """Settled by whom and when, or that it is still being filled in."""
    if penilaian.final_pada is None:
        return _("Sedang diisi, belum ditetapkan")
    hari = penilaian.final_pada.astimezone(penilaian.versi.sop.instansi.zona_waktu).date()
    return _("Ditetapkan oleh %(nama)s (%(sebutan)s), %(hari)s") % {
        "nama": penilaian.penilai_nama,
        "sebutan": penilaian.penilai_sebutan,
        "hari": tanggal_angka(hari),
    }


def list_judul(penilaian: PenilaianSOP) -> list[str]:
    """Heads of the columns, as on paper."""
    if penilaian.is_monitoring:
        return [
            NOMOR,
            _("Prosedur"),
            _("Penilaian terhadap penerapan"),
            _("Dasar dari data"),
            _("Catatan hasil penilaian"),
            _("Tindakan yang harus diambil"),
        ]
    return [NOMOR, _("Pernyataan"), _("Jawaban"), _("Dasar dari data"), _("Alasan")]


def build_lembar(penilaian: PenilaianSOP, butir: Sequence[ButirPenilaian]) -> bytes:
    """The workbook. No query."""
    buku = new_buku(judul=str(penilaian))
    lembar = add_lembar(buku, NAMA_LEMBAR, lebar=_LEBAR)
    baris = 0
    for baris, (nama, isi) in enumerate(list_kepala(penilaian), start=1):
        tulis(lembar, baris, 1, nama, gaya=Gaya.LABEL)
        tulis(lembar, baris, 2, isi)
    judul = list_judul(penilaian)
    tulis_judul(lembar, baris + 2, judul)
    for n, b in enumerate(butir, start=baris + 3):
        isi_baris = (b.urut, b.pernyataan, b.kata, b.dasar, b.catatan, b.tindakan)
        for kolom, nilai in enumerate(isi_baris[: len(judul)], start=1):
            tulis(lembar, n, kolom, nilai)
    return to_bytes(buku)
