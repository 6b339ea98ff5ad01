"""Bab III B: money of every program and kegiatan, and how efficient each sasaran was."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kinerja.models import Program, RealisasiAnggaran
from kinerja.selectors.anggaran import AnggaranSasaran, Uang, reckon_efisiensi, sum_uang
from laporan.rules.blok import ANGGARAN
from laporan.selectors.blok.bahan import Bahan
from laporan.selectors.blok.bentuk import Bentuk, BlokData, Kolom, Tabel, Teks

_UANG = (
    Kolom("Pagu (Rp)", 19, is_angka=True),
    Kolom("Realisasi (Rp)", 19, is_angka=True),
    Kolom("Serapan", 12, is_angka=True),
)


def build_anggaran(bahan: Bahan) -> list[BlokData]:
    """Programs with their kegiatan, then the efficiency of each sasaran. Two queries."""
    program = list(
        Program.objects.filter(instansi=bahan.draf.instansi_id, tahun=bahan.tahun)
        .exclude(jenis=Program.Jenis.SUBKEGIATAN)
        .order_by("kode")
    )
    if not program:
        kosong = Teks("Belum ada program dan anggaran pada rencana tahun ini.", is_kosong=True)
        return [BlokData(ANGGARAN, (kosong,))]
    belanja = dict(
        RealisasiAnggaran.objects.filter(
            program__in=program, triwulan=bahan.laporan.periode.triwulan
        ).values_list("program", "nilai")
    )
    isi: list[Bentuk] = [_list_program(bahan, program, belanja), _list_efisiensi(bahan)]
    return [BlokData(ANGGARAN, tuple(isi))]


def _list_program(bahan: Bahan, program: Sequence[Program], belanja: dict[int, Decimal]) -> Tabel:
    kolom = (Kolom("Kode", 15), Kolom("Program dan kegiatan"), *_UANG)
    uang = [Uang(p.pagu, belanja.get(p.pk)) for p in program]
    baris = [
        (p.kode, p.nama, u.pagu_teks, u.belanja_teks, u.serapan_teks)
        for p, u in zip(program, uang, strict=True)
    ]
    tebal = [n for n, p in enumerate(program) if p.jenis == Program.Jenis.PROGRAM]
    jumlah = sum_semua(bahan.laporan.anggaran.values())
    baris.append(("", "Jumlah", jumlah.pagu_teks, jumlah.belanja_teks, jumlah.serapan_teks))
    judul = f"Realisasi anggaran tahun {bahan.tahun}"
    return Tabel(judul, kolom, tuple(baris), (*tebal, len(baris) - 1))


def sum_semua(anggaran: Iterable[AnggaranSasaran]) -> Uang:
    """Money of every program; missing as soon as one of them is."""
    return sum_uang([p for a in anggaran for p in a.program])


def _list_efisiensi(bahan: Bahan) -> Tabel:
    kolom = (
        Kolom("Sasaran"),
        Kolom("Capaian", 14, is_angka=True),
        Kolom("Serapan", 14, is_angka=True),
        Kolom("Selisih", 12, is_angka=True),
        Kolom("Simpulan", 22),
    )
    baris = []
    for t in bahan.tabel:
        anggaran = bahan.laporan.anggaran.get(t.sasaran_id)
        utuh = t.rerata if not t.tak_terhitung else None
        hasil = reckon_efisiensi(utuh, anggaran.uang if anggaran else None)
        serapan = anggaran.uang.serapan_teks if anggaran else "–"
        baris.append((t.judul, t.rerata_teks, serapan, hasil.selisih_teks, hasil.selisih.sebutan))
    catatan = ("Selisih ialah capaian dikurangi serapan anggaran, dalam poin persen.",)
    return Tabel(
        "Efisiensi penggunaan sumber daya menurut sasaran", kolom, tuple(baris), (), catatan, 0
    )
