"""Figures and categories as both the form and the report print them."""

from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten
from typing import Protocol

from kinerja.models import Capaian, Indikator
from kinerja.rules.capaian import Aturan, Hasil, Polaritas, Rumus
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan, find_kategori
from kinerja.rules.nilai import ANGKA, JenisNilai, read_tingkat, write_nilai
from kinerja.rules.tanggal import list_tanggal
from kinerja.rules.target import IsiTarget
from sakip.common.angka import format_angka

# Letters of a text in a column of figures; all of it stands beside the table.
_MAKS_KOLOM = 160
BELUM_DIISI = "Belum diisi"
BELUM_DINILAI = "Belum dinilai"
TAK_TERHITUNG = "Tidak dapat dihitung"


class Bernilai(Protocol):
    """Whatever says how its values are written: an indikator, or a row as it was opened."""

    @property
    def jenis_nilai(self) -> str: ...
    @property
    def tingkatan(self) -> str: ...
    @property
    def desimal(self) -> int: ...
    @property
    def polaritas(self) -> str: ...


def format_nilai(nilai: Decimal | None, indikator: Bernilai) -> str:
    """A figure with at least the decimals its indikator asks for and never fewer than it has."""
    if nilai is None:
        return ""
    jenis, tingkat = JenisNilai(indikator.jenis_nilai), read_tingkat(indikator.tingkatan)
    return write_nilai(nilai, jenis, tingkat, indikator.desimal)


def format_isian(nilai: Decimal | None, indikator: Bernilai) -> str:
    """A figure as it is typed, every digit and no more; "" where there is none."""
    if nilai is None:
        return ""
    return format_angka(nilai) if indikator.jenis_nilai in ANGKA else format_nilai(nilai, indikator)


@dataclass(frozen=True)
class Pilihan:
    """One value that may be chosen. skor: what it is reckoned as, a plain decimal."""

    teks: str
    skor: str


def list_pilihan(indikator: Bernilai) -> list[Pilihan]:
    """What may be chosen where a value is not typed freely."""
    if indikator.jenis_nilai == JenisNilai.ORDINAL:
        tingkat = read_tingkat(indikator.tingkatan)
        return [Pilihan(t.sebutan, f"{t.skor.normalize():f}") for t in tingkat]
    ya_tidak = indikator.jenis_nilai == JenisNilai.YA_TIDAK
    return [Pilihan("Ya", "1"), Pilihan("Tidak", "0")] if ya_tidak else []


def find_iso(teks: str, indikator: Bernilai) -> str | None:
    """A typed day as a browser's own date field holds it ("2026-10-05"), "" where nothing is typed;
    None where no day is asked for, or the words are not one day.
    """
    if indikator.jenis_nilai != JenisNilai.TANGGAL:
        return None
    rapi = " ".join(teks.split()).casefold()
    if not rapi:
        return ""
    hari = list_tanggal(rapi)
    satu = hari and hari[0].awal == hari[0].akhir
    return hari[0].awal.isoformat() if satu else None


def format_target(target: IsiTarget, indikator: Bernilai) -> str:
    """A target as a column shows it: a bound where lower is better ("≤ 45"), a range ("80–90"), the
    words where it is judged in words; a dash where there is none.
    """
    if target.nilai is None:
        return target.uraian or "–"
    teks = format_nilai(target.nilai, indikator)
    if target.atas is not None:
        return f"{teks}–{format_nilai(target.atas, indikator)}"
    if indikator.jenis_nilai == JenisNilai.TANGGAL:
        return teks
    return f"≤ {teks}" if indikator.polaritas == Polaritas.TURUN and target.nilai != 0 else teks


def write_target(target: IsiTarget, indikator: Indikator) -> str:
    """The same in running text, with the unit of measure; a level, a day or words stand without."""
    teks = format_target(target, indikator)
    angka = indikator.jenis_nilai in ANGKA and not target.uraian
    return f"{teks} {indikator.satuan}" if angka else teks


def format_realisasi(c: Capaian) -> str:
    """What was reached, as a column shows it: a value, or the beginning of the words."""
    if c.is_kata:
        return shorten(c.penjelasan, _MAKS_KOLOM, placeholder="…") or "–"
    return format_nilai(c.realisasi, c) or "–"


def describe_kategori(
    hasil: Hasil, pengaturan: Pengaturan = PENGATURAN_BAKU, *, terverifikasi: bool
) -> tuple[str, str]:
    """Label and colour. A figure nobody has verified is named, but never coloured as good or bad;
    what has no percentage has no colour at all.
    """
    if hasil.persen is not None:
        kategori = find_kategori(hasil.persen, pengaturan.skala)
        return kategori.label, kategori.warna if terverifikasi else ""
    if hasil.aturan is Aturan.BELUM_DIISI:
        return BELUM_DIISI, ""
    if hasil.rumus is Rumus.KATA:
        return hasil.penilaian or BELUM_DINILAI, ""
    return TAK_TERHITUNG, ""


def describe_uraian(c: Capaian) -> str:
    """What the unit wrote beside a figure, and how the last period's RTL fares, for a report."""
    bagian = [
        ("Kendala", c.kendala),
        ("Solusi", c.solusi),
        ("RTL", c.rencana),
    ]
    teks = [f"{judul}: {_titik(isi)}" for judul, isi in bagian if isi]
    if c.rtl_lalu:
        status = str(c.get_rtl_lalu_status_display() or Capaian.StatusRtl.BELUM.label)
        isi = " ".join(
            _titik(t) for t in (c.rtl_lalu, status.capitalize(), c.rtl_lalu_keterangan) if t
        )
        teks.append(f"RTL {c.rtl_lalu_dari}: {isi}")
    return " ".join(teks)


def _titik(teks: str) -> str:
    """One paragraph that ends like a sentence."""
    rapi = " ".join(teks.split())
    return rapi if rapi.endswith((".", "?", "!")) else f"{rapi}."
