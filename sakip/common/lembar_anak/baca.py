"""From the parts of a workbook to plain values."""

import gc
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from xml.parsers import expat

from sakip.common.lembar_anak.angka import describe_angka, describe_waktu, list_kelas, split_alamat
from sakip.common.lembar_anak.arsip import (
    Sifat,
    Tolak,
    check_arsip,
    check_xml,
    join_jalur,
    list_teks,
    list_unsur,
    open_arsip,
    parse,
    walk,
)
from sakip.common.lembar_anak.cepat import (
    MAKS,
    NOMOR_KOLOM,
    Baris,
    TidakBiasa,
    list_baris,
    split_lembar,
    split_sel,
)

# Excel's own limit for the text of one cell.
MAKS_TEKS = 32_767
_MAKS_KELUARAN = 20_000_000
# A cell without a formula: its kind, its text.
_POLOS = 2


def read(isi: bytes, batas: dict[str, int]) -> dict[str, Any]:
    """All visible and hidden sheets of a workbook as plain values.

    Raises:
        Tolak: not an .xlsx, or beyond `batas`.
    """
    with open_arsip(isi) as arsip:
        check_arsip(arsip, batas)
        check_xml(arsip)
        return {"lembar": Pembaca(arsip, batas).read()}


class Pembaca:
    """Carries what all sheets share: texts, number formats, the first day, the letters so far."""

    def __init__(self, arsip: zipfile.ZipFile, batas: dict[str, int]) -> None:
        self.arsip = arsip
        self.batas = batas
        self.huruf = 0
        self.kelas: list[str] = []
        self.teks: list[str] = []
        self.awal = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no zones

    def read(self) -> list[dict[str, Any]]:
        """Every sheet, in order."""
        rel = {s.get("Id", ""): s for s in self._list_rel("xl/workbook.xml")}
        lembar = []
        for nama, sifat in list_unsur(self.arsip, "xl/workbook.xml"):
            if nama == "workbookPr" and sifat.get("date1904") in ("1", "true"):
                self.awal = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
            if nama == "sheet":
                lembar.append((sifat, rel.get(sifat.get("id", ""), {})))
        if len(lembar) > self.batas["lembar"]:
            raise Tolak("banyak-lembar", banyak=len(lembar), batas=self.batas["lembar"])
        self.kelas = list(list_kelas(self.arsip))
        self.teks = [t for _s, t in list_teks(self.arsip, "xl/sharedStrings.xml", "si")]
        tabel = [(s, r) for s, r in lembar if not r.get("Type", "").endswith("/chartsheet")]
        return [self._read_lembar(s, r.get("Target", "")) for s, r in tabel]

    def _list_rel(self, bagian: str) -> list[Sifat]:
        """What a part refers to, with targets as members of the archive."""
        folder, _garis, nama = bagian.rpartition("/")
        semua = list_unsur(self.arsip, f"{folder}/_rels/{nama}.rels")
        return [
            s | {"Target": join_jalur(folder, s.get("Target", ""))}
            for n, s in semua
            if n == "Relationship"
        ]

    def _read_lembar(self, sifat: Sifat, jalur: str) -> dict[str, Any]:
        if jalur not in self.arsip.NameToInfo:
            raise Tolak("rusak")
        catatan: dict[tuple[int, int], str] = {}
        for rel in self._list_rel(jalur):
            if rel.get("Type", "").endswith("/comments"):
                for isi, teks in list_teks(self.arsip, rel["Target"], "comment"):
                    catatan[split_alamat(isi.get("ref", ""))] = teks
        nama = sifat.get("name", "")
        try:
            lembar = self._load(nama, jalur)
        except TidakBiasa:
            lembar = Lembar(self, nama)
            walk(self.arsip, jalur, lembar.mulai, lembar.akhir, lembar.tulis)
        return {
            "nama": lembar.nama,
            "tersembunyi": sifat.get("state", "visible") != "visible",
            "baris_tersembunyi": lembar.tersembunyi,
            "gabung": lembar.gabung,
            **lembar.tabulate(catatan),
        }

    def _load(self, nama: str, jalur: str) -> "Lembar":
        """The sheet by patterns.

        Raises:
            TidakBiasa: it is not of the usual form; nothing of it was used.
        """
        if self.arsip.getinfo(jalur).file_size > MAKS:
            raise TidakBiasa
        potongan = split_lembar(self.arsip.read(jalur))
        lembar = Lembar(self, nama)
        huruf = lembar.load(list_baris(potongan))
        if self.huruf + huruf > _MAKS_KELUARAN:
            raise TidakBiasa
        parse(io.BytesIO(potongan.luar), lembar.mulai, lembar.akhir, lembar.tulis)
        self.huruf += huruf
        return lembar

    def count(self, teks: str, alamat: str) -> None:
        """Take a text into account.

        Raises:
            Tolak: it is too long, or all together are.
        """
        if len(teks) > MAKS_TEKS:
            lembar, _tanda, sel = alamat.rpartition("!")
            raise Tolak("teks-panjang", lembar=lembar, alamat=sel)
        self.huruf += len(teks)
        if self.huruf > _MAKS_KELUARAN:
            raise Tolak("bom")


# A value as kept, none of an empty cell, and letters of its text.
Dikenal = tuple[tuple[str, ...] | None, int]


class _Dikenal(dict[str, Dikenal]):
    """The same stands in many cells behind their address: looked at once."""

    def __init__(self, know: Callable[[str], Dikenal]) -> None:
        super().__init__()
        self.know = know

    def __missing__(self, sisa: str) -> Dikenal:
        hasil = self[sisa] = self.know(sisa)
        return hasil


class Lembar:
    """One sheet while its part is walked."""

    def __init__(self, buku: Pembaca, nama: str) -> None:
        self.buku, self.nama = buku, nama
        self.sel: dict[tuple[int, int], tuple[str, ...]] = {}
        self.gabung: list[list[int]] = []
        self.tersembunyi: list[int] = []
        self._rumus: dict[str, str] = {}
        self._banyak = self._baris = self._kolom = 0
        self._sifat: Sifat = {}
        self._rumus_sifat: Sifat | None = None
        self._isi = {"v": "", "f": "", "t": ""}
        self._dalam = ""

    def mulai(self, unsur: str, sifat: Sifat) -> None:
        """An element begins."""
        if unsur == "c":
            self._mulai_sel(sifat)
        elif unsur in ("v", "is"):
            self._require_dekat()
            self._dalam = "v" if unsur == "v" else ""
        elif unsur == "t":
            self._dalam = "t"
        elif unsur == "f":
            self._dalam, self._rumus_sifat = "f", sifat
        elif unsur == "row":
            self._mulai_baris(sifat)
        elif unsur == "mergeCell":
            ujung = [split_alamat(a) for a in sifat.get("ref", "").split(":")]
            self.gabung.append([*ujung[0], *ujung[-1]])

    def akhir(self, unsur: str) -> None:
        """An element ends."""
        if unsur == "c":
            self._akhir_sel()
        elif unsur in self._isi:
            self._dalam = ""

    def tulis(self, teks: str) -> None:
        """Characters."""
        if self._dalam:
            self._isi[self._dalam] += teks

    def load(self, baris: Iterator[Baris]) -> int:
        """Take rows that were read by patterns; how many letters their texts have.

        Raises:
            TidakBiasa: a limit is reached, or cells are not in order.
        """
        batas, huruf = self.buku.batas, 0
        maks_kolom = batas["kolom"]
        dikenal = _Dikenal(self._know)
        for nomor, is_tersembunyi, daftar in baris:
            self._banyak += 1 + len(daftar)
            if self._banyak > batas["sel"] or nomor > batas["baris"]:
                raise TidakBiasa
            if is_tersembunyi:
                self.tersembunyi.append(nomor)
            lalu, sama = 0, str(nomor)
            for potong in daftar:
                alamat, _tanda, sisa = potong.partition('"')
                kolom = NOMOR_KOLOM.get(alamat.removesuffix(sama), 0)
                if not lalu < kolom <= maks_kolom:
                    raise TidakBiasa
                lalu = kolom
                nilai, panjang = dikenal[sisa]
                if nilai:
                    self.sel[nomor, kolom] = nilai
                    huruf += panjang
        return huruf

    def _know(self, sisa: str) -> Dikenal:
        """What a cell holds that is written like this, and letters of its text."""
        gaya, tipe, isi, teks = split_sel(sisa)
        jenis, kata = self._describe(tipe or "n", isi, teks, int(gaya or 0))
        if len(kata) > MAKS_TEKS:
            raise TidakBiasa
        return None if jenis == "kosong" else (jenis, kata), len(kata) if len(kata) > 1 else 0

    def _mulai_baris(self, sifat: Sifat) -> None:
        self._baris = int(sifat.get("r", self._baris + 1))
        self._kolom = 0
        if sifat.get("hidden") in ("1", "true"):
            self.tersembunyi.append(self._baris)
        self._count_sel()

    def _mulai_sel(self, sifat: Sifat) -> None:
        self._sifat, self._rumus_sifat = sifat, None
        self._isi = {"v": "", "f": "", "t": ""}
        tempat = split_alamat(sifat["r"]) if "r" in sifat else (self._baris, self._kolom + 1)
        self._baris, self._kolom = tempat
        self._count_sel()

    def _count_sel(self) -> None:
        self._banyak += 1
        if self._banyak > (batas := self.buku.batas["sel"]):
            raise Tolak("banyak-sel", lembar=self.nama, alamat=self._alamat(), batas=batas)

    def _require_dekat(self) -> None:
        baris, kolom = self.buku.batas["baris"], self.buku.batas["kolom"]
        if self._baris > baris or self._kolom > kolom:
            raise Tolak("jauh", lembar=self.nama, alamat=self._alamat(), baris=baris, kolom=kolom)

    def _alamat(self) -> str:
        huruf, kolom = "", max(self._kolom, 1)
        while kolom:
            kolom, sisa = divmod(kolom - 1, 26)
            huruf = chr(65 + sisa) + huruf
        return f"{huruf}{self._baris}"

    def _akhir_sel(self) -> None:
        tipe, gaya = self._sifat.get("t", "n"), int(self._sifat.get("s", 0))
        jenis, teks = self._describe(tipe, self._isi["v"], self._isi["t"], gaya)
        if self._rumus_sifat is not None:
            rumus = self._read_rumus(self._rumus_sifat)
            self.sel[self._baris, self._kolom] = ("rumus", f"={rumus}", jenis, teks)
            self.buku.count(rumus, f"{self.nama}!{self._alamat()}")
        elif jenis != "kosong":
            self.sel[self._baris, self._kolom] = (jenis, teks)
        if len(teks) > 1:
            self.buku.count(teks, f"{self.nama}!{self._alamat()}")

    def _read_rumus(self, sifat: Sifat) -> str:
        """A formula shared by many cells is written out in the first of them only."""
        bersama = sifat.get("si", "") if sifat.get("t") == "shared" else ""
        if bersama and self._isi["f"]:
            self._rumus[bersama] = self._isi["f"]
        return self._isi["f"] or self._rumus.get(bersama, "")

    def _describe(self, tipe: str, isi: str, teks: str, gaya: int) -> tuple[str, str]:
        """Kind and text of the value; figures without exponent, moments as ISO 8601.

        isi: as stored; teks: the text that stands in the cell itself; gaya: number of its style.
        """
        if tipe == "inlineStr":
            return ("teks", teks) if teks else ("kosong", "")
        if not isi:
            return "kosong", ""
        if tipe == "s":
            bersama = self.buku.teks[int(isi)]
            return ("teks", bersama) if bersama else ("kosong", "")
        if tipe == "n":
            kelas = self.buku.kelas[gaya] if gaya < len(self.buku.kelas) else ""
            return describe_angka(isi, kelas, self.buku.awal)
        if tipe == "b":
            return "logika", "TRUE" if isi == "1" else "FALSE"
        if tipe == "d":
            return describe_waktu(datetime.fromisoformat(isi.removesuffix("Z")))
        return ("galat" if tipe == "e" else "teks"), isi

    def tabulate(self, catatan: dict[tuple[int, int], str]) -> dict[str, list[Any]]:
        """Cells by place, without what lies hidden below a merged one.

        Plain ones as columns, each value once and its number in "nilai", since the same value
        stands in many cells; in "lain" those with a formula or a comment.
        """
        tertutup = self._list_tertutup()
        khusus = {t for t, i in self.sel.items() if len(i) != _POLOS}
        khusus = (khusus | catatan.keys()) - tertutup
        tanpa = tertutup | khusus
        lain = []
        for tempat in khusus:
            jenis, teks, *hasil = self.sel.get(tempat, ("kosong", ""))
            if catatan.get(tempat):
                self.buku.count(catatan[tempat], f"{self.nama}!")
            lain.append([*tempat, jenis, teks, catatan.get(tempat, ""), *hasil])
        urut = sorted(t for t in self.sel if t not in tanpa)
        nilai = [self.sel[t] for t in urut]
        nomor = {n: urutan for urutan, n in enumerate(dict.fromkeys(nilai))}
        return {
            "baris": [baris for baris, _kolom in urut],
            "kolom": [kolom for _baris, kolom in urut],
            "nilai": [nomor[n] for n in nilai],
            "jenis": [jenis for jenis, _teks in nomor],
            "teks": [teks for _jenis, teks in nomor],
            "lain": lain,
        }

    def _list_tertutup(self) -> set[tuple[int, int]]:
        if not self.gabung:
            return set()
        luas, baris_akhir = 0, max((b for b, _k in self.sel), default=0)
        kolom_akhir = max((k for _b, k in self.sel), default=0)
        hasil = set()
        for b, k, b2, k2 in self.gabung:
            akhir, tepi = min(b2, baris_akhir), min(k2, kolom_akhir)
            luas += max(akhir - b + 1, 0) * max(tepi - k + 1, 0)
            if luas > 2 * self.buku.batas["sel"]:
                raise Tolak("susunan")
            hasil |= {(x, y) for x in range(b, akhir + 1) for y in range(k, tepi + 1)} - {(b, k)}
        return hasil


def main() -> None:
    """First argument: limits as JSON; stdin: the workbook."""
    gc.disable()  # this process ends before it would pay
    batas = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (batas["memori"], batas["memori"]))
    resource.setrlimit(resource.RLIMIT_CPU, (batas["detik"], batas["detik"]))
    try:
        hasil = read(sys.stdin.buffer.read(), batas)
    except Tolak as tolak:
        hasil = tolak.isi
    except expat.ExpatError:
        hasil = {"tolak": "susunan"}
    except MemoryError:
        hasil = {"tolak": "bom"}
    sys.stdout.buffer.write(json.dumps(hasil).encode())
