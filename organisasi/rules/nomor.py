"""Numbers of letters and documents: the pattern as data, read and written without a database.

A pattern is the text of the number with tokens in braces, for example
``{klasifikasi}/{nomor:03}/{kode_unit}/{bulan_romawi}/{tahun}``.
Sumber: NASKAH-DINAS in docs/regulasi.md
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase

ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_UNSUR = re.compile(r"\{([^{}]*)\}")
_LEBAR = re.compile(r"nomor:0([2-6])")
_DASAR = ("klasifikasi", "kode_unit")


@dataclass(frozen=True)
class Unsur:
    """What one number is made of. sisipan: "" or the letter of a number put in between."""

    urut: int
    tanggal: date
    sisipan: str = ""
    klasifikasi: str = ""
    kode_unit: str = ""


_TULIS: Mapping[str, Callable[[Unsur], str]] = {
    "nomor": lambda u: _tulis_urut(u, 1),
    "klasifikasi": lambda u: u.klasifikasi,
    "kode_unit": lambda u: u.kode_unit,
    "bulan": lambda u: f"{u.tanggal.month:02d}",
    "bulan_romawi": lambda u: ROMAWI[u.tanggal.month - 1],
    "tahun": lambda u: str(u.tanggal.year),
}
UNSUR = tuple(_TULIS)


def format_nomor(pola: str, unsur: Unsur) -> str:
    """The number as printed. `pola` has been checked by `list_masalah_pola`."""

    def tulis(cocok: re.Match[str]) -> str:
        lebar = _LEBAR.fullmatch(cocok[1])
        return _tulis_urut(unsur, int(lebar[1])) if lebar else _TULIS[cocok[1]](unsur)

    return _UNSUR.sub(tulis, pola)


def _tulis_urut(unsur: Unsur, lebar: int) -> str:
    sisipan = f".{unsur.sisipan}" if unsur.sisipan else ""
    return f"{unsur.urut:0{lebar}d}{sisipan}"


def list_masalah_pola(
    pola: str, *, reset: str, klasifikasi: str = "", kode_unit: str = ""
) -> list[str]:
    """Why such a pattern cannot be used, in words; empty when it can.

    reset: "tahun", "bulan" or "tidak". A number that starts again must name what it starts with,
    or two documents would have the same number.
    """
    dipakai = [u.partition(":")[0] for u in _UNSUR.findall(pola)]
    masalah = [
        f"Unsur {{{u}}} tidak dikenal."
        for u in _UNSUR.findall(pola)
        if u not in _TULIS and not _LEBAR.fullmatch(u)
    ]
    if re.search(r"[{}]", _UNSUR.sub("", pola)):
        masalah.append("Kurung kurawal tidak berpasangan.")
    if dipakai.count("nomor") != 1:
        masalah.append("Pola memuat {nomor} tepat satu kali.")
    if reset != "tidak" and "tahun" not in dipakai:
        masalah.append("Nomor yang mulai lagi memuat {tahun}, agar tidak ada nomor kembar.")
    if reset == "bulan" and not {"bulan", "bulan_romawi"} & set(dipakai):
        masalah.append("Nomor yang mulai lagi tiap bulan memuat {bulan} atau {bulan_romawi}.")
    isi = {"klasifikasi": klasifikasi, "kode_unit": kode_unit}
    masalah += [
        f"Isi dahulu {n}, karena dipakai pada pola." for n in _DASAR if _lack(n, dipakai, isi)
    ]
    return masalah


def _lack(nama: str, dipakai: list[str], isi: Mapping[str, str]) -> bool:
    return nama in dipakai and not isi[nama].strip()


def make_kurun(reset: str, tanggal: date) -> str:
    """The count a number of that day stands in: "2026", "2026-10", or "" for an endless one."""
    return {"tahun": f"{tanggal.year}", "bulan": f"{tanggal.year}-{tanggal.month:02d}"}.get(
        reset, ""
    )


def next_sisipan(terpakai: int) -> str | None:
    """The letter after so many numbers put in behind the same number; None after z."""
    return ascii_lowercase[terpakai] if terpakai < len(ascii_lowercase) else None
