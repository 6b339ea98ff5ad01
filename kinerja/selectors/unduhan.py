"""What the pages of kinerja show, as tables to download."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kinerja.models import Indikator
from kinerja.selectors.daerah import Daerah
from kinerja.selectors.gambar import TitikIndikator
from kinerja.selectors.matriks import Matriks
from kinerja.selectors.pohon import Pohon, SimpulProgram, SimpulSasaran
from kinerja.selectors.rekap import Rekap
from kinerja.selectors.teks import format_nilai
from sakip.common.angka import bulatkan
from sakip.common.unduhan import Nilai, Tabel


def list_tabel_rekap(rekap: Rekap) -> list[Tabel]:
    """Every indikator of a triwulan; the sasaran; the trend; who has handed in."""
    indikator = [
        (s.judul, b.kode, b.indikator, b.satuan, b.unit, b.target_teks, b.realisasi_teks,
         b.persen and bulatkan(b.persen, 2), b.kategori, b.alasan, b.penjelasan)
        for s in rekap.sasaran
        for b in s.baris
    ]  # fmt: skip
    sasaran = [
        (s.judul, s.rerata.persen and bulatkan(s.rerata.persen, 2), s.rerata.kategori,
         s.rerata.banyak, s.rerata.semua)
        for s in rekap.sasaran
    ]  # fmt: skip
    tren = [
        (p.nama, r.persen and bulatkan(r.persen, 2), r.banyak, r.banyak + r.tak_terhitung)
        for p, r in rekap.tren
    ]
    dihitung, semua = (_("Indikator dihitung"), 12), (_("Semua indikator"), 12)
    return [
        Tabel(
            _("Indikator"),
            [(_("Sasaran"), 40), (_("Kode"), 10), (_("Indikator"), 48), (_("Satuan"), 12),
             (_("Unit"), 28), (_("Target"), 14), (_("Realisasi"), 14), (_("Capaian (%)"), 12),
             (_("Kategori"), 18), (_("Cara hitung"), 40), (_("Penjelasan"), 48)],
            indikator,
        ),
        Tabel(
            _("Sasaran"),
            [(_("Sasaran"), 60), (_("Rata-rata (%)"), 14), (_("Kategori"), 18), dihitung, semua],
            sasaran,
        ),
        Tabel(
            _("Perkembangan"),
            [(_("Triwulan"), 24), (_("Rata-rata (%)"), 14), dihitung, semua],
            tren,
        ),
        *list_tabel_matriks(rekap.matriks),
    ]  # fmt: skip


def list_tabel_matriks(matriks: Matriks) -> list[Tabel]:
    """Who has handed in what, one row for each unit and triwulan."""
    baris = [
        (b.unit.kode, b.unit.nama, s.periode.nama, s.keadaan,
         s.pada and timezone.localtime(s.pada).date(), s.pengembalian)
        for b in matriks.baris
        for s in b.sel
    ]  # fmt: skip
    kolom = [(_("Kode unit"), 12), (_("Unit kerja"), 36), (_("Triwulan"), 24), (_("Keadaan"), 20),
             (_("Tanggal"), 14), (_("Pengembalian"), 14)]  # fmt: skip
    return [Tabel(_("Pengiriman"), kolom, baris)]


def list_tabel_daerah(daerah: Daerah) -> list[Tabel]:
    """Every office of a government."""
    baris = [
        (b.instansi.kode, b.instansi.nama, b.rerata.persen and bulatkan(b.rerata.persen, 2),
         b.rerata.kategori, b.rerata.banyak, b.rerata.semua, b.kirim, b.verifikasi, b.unit)
        for b in daerah.baris
    ]  # fmt: skip
    kolom = [(_("Kode"), 20), (_("Perangkat daerah"), 44), (_("Capaian (%)"), 12),
             (_("Kategori"), 18), (_("Indikator dihitung"), 12), (_("Semua indikator"), 12),
             (_("Unit mengirim"), 12), (_("Unit terverifikasi"), 12), (_("Semua unit"), 12),
    ]  # fmt: skip
    return [Tabel(_("Perangkat daerah"), kolom, baris)]


def list_tabel_indikator(indikator: Indikator, titik: Sequence[TitikIndikator]) -> list[Tabel]:
    """One indikator over time, and its kamus."""
    riwayat = [
        (t.periode.nama, format_nilai(t.target, indikator), format_nilai(t.realisasi, indikator),
         t.persen and bulatkan(t.persen, 2), t.hasil.alasan if t.hasil else "")
        for t in titik
    ]  # fmt: skip
    kamus = [
        (_("Kode"), indikator.kode),
        (_("Indikator"), indikator.nama),
        (_("Satuan"), indikator.satuan),
        (_("Definisi operasional"), indikator.definisi_operasional),
        (_("Rumus capaian"), indikator.get_rumus_display()),
        (_("Arah"), indikator.get_polaritas_display()),
        (_("Sumber data"), indikator.sumber_data),
        (_("Penanggung jawab"), indikator.unit.nama),
    ]
    kolom = [(_("Triwulan"), 24), (_("Target"), 16), (_("Realisasi"), 16), (_("Capaian (%)"), 12),
             (_("Cara hitung"), 60)]  # fmt: skip
    return [
        Tabel(_("Perkembangan"), kolom, riwayat),
        Tabel(_("Kamus"), [(_("Bagian"), 24), (_("Isi"), 80)], kamus),
    ]


def list_tabel_pohon(pohon: Pohon) -> list[Tabel]:
    """The plan of one year: indikator with their target, and the budget."""
    sasaran = [(t.tujuan, s) for t in pohon.tujuan for s in t.sasaran]
    rencana = [
        (tujuan.kode, tujuan.uraian, s.sasaran.kode, s.sasaran.uraian, i.indikator.kode,
         i.indikator.nama, i.indikator.satuan, format_nilai(i.target, i.indikator),
         i.indikator.unit.nama, "; ".join(i.celah))
        for tujuan, s in sasaran
        for i in s.indikator
    ]  # fmt: skip
    kolom = [(_("Kode tujuan"), 10), (_("Tujuan"), 40), (_("Kode sasaran"), 10), (_("Sasaran"), 40),
             (_("Kode indikator"), 10), (_("Indikator"), 48), (_("Satuan"), 12),
             (_("Target %(tahun)d") % {"tahun": pohon.tahun}, 14), (_("Penanggung jawab"), 28),
             (_("Celah"), 40)]  # fmt: skip
    anggaran = [
        baris
        for s in (*(s for _t, s in sasaran), None)
        for p in (s.program if s else pohon.lepas)
        for baris in _list_program(p, s)
    ]
    kolom_anggaran = [(_("Kode"), 20), (_("Jenis"), 14), (_("Nama"), 60), (_("Sasaran"), 40),
                      (_("Penanggung jawab"), 28), (_("Pagu (Rp)"), 20), (_("Realisasi (Rp)"), 20),
    ]  # fmt: skip
    return [
        Tabel(_("Rencana"), kolom, rencana),
        Tabel(_("Program dan anggaran"), kolom_anggaran, anggaran),
    ]


def _list_program(simpul: SimpulProgram, s: SimpulSasaran | None) -> Iterator[Sequence[Nilai]]:
    """A row of the budget, then those below it."""
    p = simpul.program
    yield (
        p.kode,
        p.get_jenis_display(),
        p.nama,
        f"{s.sasaran.kode} {s.sasaran.uraian}" if s else "",
        p.unit.nama if p.unit else "",
        p.pagu,
        simpul.realisasi,
    )
    for anak in simpul.anak:
        yield from _list_program(anak, s)
