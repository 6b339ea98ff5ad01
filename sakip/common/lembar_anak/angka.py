"""What a stored figure is: an amount, a share, a moment. And where a cell stands."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from sakip.common.lembar_anak.arsip import Tolak, list_unsur

# Number formats that Excel knows by number alone: moments, percentages.
_ID_WAKTU = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_ID_PERSEN = frozenset([9, 10])
_ID_LAMA = frozenset([46])
_HIASAN = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_LAMA = re.compile(r"\[[hms]+\]", re.I)
_HURUF_WAKTU = re.compile(r"[dmhys]", re.I)
# Whole figures of these kinds stand as they are stored.
_APA_ADANYA = {"": "angka", "persen": "persen"}
_ALAMAT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.I)


def list_kelas(arsip: zipfile.ZipFile) -> Iterator[str]:
    """For each style of a cell what its figures are: "", persen, waktu or lama."""
    sendiri: dict[int, str] = {}
    dalam = False
    for nama, sifat in list_unsur(arsip, "xl/styles.xml"):
        if nama == "numFmt":
            sendiri[int(sifat.get("numFmtId", 0))] = sifat.get("formatCode", "")
        elif nama in ("cellXfs", "cellStyles"):
            dalam = nama == "cellXfs"
        elif nama == "xf" and dalam:
            nomor = int(sifat.get("numFmtId", 0))
            yield classify(nomor, sendiri.get(nomor, ""))


def classify(nomor: int, bentuk: str) -> str:
    """What a number format makes of a figure."""
    if not bentuk:
        kelas = "waktu" if nomor in _ID_WAKTU else "persen" if nomor in _ID_PERSEN else ""
        return "lama" if nomor in _ID_LAMA else kelas
    polos = _HIASAN.sub("", bentuk.split(";")[0])
    if _LAMA.search(polos):
        return "lama"
    if "%" in polos:
        return "persen"
    return "waktu" if _HURUF_WAKTU.search(polos) else ""


def describe_angka(isi: str, kelas: str, awal: datetime) -> tuple[str, str]:
    """A stored figure as Excel shows it: the shortest digits of its binary fraction, or a moment.

    Raises:
        Tolak: no figure stands where one should.
    """
    if isi.isascii() and isi.isdigit() and isi[0] != "0" and len(isi) < 16 and kelas in _APA_ADANYA:
        return _APA_ADANYA[kelas], isi
    try:
        # A workbook holds binary fractions: 98.239999999999995 is 98.24 to whoever typed it.
        angka = Decimal(isi) if isi.isdigit() and len(isi) < 16 else Decimal(repr(float(isi)))
        if kelas in ("waktu", "lama"):
            return _hitung_waktu(angka, kelas, awal)
        teks = format(angka, "f")
    except (InvalidOperation, ValueError):
        raise Tolak("rusak") from None
    except OverflowError:
        return "galat", "#VALUE!"
    teks = teks.rstrip("0").rstrip(".") if "." in teks else teks
    return "persen" if kelas == "persen" else "angka", teks


def _hitung_waktu(hari: Decimal, kelas: str, awal: datetime) -> tuple[str, str]:
    lama = timedelta(milliseconds=int((hari * 86_400_000).to_integral_value()))
    if kelas == "lama":
        return "waktu", str(lama)
    if 0 <= hari < 1:
        return "waktu", str((awal + lama).time())
    if hari < 60 and awal.year == 1899:
        lama += timedelta(days=1)  # Excel counts a 29 February 1900 that never was
    return describe_waktu(awal + lama)


def describe_waktu(kapan: datetime) -> tuple[str, str]:
    """A date, or a moment of it, as ISO 8601."""
    hari = kapan.date().isoformat()
    tengah = kapan.time() == datetime.min.time()
    return ("tanggal", hari) if tengah else ("waktu", kapan.isoformat(" "))


def split_alamat(alamat: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as AB12.

    Raises:
        Tolak: it is none.
    """
    cocok = _ALAMAT.fullmatch(alamat.replace("$", ""))
    if cocok is None:
        raise Tolak("rusak")
    kolom = 0
    for huruf in cocok[1].upper():
        kolom = kolom * 26 + ord(huruf) - 64
    return int(cocok[2]), kolom
