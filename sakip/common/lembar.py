"""Reading a workbook (.xlsx) that somebody uploaded, safely.

The bytes are read in a child process with limits on memory and time (`lembar_anak`), after its
table of contents and its XML were checked, its cells counted; a hostile or broken file costs one
refusal.
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
RUMUS, `teks` the formula and `hasil` what Excel last calculated; say `PESAN_RUMUS`, or take the
`hasil` and say so. External links, charts and images are not followed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sakip.common.errors import IsianTidakSah
from sakip.common.lembar_isi import Buku, Jenis, Lembar, Rentang, Sel, huruf_kolom, list_teks

FOLDER_ANAK = Path(__file__).with_name("lembar_anak")
_TAK_TERSIMPAN = re.compile("[\x00\ud800-\udfff]")
_JENIS = {j.value: j for j in Jenis}
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


@dataclass(frozen=True)
class Batas:
    """What one workbook may cost. byte: as uploaded; terurai: unpacked; sel: of one sheet."""

    byte: int = 5_000_000
    terurai: int = 50_000_000
    rasio: int = 100
    anggota: int = 200
    lembar: int = 20
    baris: int = 20_000
    kolom: int = 200
    sel: int = 400_000
    memori: int = 512 * 1024 * 1024
    detik: int = 10


def read_buku(isi: bytes, batas: Batas | None = None) -> Buku:
    """Read an uploaded workbook in a limited child process; about a tenth of a second.

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
    perintah = [sys.executable, "-IS", str(FOLDER_ANAK), json.dumps(asdict(batas))]
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
    nilai = [Sel(_JENIS[j], _decode(t)) for j, t in zip(isi["jenis"], isi["teks"], strict=True)]
    tempat = zip(isi["baris"], isi["kolom"], strict=True)
    sel = dict(zip(tempat, map(nilai.__getitem__, isi["nilai"]), strict=True))
    if isi["lain"]:
        sel |= {(s[0], s[1]): _sel(*s[2:]) for s in isi["lain"]}
        sel = dict(sorted(sel.items(), key=itemgetter(0)))
    return Lembar(
        nama=isi["nama"],
        sel=sel,
        gabung=tuple(Rentang(*r) for r in isi["gabung"]),
        tersembunyi=isi["tersembunyi"],
        baris_tersembunyi=frozenset(isi["baris_tersembunyi"]),
    )


def _sel(jenis: str, teks: str, catatan: str, *hasil: str) -> Sel:
    ada = bool(hasil) and hasil[0] != Jenis.KOSONG
    terhitung = Sel(_JENIS[hasil[0]], _decode(hasil[1])) if ada else None
    return Sel(_JENIS[jenis], _decode(teks), _decode(catatan), terhitung)


def _decode(teks: str) -> str:
    """Undo the escapes that a workbook uses for characters that XML cannot hold.

    What no database holds (NUL, half a surrogate pair) is left out.
    """
    if "_x" in teks:
        teks = _LOLOS.sub(lambda c: chr(int(c[1], 16)), teks)
    return teks if teks.isascii() and "\0" not in teks else _TAK_TERSIMPAN.sub("", teks)


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
