"""What a file of evidence may be: kind by content and by name, size, and a name safe to show."""

import unicodedata
import zipfile
from collections.abc import Mapping
from typing import IO
from urllib.parse import urlsplit

_OOXML = "application/vnd.openxmlformats-officedocument."
# Extension to the kind that its content must have. The first extension of a kind is used to store.
JENIS: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".xlsx": f"{_OOXML}spreadsheetml.sheet",
    ".docx": f"{_OOXML}wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
JENIS_KATA = "PDF, XLSX, DOCX, JPG, atau PNG"

_AWALAN = {
    b"%PDF-": JENIS[".pdf"],
    b"\xff\xd8\xff": JENIS[".jpg"],
    b"\x89PNG\r\n\x1a\n": JENIS[".png"],
}
_ISI_ZIP = {"xl/workbook.xml": JENIS[".xlsx"], "word/document.xml": JENIS[".docx"]}
_MAKS_NAMA = 120
# Of a workbook or document that people will open: parts, and bytes when unpacked.
_MAKS_ISI = 5_000
_MAKS_TERURAI = 500 * 1024 * 1024
MAKS_TAUTAN = 1000


class BuktiDitolak(ValueError):
    """The file is not accepted; the message is a sentence that names it and what is allowed."""


def clean_nama(nama: str) -> str:
    """The file's name without folders, control and direction marks, at most 120 characters."""
    dasar = nama.replace("\\", "/").rpartition("/")[2]
    terlihat = "".join(" " if unicodedata.category(h)[0] in "CZ" else h for h in dasar)
    rapi = " ".join(terlihat.split()).strip(". ") or "bukti"
    batang, titik, akhiran = rapi.rpartition(".")
    if not titik or len(akhiran) > 10:
        return rapi[:_MAKS_NAMA]
    return f"{batang[: _MAKS_NAMA - len(akhiran) - 1]}.{akhiran}"


def check_bukti(nama: str, berkas: IO[bytes], *, ukuran: int, maks: int) -> str:
    """The MIME type of a file that may be kept, judged by its content; `berkas` is rewound.

    nama: as `clean_nama` gives it. Only the first bytes and a zip's directory are read.

    Raises:
        BuktiDitolak: empty, larger than `maks` bytes, of another kind, or not what its name says.
    """
    if ukuran == 0:
        raise BuktiDitolak(f"Berkas “{nama}” kosong. Pilih kembali berkasnya.")
    if ukuran > maks:
        raise BuktiDitolak(
            f"Berkas “{nama}” berukuran {format_ukuran(ukuran)}. "
            f"Ukuran paling besar {format_ukuran(maks)}."
        )
    _batang, titik, akhiran = nama.rpartition(".")
    diharap = JENIS.get(f"{titik}{akhiran.lower()}")
    if diharap is None:
        raise BuktiDitolak(f"Berkas “{nama}” tidak dapat diterima. Unggah {JENIS_KATA}.")
    if _find_jenis(berkas) != diharap:
        raise BuktiDitolak(
            f"Isi berkas “{nama}” bukan {akhiran.upper()} yang utuh tanpa makro. "
            f"Unggah {JENIS_KATA} yang dapat dibuka."
        )
    return diharap


def clean_tautan(teks: str) -> str:
    """The address of a link as it is kept. Nothing is fetched; only its form is judged.

    Raises:
        BuktiDitolak: not https, without a host, with a name and password, or too long.
    """
    rapi = teks.strip()
    if len(rapi) > MAKS_TAUTAN:
        raise BuktiDitolak(f"Tautan paling panjang {MAKS_TAUTAN} huruf.")
    terlarang = any(h.isspace() or unicodedata.category(h)[0] == "C" or h in '\\"<>' for h in rapi)
    if terlarang or not rapi.lower().startswith("https://") or not find_host(rapi):
        raise BuktiDitolak("Tautan harus diawali https://, contoh https://drive.google.com/….")
    return "https://" + rapi[len("https://") :]


def find_host(tautan: str) -> str:
    """The host of an address, in small letters; "" where there is none that people can read."""
    try:
        bagian = urlsplit(tautan)
        host, _port = bagian.hostname or "", bagian.port
    except ValueError:
        return ""
    if "@" in bagian.netloc or "." not in host:
        return ""
    return host


def explain_kuota(ukuran: int, *, terpakai: int, maks: int, milik: str) -> str:
    """Why a file of that size does not fit, as a sentence; "" where it does.

    milik: whose quota, "formulir ini" or "kantor ini".
    """
    if terpakai + ukuran <= maks:
        return ""
    sisa = max(maks - terpakai, 0)
    return (
        f"Tempat bukti {milik} tidak cukup: {format_ukuran(maks)} dan tersisa "
        f"{format_ukuran(sisa)}, sedangkan berkas ini {format_ukuran(ukuran)}. "
        "Hapus bukti yang tidak dipakai, perkecil berkasnya, atau pakai tautan."
    )


def format_ukuran(bita: int) -> str:
    """A size for people: "812 kB", "10,5 MB"; rounded up, so that too large never looks equal."""
    if bita <= 1000 * 1024:
        return f"{-(-bita // 1024)} kB"
    persepuluh = -(-bita * 10 // (1024 * 1024))
    bulat, sisa = divmod(persepuluh, 10)
    return f"{bulat},{sisa} MB" if sisa else f"{bulat} MB"


def _find_jenis(berkas: IO[bytes]) -> str | None:
    berkas.seek(0)
    awal = berkas.read(8)
    berkas.seek(0)
    if awal.startswith(b"PK\x03\x04"):
        return _find_jenis_zip(berkas)
    return next((jenis for awalan, jenis in _AWALAN.items() if awal.startswith(awalan)), None)


def _find_jenis_zip(berkas: IO[bytes]) -> str | None:
    """Word or Excel by the parts inside; a file with macros is neither, nor one that unpacks to a
    mountain. Nothing is unpacked.
    """
    try:
        with zipfile.ZipFile(berkas) as arsip:
            daftar = arsip.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return None
    finally:
        berkas.seek(0)
    if len(daftar) > _MAKS_ISI or sum(z.file_size for z in daftar) > _MAKS_TERURAI:
        return None
    isi = {z.filename for z in daftar}
    if any(n.lower().endswith("vbaproject.bin") for n in isi):
        return None
    return next((jenis for bagian, jenis in _ISI_ZIP.items() if bagian in isi), None)
