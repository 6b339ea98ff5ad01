"""The child of `sakip.common.lembar`: reads one workbook from stdin, writes JSON to stdout.

Run by path in isolated mode, so it knows neither Django nor the project; whatever happens to it
happens to it alone. Exit 0 with {"lembar": [...]} or {"tolak": kode, ...}; anything else means that
the workbook could not be read.
"""

import io
import json
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

# Excel's own limit for the text of one cell.
MAKS_TEKS = 32_767
_MAKS_KELUARAN = 20_000_000
_RASIO_MULAI = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_SANDI = "EncryptedPackage".encode("utf-16-le")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NS_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Tolak(Exception):
    """The workbook is refused; `isi` names the reason and what belongs to its sentence."""

    def __init__(self, kode: str, **isi: Any) -> None:
        super().__init__(kode)
        self.isi = {"tolak": kode, **isi}


def read(isi: bytes, batas: dict[str, int]) -> dict[str, Any]:
    """All visible and hidden sheets of a workbook as plain values.

    Raises:
        Tolak: not an .xlsx, or beyond `batas`.
    """
    with _open(isi) as arsip:
        check_arsip(arsip, batas)
        check_isi(arsip, batas)
    import openpyxl  # after the checks: it costs a third of a second

    buku = openpyxl.load_workbook(io.BytesIO(isi), keep_links=False)
    takaran = Counter[str]()
    return {"lembar": [_read_lembar(lembar, takaran) for lembar in buku.worksheets]}


def _open(isi: bytes) -> zipfile.ZipFile:
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


def check_isi(arsip: zipfile.ZipFile, batas: dict[str, int]) -> None:
    """Refuse by what stands inside: entities anywhere, too many sheets, rows, columns or cells."""
    for z in arsip.infolist():
        if z.filename.endswith((".xml", ".rels")):
            _check_xml(arsip, z.filename)
    lembar = _list_lembar(arsip)
    if len(lembar) > batas["lembar"]:
        raise Tolak("banyak-lembar", banyak=len(lembar), batas=batas["lembar"])
    for nama, jalur in lembar:
        if jalur in arsip.NameToInfo:
            _count_sel(arsip, jalur, nama, batas)


def _check_xml(arsip: zipfile.ZipFile, nama: str) -> None:
    def on_doctype(*_isi: object) -> None:
        raise Tolak("susunan")

    pengurai = expat.ParserCreate()
    pengurai.StartDoctypeDeclHandler = on_doctype
    try:
        with arsip.open(nama) as aliran:
            pengurai.ParseFile(aliran)
    except expat.ExpatError:
        raise Tolak("susunan") from None


def _list_lembar(arsip: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Title and member of each sheet, in order."""
    rel = _parse(arsip, "xl/_rels/workbook.xml.rels")
    tujuan = {r.get("Id", ""): r.get("Target", "") for r in rel}
    akar = _parse(arsip, "xl/workbook.xml")
    hasil = []
    for s in akar.iter(f"{_NS}sheet"):
        jalur = tujuan.get(s.get(f"{_NS_R}id", ""), "")
        jalur = jalur.lstrip("/") if jalur.startswith("/") else f"xl/{jalur}"
        hasil.append((s.get("name", ""), jalur))
    return hasil


def _parse(arsip: zipfile.ZipFile, nama: str) -> ElementTree.Element:
    return ElementTree.fromstring(arsip.read(nama))  # noqa: S314 - without entities: _check_xml


def _count_sel(arsip: zipfile.ZipFile, jalur: str, nama: str, batas: dict[str, int]) -> None:
    """Walk the cells of one sheet without building them."""
    banyak, alamat = 0, ""

    def on_start(unsur: str, sifat: dict[str, str]) -> None:
        nonlocal banyak, alamat
        akhir = unsur.rpartition(":")[2]
        if akhir in ("c", "row"):
            banyak += 1
            tempat = sifat.get("r", alamat)
            alamat = f"A{tempat}" if tempat.isdecimal() else tempat
            if banyak > batas["sel"]:
                raise Tolak("banyak-sel", lembar=nama, alamat=alamat, batas=batas["sel"])
        elif akhir in ("v", "is") and _is_luar(alamat, batas):
            raise Tolak(
                "jauh", lembar=nama, alamat=alamat, baris=batas["baris"], kolom=batas["kolom"]
            )

    pengurai = expat.ParserCreate()
    pengurai.StartElementHandler = on_start
    with arsip.open(jalur) as aliran:
        pengurai.ParseFile(aliran)


def _is_luar(alamat: str, batas: dict[str, int]) -> bool:
    kolom = 0
    for huruf in alamat.rstrip("0123456789").upper():
        kolom = kolom * 26 + ord(huruf) - 64
    baris = int(alamat.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") or 0)
    return baris > batas["baris"] or kolom > batas["kolom"]


def _read_lembar(lembar: Any, takaran: Counter[str]) -> dict[str, Any]:  # noqa: ANN401 - openpyxl's Worksheet, not imported here
    return {
        "nama": lembar.title,
        "tersembunyi": lembar.sheet_state != "visible",
        "baris_tersembunyi": [n for n, d in lembar.row_dimensions.items() if d.hidden],
        "gabung": [[r.min_row, r.min_col, r.max_row, r.max_col] for r in lembar.merged_cells],
        "sel": list(_list_sel(lembar, takaran)),
    }


def _list_sel(lembar: Any, takaran: Counter[str]) -> Iterator[list[Any]]:  # noqa: ANN401 - as above
    # The table of cells itself: iter_rows() would make every empty cell up to the last one.
    for (baris, kolom), sel in sorted(lembar._cells.items()):
        catatan = sel.comment.text if sel.comment else ""
        jenis, teks = describe(sel.value, sel.data_type)
        if jenis == "kosong" and not catatan:
            continue
        if len(teks) > MAKS_TEKS:
            raise Tolak("teks-panjang", lembar=lembar.title, alamat=sel.coordinate)
        takaran["huruf"] += len(teks) + len(catatan)
        if takaran["huruf"] > _MAKS_KELUARAN:
            raise Tolak("bom")
        if jenis == "angka" and "%" in (sel.number_format or ""):
            jenis = "persen"
        yield [baris, kolom, jenis, teks, catatan]


def describe(nilai: object, data_type: str = "") -> tuple[str, str]:
    """Kind and text of one value; figures without exponent, moments as ISO 8601."""
    if nilai is None or nilai == "":
        return "kosong", ""
    if data_type == "f":
        return "rumus", str(getattr(nilai, "text", nilai) or "")
    if data_type == "e":
        return "galat", str(nilai)
    if isinstance(nilai, bool):
        return "logika", "TRUE" if nilai else "FALSE"
    if isinstance(nilai, int | float | Decimal):
        return "angka", _angka(nilai)
    return _waktu(nilai) or ("teks", str(nilai))


def _angka(nilai: float | Decimal) -> str:
    teks = format(Decimal(repr(nilai) if isinstance(nilai, float) else nilai), "f")
    return teks.rstrip("0").rstrip(".") if "." in teks else teks


def _waktu(nilai: object) -> tuple[str, str] | None:
    if isinstance(nilai, datetime):
        tepat = nilai.time() == time()
        return ("tanggal", nilai.date().isoformat()) if tepat else ("waktu", nilai.isoformat(" "))
    if isinstance(nilai, date):
        return "tanggal", nilai.isoformat()
    if isinstance(nilai, time | timedelta):
        return "waktu", str(nilai)
    return None


def main() -> None:
    """First argument: limits as JSON; stdin: the workbook."""
    batas = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (batas["memori"], batas["memori"]))
    resource.setrlimit(resource.RLIMIT_CPU, (batas["detik"], batas["detik"]))
    try:
        hasil = read(sys.stdin.buffer.read(), batas)
    except Tolak as tolak:
        hasil = tolak.isi
    except MemoryError:
        hasil = {"tolak": "bom"}
    sys.stdout.buffer.write(json.dumps(hasil).encode())


if __name__ == "__main__":
    main()
