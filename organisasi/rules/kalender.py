"""Reading a pasted list of free days; which hours a working week may have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sakip.common.waktu import BULAN, HARI, Sesi

_ISO = re.compile(r"(?P<tahun>\d{4})-(?P<bulan>\d{1,2})-(?P<hari>\d{1,2})\b")
_KATA = re.compile(
    rf"(?P<hari>\d{{1,2}})\s+(?P<bulan>{'|'.join(BULAN)})\s+(?P<tahun>\d{{4}})\b", re.IGNORECASE
)
_PEMISAH = " \t;:,.-–"
_TERKECIL = timedelta(hours=1)


@dataclass(frozen=True)
class BarisLibur:
    """One line of a pasted list."""

    tanggal: date
    nama: str


def parse_daftar_libur(teks: str) -> tuple[list[BarisLibur], list[str]]:
    """Days of a pasted list, one a line, and what is wrong with it, each fault with its line.

    A line is a date ("2027-01-01" or "1 Januari 2027") and a name; empty lines are passed over.
    """
    hari: dict[date, str] = {}
    masalah = []
    for nomor, baris in enumerate(teks.splitlines(), start=1):
        if not baris.strip():
            continue
        hasil = _parse_baris(baris.strip())
        if isinstance(hasil, str):
            masalah.append(f"Baris {nomor}: {hasil}")
        elif hasil.tanggal in hari:
            masalah.append(f"Baris {nomor}: {hasil.tanggal} sudah tertulis di atasnya.")
        else:
            hari[hasil.tanggal] = hasil.nama
    if not hari and not masalah:
        masalah.append("Belum ada baris yang dapat dibaca.")
    return [BarisLibur(tanggal, nama) for tanggal, nama in hari.items()], masalah


def _parse_baris(baris: str) -> BarisLibur | str:
    cocok = _ISO.match(baris) or _KATA.match(baris)
    if cocok is None:
        return f"“{baris[:60]}” tidak diawali tanggal. Contoh: 2027-01-01 Tahun Baru."
    nama = baris[cocok.end() :].strip(_PEMISAH)
    if not 0 < len(nama) <= 150:
        return "namanya kosong atau lebih dari 150 huruf."
    angka = cocok["bulan"]
    bulan = int(angka) if angka.isdigit() else [b.lower() for b in BULAN].index(angka.lower()) + 1
    try:
        return BarisLibur(date(int(cocok["tahun"]), bulan, int(cocok["hari"])), nama)
    except ValueError:
        return f"tanggal {cocok[0]} tidak ada."


def explain_jam(sesi: Mapping[int, tuple[Sesi, ...]]) -> list[str]:
    """What is wrong with the hours of a week (0 = Senin), as sentences; empty when nothing is."""
    masalah = []
    jumlah = timedelta()
    for hari in sorted(sesi):
        akhir = None
        for buka, tutup in sesi[hari]:
            if tutup <= buka:
                masalah.append(f"{HARI[hari]}: jam selesai harus sesudah jam mulai.")
            elif akhir and buka < akhir:
                masalah.append(
                    f"{HARI[hari]}: sesi kedua harus mulai sesudah sesi pertama selesai."
                )
            akhir = tutup
            jumlah += datetime.combine(date.min, tutup) - datetime.combine(date.min, buka)
    if not masalah and jumlah < _TERKECIL:
        masalah.append("Isi paling sedikit satu jam kerja dalam sepekan.")
    return masalah
