"""Blocks of capaian: all sasaran at a glance, one sasaran, the measurement of the whole year."""

from collections.abc import Sequence
from decimal import Decimal

from kinerja.rules.periode import TRIWULAN
from kinerja.selectors.tabel import BarisTabel, TabelCapaian
from kinerja.selectors.teks import format_nilai
from laporan.rules.blok import PENGUKURAN, RINGKASAN, SASARAN
from laporan.selectors.blok.bahan import KOSONG, Bahan
from laporan.selectors.blok.bentuk import Batangan, Bentuk, BlokData, Kolom, Tabel, Teks

SERATUS = Decimal(100)
TANPA_CAPAIAN = "Belum ada capaian yang dikirim oleh bidang untuk periode ini."


def count_tercapai(baris: Sequence[BarisTabel]) -> int:
    """How many reached 100 or more; a missing percentage is not among them."""
    return sum(b.persen is not None and b.persen >= SERATUS for b in baris)


def build_ringkasan(bahan: Bahan) -> list[BlokData]:
    """One row per sasaran, and the same as bars."""
    semua = bahan.baris
    if not semua:
        return [BlokData(RINGKASAN, (Teks(TANPA_CAPAIAN, is_kosong=True),))]
    kolom = (
        Kolom("No", 7),
        Kolom("Sasaran"),
        Kolom("Indikator", 12, is_angka=True),
        Kolom("Mencapai 100%", 15, is_angka=True),
        Kolom("Tidak terhitung", 15, is_angka=True),
        Kolom("Rata-rata capaian", 15, is_angka=True),
    )
    baris = [
        (
            str(n),
            t.judul,
            str(len(t.baris)),
            str(count_tercapai(t.baris)),
            str(t.tak_terhitung),
            t.rerata_teks,
        )
        for n, t in enumerate(bahan.tabel, 1)
    ]
    hilang = sum(t.tak_terhitung for t in bahan.tabel)
    jumlah = ("", "Jumlah", str(len(semua)), str(count_tercapai(semua)), str(hilang), "")
    isi: list[Bentuk] = [
        Tabel("Capaian kinerja menurut sasaran", kolom, (*baris, jumlah), tebal=(len(baris),))
    ]
    if any(t.rerata is not None for t in bahan.tabel):
        isi.append(_draw_sasaran(bahan.tabel))
    return [BlokData(RINGKASAN, tuple(isi))]


def _draw_sasaran(tabel: Sequence[TabelCapaian]) -> Batangan:
    return Batangan(
        "Rata-rata capaian tiap sasaran terhadap 100",
        tuple(
            (t.judul, t.rerata, t.rerata_teks if t.rerata is not None else "belum ada", "")
            for t in tabel
        ),
        SERATUS,
    )


def build_sasaran(bahan: Bahan) -> list[BlokData]:
    """For each sasaran its indikator with target, realisasi and capaian, and the same as bars."""
    return [BlokData(SASARAN, _tell_sasaran(t), t.sasaran_id) for t in bahan.tabel]


def _tell_sasaran(tabel: TabelCapaian) -> tuple[Bentuk, ...]:
    kolom = (
        Kolom("No", 7),
        Kolom("Indikator"),
        Kolom("Satuan", 13),
        Kolom("Target", 12, is_angka=True),
        Kolom("Realisasi", 12, is_angka=True),
        Kolom("Capaian", 12, is_angka=True),
        Kolom("Kategori", 15),
    )
    baris = [_write(b) for b in tabel.baris]
    tebal: tuple[int, ...] = ()
    if tabel.rerata is not None:
        baris.append(("", f"Rata-rata {tabel.banyak} indikator", "", "", "", tabel.rerata_teks, ""))
        tebal = (len(baris) - 1,)
    catatan: tuple[str, ...] = ()
    if tabel.tak_terhitung:
        catatan = (f"{tabel.tak_terhitung} indikator tidak terhitung pada rata-rata.",)
    isi: list[Bentuk] = [
        Tabel(f"Capaian kinerja {tabel.judul}", kolom, tuple(baris), tebal, catatan)
    ]
    if any(b.persen is not None for b in tabel.baris):
        isi.append(_draw_indikator(tabel))
    return tuple(isi)


def _write(b: BarisTabel) -> tuple[str, ...]:
    return (
        str(b.nomor),
        b.indikator,
        b.satuan,
        b.target_teks,
        b.realisasi_teks,
        b.capaian_teks,
        b.kategori,
    )


def _draw_indikator(tabel: TabelCapaian) -> Batangan:
    batang = tuple(
        (
            f"{b.nomor}. {b.indikator}",
            b.persen,
            b.capaian_teks if b.persen is not None else "belum ada",
            b.kategori_warna if b.persen is not None else "",
        )
        for b in tabel.baris
    )
    return Batangan(f"Capaian indikator {tabel.judul} terhadap 100", batang, SERATUS)


def build_pengukuran(bahan: Bahan) -> list[BlokData]:
    """Every indikator with the value of each triwulan: the form Pengukuran Kinerja."""
    if not bahan.baris:
        return [BlokData(PENGUKURAN, (Teks(TANPA_CAPAIAN, is_kosong=True),))]
    kolom = (
        Kolom("No", 4),
        Kolom("Sasaran", 14),
        Kolom("Indikator", 17),
        Kolom("Satuan", 8),
        *(Kolom(f"TW {'I II III IV'.split()[t - 1]}", 6, is_angka=True) for t in TRIWULAN),  # noqa: SIM905 - reads as a list
        Kolom("Target", 7, is_angka=True),
        Kolom("Realisasi", 9, is_angka=True),
        Kolom("Capaian", 9, is_angka=True),
        Kolom("Kategori"),
    )
    baris: list[tuple[str, ...]] = []
    for t in bahan.tabel:
        for n, b in enumerate(t.baris):
            sasaran = t.judul if n == 0 else "sda."
            tw = (_realisasi(bahan, b.indikator_id, triwulan) for triwulan in TRIWULAN)
            akhir = (b.target_teks, b.realisasi_teks, b.capaian_teks, b.kategori)
            baris.append((str(b.nomor), sasaran, b.indikator, b.satuan, *tw, *akhir))
    judul = f"Pengukuran kinerja tahun {bahan.tahun}"
    return [BlokData(PENGUKURAN, (Tabel(judul, kolom, tuple(baris), kepala=2),))]


def _realisasi(bahan: Bahan, indikator_id: int, triwulan: int) -> str:
    c = bahan.setahun.get((indikator_id, triwulan))
    return (format_nilai(c.realisasi, c) if c else "") or KOSONG
