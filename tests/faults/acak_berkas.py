"""Files that are not what they say, made of files that are."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from PIL import Image

from tests.faults.acak_kiriman import MULTIPART, Berkas, Kiriman, encode_multipart, flip_bytes
from tests.faults.acak_nilai import NAKAL, RUMUS, nilai
from tests.house.formulir import Formulir

JENIS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "csv": "text/csv",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}
_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
_HTML = b"<!doctype html><script>alert(1)</script>"
_BOM_XML = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)
_NAMA = (
    *("x.html", "x.svg", "x.pdf.html", "../../x.pdf", "..\\x.pdf", "\u202efdp.exe", "x.pdf\0.html"),
    *(
        "",
        ".",
        "x" * 300 + ".pdf",
        "CON",
        "x",
        ".htaccess",
        "a\r\nb.pdf",
        "x.PDF",
        "x.xlsm",
        "😀.pdf",
    ),
)
_TEKS_SEL = re.compile(rb"(<(?:t|v)(?: [^>]*)?>)([^<]*)(</(?:t|v)>)")
_RUMUS_SEL = b"<f>1+1</f>"


def make_contoh(dari_halaman: dict[str, list[bytes]]) -> dict[str, list[bytes]]:
    """Sound files by ending: what the application itself hands out, and the smallest of others."""
    gambar = {}
    for bentuk, akhiran in (("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif")):
        keluaran = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(keluaran, bentuk)
        gambar[akhiran] = [keluaran.getvalue()]
    kecil = {"pdf": [_PDF], "svg": [_SVG], "html": [_HTML], "csv": [b"a;b\r\n1;2\r\n"]}
    return {**kecil, **gambar, **dari_halaman}


@st.composite
def unggahan(draw: st.DrawFn, asal: Formulir, contoh: dict[str, list[bytes]]) -> Kiriman:
    """That form with a file in each of its file fields, most often a broken one."""
    berkas = tuple(draw(_berkas(r, contoh)) for r in asal.berkas)
    isian = list(asal.isian)
    if isian and draw(st.integers(0, 9)) == 9:
        ke = draw(st.integers(0, len(isian) - 1))
        isian[ke] = (isian[ke][0], draw(nilai))
    badan = encode_multipart(isian, berkas)
    if draw(st.integers(0, 24)) == 24:
        badan = badan[: draw(st.integers(0, len(badan)))]
    return Kiriman("POST", asal.alamat, badan, MULTIPART)


@st.composite
def _berkas(draw: st.DrawFn, ruas: str, contoh: dict[str, list[bytes]]) -> Berkas:
    akhiran = draw(st.sampled_from(sorted(contoh)))
    isi = draw(st.sampled_from(contoh[akhiran]))
    for _kali in range(draw(st.integers(0, 2))):
        isi = draw(st.sampled_from(_CARA))(draw, isi)
    berkas = Berkas(ruas, f"contoh.{akhiran}", JENIS[akhiran], isi)
    palsu = draw(st.integers(0, 9))
    if palsu == 9:
        return replace(berkas, nama=draw(st.sampled_from(_NAMA)))
    if palsu in (7, 8):
        lain = draw(st.sampled_from(sorted(JENIS)))
        return replace(
            berkas, nama=f"contoh.{lain}", jenis=draw(st.sampled_from([*JENIS.values()]))
        )
    return berkas


def _flip(draw: st.DrawFn, isi: bytes) -> bytes:
    return flip_bytes(draw, isi)


def _cut(draw: st.DrawFn, isi: bytes) -> bytes:
    return isi[: draw(st.integers(0, len(isi)))]


def _repeat(_draw: st.DrawFn, isi: bytes) -> bytes:
    return isi + isi


def _polyglot(draw: st.DrawFn, isi: bytes) -> bytes:
    lain = draw(st.sampled_from((_HTML, _SVG, _PDF, b"MZ\x90", b"#!/bin/sh\n", b"GIF89a")))
    return lain + isi if draw(st.booleans()) else isi + lain


def _nothing(_draw: st.DrawFn, _isi: bytes) -> bytes:
    return b""


def _repack(draw: st.DrawFn, isi: bytes) -> bytes:
    """A ZIP with one of its members changed, doubled, renamed or added."""
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as lama:
            anggota = [(i.filename, lama.read(i)) for i in lama.infolist()]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError):
        return isi
    ke = draw(st.integers(0, len(anggota) - 1))
    nama, dalam = anggota[ke]
    ubah: dict[str, Callable[[], list[tuple[str, bytes]]]] = {
        "rusak": lambda: [(nama, flip_bytes(draw, dalam))],
        "hilang": lambda: [],
        "kosong": lambda: [(nama, b"")],
        "keluar": lambda: [(nama, dalam), ("../../keluar.txt", b"x")],
        "makro": lambda: [(nama, dalam), ("xl/vbaProject.bin", b"x")],
        "bom": lambda: [(nama, dalam), ("xl/media/a.bin", b"\0" * 3_000_000)],
        "entitas": lambda: [(nama, _BOM_XML + re.sub(rb"<\?xml[^>]*>", b"", dalam))],
    }
    anggota[ke : ke + 1] = ubah[draw(st.sampled_from(sorted(ubah)))]()
    return _pack(anggota)


def _change_sel(draw: st.DrawFn, isi: bytes) -> bytes:
    """A workbook of which a few cells, or shared texts, say something nobody typed."""
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as lama:
            anggota = [(i.filename, lama.read(i)) for i in lama.infolist()]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError):
        return isi
    baru = draw(st.sampled_from((*NAKAL, *RUMUS)))[:40_000]
    teks = baru.encode("utf-8", "replace").replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    rumus = _RUMUS_SEL if draw(st.integers(0, 3)) == 3 else b""
    tiap = draw(st.integers(1, 9))
    urut = iter(range(10**9))

    def ganti(cocok: re.Match[bytes]) -> bytes:
        if next(urut) % tiap:
            return cocok[0]
        depan = rumus if cocok[1].startswith(b"<v") else b""
        return depan + cocok[1] + teks + cocok[3]

    lembar = ("xl/sharedStrings.xml", "xl/worksheets/")
    return _pack([(n, _TEKS_SEL.sub(ganti, d) if n.startswith(lembar) else d) for n, d in anggota])


def _pack(anggota: list[tuple[str, bytes]]) -> bytes:
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as baru:
        for nama, isi in anggota:
            baru.writestr(nama, isi)
    return keluaran.getvalue()


Cara = Callable[[st.DrawFn, bytes], bytes]
_CARA: list[Cara] = [
    *(_change_sel, _change_sel, _change_sel, _repack, _repack, _flip, _flip, _cut),
    *(_polyglot, _polyglot, _repeat, _nothing),
]
