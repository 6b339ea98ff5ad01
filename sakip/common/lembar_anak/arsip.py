"""The archive of a workbook: refused by its table of contents, walked part by part."""

import io
import zipfile
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

_RASIO_MULAI = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_SANDI = "EncryptedPackage".encode("utf-16-le")
_BOM = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

Sifat = dict[str, str]


class Tolak(Exception):
    """The workbook is refused; `isi` names the reason and what belongs to its sentence."""

    def __init__(self, kode: str, **isi: Any) -> None:
        super().__init__(kode)
        self.isi = {"tolak": kode, **isi}


def open_arsip(isi: bytes) -> zipfile.ZipFile:
    """The archive, unless it is another kind of file."""
    if isi.startswith(_OLE):
        raise Tolak("sandi" if _SANDI in isi else "xls")
    try:
        return zipfile.ZipFile(io.BytesIO(isi))
    except zipfile.BadZipFile:
        raise Tolak("bukan-excel") from None


def check_arsip(arsip: zipfile.ZipFile, batas: dict[str, int]) -> None:
    """Refuse by the table of contents: bombs, macros, other formats. Nothing is unpacked yet."""
    anggota = arsip.infolist()
    nama = [z.filename for z in anggota]
    if len(anggota) > batas["anggota"] or len(set(nama)) < len(nama):
        raise Tolak("susunan")
    terurai, padat = sum(z.file_size for z in anggota), sum(z.compress_size for z in anggota)
    if terurai > batas["terurai"]:
        raise Tolak("bom")
    if terurai > _RASIO_MULAI and terurai > batas["rasio"] * max(padat, 1):
        raise Tolak("bom")
    if any(n.lower().endswith("vbaproject.bin") for n in nama):
        raise Tolak("makro")
    if "xl/workbook.bin" in nama:
        raise Tolak("xlsb")
    if "mimetype" in nama:
        raise Tolak("ods")
    if "xl/workbook.xml" not in nama:
        raise Tolak("bukan-excel")


def check_xml(arsip: zipfile.ZipFile) -> None:
    """Refuse entities in every part that is XML by its content, whatever its name.

    A part that calls itself XML must also be well-formed; drawings of old Excel seldom are. Sheets
    are left to the one pass that reads them.
    """
    for z in arsip.infolist():
        if z.filename.startswith("xl/worksheets/sheet"):
            continue
        with arsip.open(z) as aliran:
            awal = aliran.read(64)
        for bom in _BOM:
            awal = awal.removeprefix(bom)
        bernama = z.filename.endswith((".xml", ".rels"))
        if bernama or awal.replace(b"\0", b"").lstrip().startswith(b"<"):
            try:
                walk(arsip, z.filename)
            except expat.ExpatError:
                if bernama:
                    raise Tolak("susunan") from None


def walk(
    arsip: zipfile.ZipFile,
    nama: str,
    mulai: Callable[[str, Sifat], None] | None = None,
    akhir: Callable[[str], None] | None = None,
    teks: Callable[[str], None] | None = None,
) -> None:
    """Parse one part of the archive, as `parse` does."""
    with arsip.open(nama) as aliran:
        parse(aliran, mulai, akhir, teks)


def parse(
    aliran: IO[bytes],
    mulai: Callable[[str, Sifat], None] | None = None,
    akhir: Callable[[str], None] | None = None,
    teks: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML, element names without their prefix. A document type is refused."""

    def on_doctype(*_isi: object) -> None:
        raise Tolak("susunan")

    pengurai = expat.ParserCreate()
    pengurai.buffer_text = True
    pengurai.StartDoctypeDeclHandler = on_doctype
    if mulai:
        pengurai.StartElementHandler = lambda n, s: mulai(n.rpartition(":")[2], s)
    if akhir:
        pengurai.EndElementHandler = lambda n: akhir(n.rpartition(":")[2])
    if teks:
        pengurai.CharacterDataHandler = teks
    pengurai.ParseFile(aliran)


def list_unsur(arsip: zipfile.ZipFile, nama: str) -> list[tuple[str, Sifat]]:
    """Elements of a small part in order, attribute names without their prefix."""
    hasil: list[tuple[str, Sifat]] = []
    if nama in arsip.NameToInfo:
        walk(
            arsip,
            nama,
            lambda n, s: hasil.append((n, {k.rpartition(":")[2]: v for k, v in s.items()})),
        )
    return hasil


def list_teks(arsip: zipfile.ZipFile, nama: str, butir: str) -> list[tuple[Sifat, str]]:
    """Texts of a part, one for each element called `butir`; how to pronounce them is left out."""
    kumpulan = _Teks(butir)
    if nama in arsip.NameToInfo:
        walk(arsip, nama, kumpulan.mulai, kumpulan.akhir, kumpulan.tulis)
    return kumpulan.hasil


class _Teks:
    """Collects what stands in <t> below each item, but not below <rPh>."""

    def __init__(self, butir: str) -> None:
        self.butir = butir
        self.hasil: list[tuple[Sifat, str]] = []
        self._potongan: list[str] = []
        self._sifat: Sifat = {}
        self._dalam = {"t": 0, "rPh": 0}

    def mulai(self, unsur: str, sifat: Sifat) -> None:
        if unsur == self.butir:
            self._sifat, self._potongan = sifat, []
        elif unsur in self._dalam:
            self._dalam[unsur] += 1

    def akhir(self, unsur: str) -> None:
        if unsur == self.butir:
            self.hasil.append((self._sifat, "".join(self._potongan)))
        elif unsur in self._dalam:
            self._dalam[unsur] -= 1

    def tulis(self, teks: str) -> None:
        if self._dalam["t"] and not self._dalam["rPh"]:
            self._potongan.append(teks)


def join_jalur(folder: str, tujuan: str) -> str:
    """The member that a part in `folder` means by `tujuan`."""
    if tujuan.startswith("/"):
        return tujuan.lstrip("/")
    bagian = folder.split("/")
    for b in tujuan.split("/"):
        if b == "..":
            bagian = bagian[:-1]
        elif b != ".":
            bagian.append(b)
    return "/".join(bagian)
