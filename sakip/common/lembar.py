"""Reading a workbook (.xlsx) that somebody uploaded, safely.

The bytes are read in a child process with limits on memory and time (`lembar_anak`), after its
table of contents, its XML and its cells were counted; a hostile or broken file costs one refusal.
Writing is in `sakip.common.lembar_tulis`.

How to use it::

    buku = read_buku(berkas.read())              # LembarTidakTerbaca: show galat.pesan (HTTP 422)
    lembar = buku.get("Capaian")                 # None where there is no such sheet
    sel = lembar.at(7, 3)                        # row, column, from 1; a merged cell answers with
                                                 # the value of its upper left corner
    sel.jenis, sel.teks                          # Jenis.ANGKA, "98.24" (text, for Decimal)
    lembar.alamat(7, 3)                          # "Capaian!C7", for messages

Text comes as it stands, outer spaces and line breaks included; figures as Excel shows them without
rounding, never through a float of ours; dates as ISO 8601. A formula is not calculated: `jenis` is
RUMUS and `teks` the formula; say `PESAN_RUMUS`. External links, charts and images are not followed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sakip.common.errors import IsianTidakSah

_ANAK = Path(__file__).with_name("lembar_anak.py")
_LOLOS = re.compile(r"_x([0-9A-Fa-f]{4})_")

PESAN_RUMUS = gettext_lazy(
    "berisi rumus, bukan nilai. Salin sel ini, lalu tempel sebagai nilai (Tempel Khusus, Nilai)."
)
_RUSAK = gettext_lazy(
    "Berkas Excel rusak atau tidak lengkap. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah "
    "lagi."
)
_PESAN: Mapping[str, str | Promise] = {
    "xls": gettext_lazy(
        "Ini berkas Excel lama (.xls), walau namanya mungkin .xlsx. Buka di Excel, pilih Simpan "
        "Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu unggah hasilnya."
    ),
    "sandi": gettext_lazy(
        "Berkas Excel ini dikunci sandi. Buka di Excel, hapus sandinya (Info, Proteksi Buku "
        "Kerja), simpan, lalu unggah lagi."
    ),
    "makro": gettext_lazy(
        "Berkas Excel ini memuat makro, jadi tidak dibuka. Simpan Sebagai jenis “Buku Kerja Excel "
        "(.xlsx)” tanpa makro, lalu unggah hasilnya."
    ),
    "xlsb": gettext_lazy(
        "Ini berkas Excel biner (.xlsb). Simpan Sebagai jenis “Buku Kerja Excel (.xlsx)”, lalu "
        "unggah hasilnya."
    ),
    "ods": gettext_lazy(
        "Ini berkas OpenDocument (.ods). Simpan Sebagai jenis “Excel 2007–365 (.xlsx)”, lalu "
        "unggah hasilnya."
    ),
    "bukan-excel": gettext_lazy(
        "Berkas ini bukan Excel (.xlsx), walau namanya mungkin begitu. Unggah berkas yang disimpan "
        "dari Excel sebagai .xlsx."
    ),
    "bom": gettext_lazy(
        "Isi berkas Excel ini terlalu besar setelah dibuka. Hapus gambar, lembar, dan baris yang "
        "tidak dipakai, lalu unggah lagi."
    ),
    "besar": gettext_lazy("Berkas lebih besar dari %(mb)d MB. Hapus yang tidak dipakai."),
    "susunan": _RUSAK,
    "rusak": _RUSAK,
    "lama": gettext_lazy(
        "Berkas Excel ini terlalu rumit untuk dibaca. Salin tabelnya saja ke buku kerja baru, lalu "
        "unggah buku kerja itu."
    ),
    "banyak-lembar": gettext_lazy(
        "Berkas memuat %(banyak)d lembar; paling banyak %(batas)d. Hapus lembar lain, lalu unggah "
        "lagi."
    ),
    "banyak-sel": gettext_lazy(
        "Lembar %(lembar)s terlalu besar: sampai %(alamat)s sudah lebih dari %(batas)d sel. Hapus "
        "baris dan kolom yang tidak dipakai, lalu unggah lagi."
    ),
    "jauh": gettext_lazy(
        "%(lembar)s!%(alamat)s berisi data jauh di luar tabel (batas: %(baris)d baris, %(kolom)d "
        "kolom). Hapus baris atau kolom itu, lalu unggah lagi."
    ),
    "teks-panjang": gettext_lazy(
        "%(lembar)s!%(alamat)s berisi teks yang terlalu panjang untuk satu sel. Pendekkan, lalu "
        "unggah lagi."
    ),
}


class LembarTidakTerbaca(IsianTidakSah):
    """The workbook cannot be read at all; `pesan` says what to do, `kode` which reason it is."""

    def __init__(self, kode: str, **isi: object) -> None:
        super().__init__(str(_PESAN[kode]) % isi if isi else _PESAN[kode])
        self.kode = kode


class Jenis(StrEnum):
    """Kind of a value. PERSEN: a figure that Excel shows times 100 with a percent sign."""

    KOSONG = "kosong"
    TEKS = "teks"
    ANGKA = "angka"
    PERSEN = "persen"
    TANGGAL = "tanggal"
    WAKTU = "waktu"
    LOGIKA = "logika"
    RUMUS = "rumus"
    GALAT = "galat"


@dataclass(frozen=True)
class Batas:
    """What one workbook may cost. byte: as uploaded; terurai: unpacked; sel: of one sheet."""

    byte: int = 5_000_000
    terurai: int = 50_000_000
    rasio: int = 100
    anggota: int = 200
    lembar: int = 20
    baris: int = 5_000
    kolom: int = 200
    sel: int = 200_000
    memori: int = 512 * 1024 * 1024
    detik: int = 10


@dataclass(frozen=True)
class Sel:
    """One cell. teks: "" when empty; catatan: its comment."""

    jenis: Jenis = Jenis.KOSONG
    teks: str = ""
    catatan: str = ""


_KOSONG = Sel()


@dataclass(frozen=True)
class Rentang:
    """A merged range, all four counted from 1 and included."""

    baris: int
    kolom: int
    baris_akhir: int
    kolom_akhir: int


@dataclass(frozen=True)
class Lembar:
    """One sheet. sel: what is not empty, by (row, column)."""

    nama: str
    sel: Mapping[tuple[int, int], Sel]
    gabung: tuple[Rentang, ...] = ()
    tersembunyi: bool = False
    baris_tersembunyi: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def pangkal(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Every used cell of a merged range but its corner, to that corner."""
        return {
            (b, k): (r.baris, r.kolom)
            for r in self.gabung
            for b in range(r.baris, min(r.baris_akhir, self.baris_akhir) + 1)
            for k in range(r.kolom, min(r.kolom_akhir, self.kolom_akhir) + 1)
            if (b, k) != (r.baris, r.kolom)
        }

    @cached_property
    def baris_akhir(self) -> int:
        """Last row that holds anything, 0 in an empty sheet."""
        return max((b for b, _k in self.sel), default=0)

    @cached_property
    def kolom_akhir(self) -> int:
        """Last column that holds anything or that a merged range with a value reaches."""
        gabung = [r.kolom_akhir for r in self.gabung if (r.baris, r.kolom) in self.sel]
        return max([*(k for _b, k in self.sel), *gabung], default=0)

    def at(self, baris: int, kolom: int) -> Sel:
        """The cell, or the corner of the merged range over it."""
        tempat = self.pangkal.get((baris, kolom), (baris, kolom))
        return self.sel.get(tempat, _KOSONG)

    def own(self, baris: int, kolom: int) -> Sel:
        """The cell itself; empty below and beside the corner of a merged range."""
        return self.sel.get((baris, kolom), _KOSONG)

    def alamat(self, baris: int, kolom: int) -> str:
        """Name of a cell for messages, such as Prosedur!F12."""
        return f"{self.nama}!{huruf_kolom(kolom)}{baris}"


@dataclass(frozen=True)
class Buku:
    """A workbook, sheets in order."""

    lembar: tuple[Lembar, ...]

    def get(self, nama: str) -> Lembar | None:
        """The sheet of that name, any case, outer spaces apart; None when there is none."""
        cari = nama.strip().casefold()
        return next((s for s in self.lembar if s.nama.strip().casefold() == cari), None)


def huruf_kolom(kolom: int) -> str:
    """Letters of a column counted from 1: 1 is A, 27 is AA."""
    huruf = ""
    while kolom:
        kolom, sisa = divmod(kolom - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf


def read_buku(isi: bytes, batas: Batas | None = None) -> Buku:
    """Read an uploaded workbook in a limited child process; about half a second.

    Raises:
        LembarTidakTerbaca: not an .xlsx, locked, with macros, broken, or beyond `batas`.
    """
    batas = batas or Batas()
    if len(isi) > batas.byte:
        raise LembarTidakTerbaca("besar", mb=batas.byte // 1_000_000)
    hasil = _run(isi, batas)
    if "tolak" in hasil:
        raise LembarTidakTerbaca(hasil.pop("tolak"), **hasil)
    return Buku(tuple(_lembar(s) for s in hasil["lembar"]))


def _run(isi: bytes, batas: Batas) -> dict[str, Any]:
    perintah = [sys.executable, "-I", str(_ANAK), json.dumps(asdict(batas))]
    try:
        proses = subprocess.run(  # noqa: S603 - our interpreter, our file, numbers as argument
            perintah, input=isi, capture_output=True, timeout=batas.detik * 3, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return {"tolak": "lama"}
    if proses.returncode < 0:
        return {"tolak": "lama"}
    if proses.returncode:
        return {"tolak": "rusak"}
    hasil: dict[str, Any] = json.loads(proses.stdout)
    return hasil


def _lembar(isi: dict[str, Any]) -> Lembar:
    return Lembar(
        nama=isi["nama"],
        sel={(b, k): Sel(Jenis(j), _decode(t), _decode(c)) for b, k, j, t, c in isi["sel"]},
        gabung=tuple(Rentang(*r) for r in isi["gabung"]),
        tersembunyi=isi["tersembunyi"],
        baris_tersembunyi=frozenset(isi["baris_tersembunyi"]),
    )


def _decode(teks: str) -> str:
    """Undo the escapes that a workbook uses for characters that XML cannot hold."""
    return _LOLOS.sub(lambda c: chr(int(c[1], 16)), teks)


def list_teks(lembar: Lembar, baris: int) -> Iterator[tuple[int, str]]:
    """Column and text of each cell of a row that is not empty, merged ranges once."""
    for kolom in range(1, lembar.kolom_akhir + 1):
        if teks := lembar.own(baris, kolom).teks:
            yield kolom, teks


__all__ = [
    "PESAN_RUMUS",
    "Batas",
    "Buku",
    "Jenis",
    "Lembar",
    "LembarTidakTerbaca",
    "Rentang",
    "Sel",
    "huruf_kolom",
    "list_teks",
    "read_buku",
]
