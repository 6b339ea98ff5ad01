"""What the pages of kinerja show, as tables to download."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kinerja.models import Indikator
from kinerja.rules.nilai import ANGKA
from kinerja.selectors.daerah import Daerah
from kinerja.selectors.gambar import TitikIndikator
from kinerja.selectors.matriks import Matriks
from kinerja.selectors.pohon import Pohon, SimpulProgram, SimpulSasaran
from kinerja.selectors.rekap import Rekap
from kinerja.selectors.tabel import BarisTabel
from kinerja.selectors.teks import Bernilai, format_nilai
from sakip.common.angka import bulatkan
from sakip.common.unduhan import Nilai, Tabel


def list_tabel_rekap(rekap: Rekap) -> list[Tabel]:
    """Every indikator of a triwulan; the sasaran; the trend; who has handed in."""
    indikator = [
        (s.judul, b.kode, b.indikator, b.satuan, b.unit, *_list_nilai(b), round_persen(b.persen),
         b.kategori, _keadaan(is_terverifikasi=b.terverifikasi), b.alasan, b.penjelasan)
        for s in rekap.sasaran
        for b in s.baris
    ]  # fmt: skip
    sasaran = [
        (s.judul, round_persen(s.rerata.persen), s.rerata.kategori, s.rerata.banyak, s.rerata.semua,
         _keadaan(is_terverifikasi=not s.rerata.catatan))
        for s in rekap.sasaran
    ]  # fmt: skip
    tren = [
        (t.periode.nama, round_persen(t.persen), t.ringkasan.banyak, t.ringkasan.semua, t.keadaan)
        for t in rekap.tren
    ]  # fmt: skip
    dihitung, semua = (_("Indikator dihitung"), 12), (_("Semua indikator"), 12)
    keadaan = (_("Keadaan"), 24)
    return [
        Tabel(
            _("Indikator"),
            [(_("Sasaran"), 40), (_("Kode"), 10), (_("Indikator"), 48), (_("Satuan"), 12),
             (_("Unit"), 28), (_("Target"), 14), (_("Batas atas target"), 14), (_("Realisasi"), 14),
             (_("Capaian (%)"), 12), (_("Kategori"), 18), keadaan, (_("Cara hitung"), 40),
             (_("Penjelasan"), 48)],
            indikator,
        ),
        Tabel(
            _("Sasaran"),
            [(_("Sasaran"), 60), (_("Rata-rata (%)"), 14), (_("Kategori"), 18), dihitung, semua,
             keadaan],
            sasaran,
        ),
        Tabel(
            _("Perkembangan"),
            [(_("Triwulan"), 24), (_("Rata-rata (%)"), 14), dihitung, semua, keadaan],
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
        (b.instansi.kode, b.instansi.nama, round_persen(b.rerata.persen),
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
        (t.periode.nama, *_list_titik(t, indikator), round_persen(t.persen),
         t.keadaan, t.hasil.alasan if t.hasil else "")
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
             (_("Keadaan"), 24), (_("Cara hitung"), 60)]  # fmt: skip
    return [
        Tabel(_("Perkembangan"), kolom, riwayat),
        Tabel(_("Kamus"), [(_("Bagian"), 24), (_("Isi"), 80)], kamus),
    ]


def list_tabel_pohon(pohon: Pohon) -> list[Tabel]:
    """The plan of one year: indikator with their target, and the budget."""
    sasaran = [(t.tujuan, s) for t in pohon.tujuan for s in t.sasaran]
    rencana = [
        (tujuan.kode, tujuan.uraian, s.sasaran.kode, s.sasaran.uraian, i.indikator.kode,
         i.indikator.nama, i.indikator.satuan,
         i.target.uraian or make_sel(i.target.nilai, i.indikator),
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


def _list_nilai(b: BarisTabel) -> tuple[Nilai, Nilai, Nilai]:
    """Target, upper bound of a target that is a range, and realisasi: figures, else words."""
    if b.is_angka:
        return b.target, b.target_atas, b.realisasi
    return b.target_teks, None, b.realisasi_teks


def _list_titik(t: TitikIndikator, indikator: Indikator) -> tuple[Nilai, Nilai]:
    if indikator.jenis_nilai in ANGKA:
        return t.target, t.realisasi
    target, realisasi = ("" if n == "–" else n for n in (t.target_teks, t.realisasi_teks))
    return target, realisasi


def make_sel(nilai: Decimal | None, indikator: Bernilai) -> Nilai:
    """A figure as a figure, so that a file has one decimal mark; a level or a date in words."""
    return nilai if indikator.jenis_nilai in ANGKA else format_nilai(nilai, indikator)


def round_persen(persen: Decimal | None) -> Decimal | None:
    """A percentage as pages show it; None stays missing, zero stays zero."""
    return None if persen is None else bulatkan(persen, 2)


def _keadaan(*, is_terverifikasi: bool) -> str:
    return _("Diverifikasi") if is_terverifikasi else _("Belum diverifikasi")


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
