"""The runner: faults by number, each so often, one line each. See script/faults."""

import argparse
import importlib
import logging
import os
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.bench._basis import basis_data, cetak, siapkan


@dataclass(frozen=True)
class Galat:
    """One fault: what breaks, its module, how often, and how often in full."""

    apa: str
    modul: str = ""
    kali: int = 1
    alasan: str = ""
    penuh: int | None = None


SEMUA = {
    "F1": Galat("SIGKILL pekerja saat PDF dibuat", "f01_bunuh", 4, penuh=100),
    "F2": Galat("Redis ditolak, beku, dikosongkan", "f02_redis", 20, penuh=250),
    "F3": Galat("PostgreSQL jatuh saat kantor bekerja", "f03_postgres", 3, penuh=50),
    "F4": Galat("cakram penuh", "f04_cakram", penuh=20),
    "F5": Galat("balapan memutuskan", "f05_balapan", 20, penuh=10_000),
    "F6": Galat("riwayat di bawah galat acak", "f06_riwayat", 3, penuh=50),
    "F7": Galat("waktu: tengah malam, libur, tiga zona", "f07_waktu"),
    "F8": Galat("pemulihan dari cadangan", "f08_pulih", 20, penuh=1000),
    "F9": Galat("migrasi selagi kantor bekerja", "f09_migrasi", 20, penuh=1000),
    "F10": Galat("buku kerja yang jahat", "f10_lembar"),
    "F11": Galat("teks yang menjadi rumus", "f11_rumus"),
    "F12": Galat("bukti yang menyamar", "f12_bukti"),
    "F13": Galat("unggahan dan isian acak", "f13_acak", 500, penuh=10_000),
    "F14": Galat("2.400 orang pada hari tenggat", alasan="diukur script/bench tenggat"),
    "F15": Galat("dua versi berdampingan pada satu skema", alasan="belum dibuat"),
}


def main() -> None:
    """Run what is asked for in one database; fail unless all of it passed."""
    pilihan = _parse()
    siapkan()
    logging.disable(logging.CRITICAL)  # what breaks is counted, not told line by line
    gagal = []
    with tempfile.TemporaryDirectory(prefix="sakip-faults-") as nama, basis_data():
        # Others may share the temporary folder; the worker and PostgreSQL's user must get in.
        Path(nama).chmod(0o755)
        for nomor in pilihan.nomor or SEMUA:
            penuh = SEMUA[nomor].penuh if pilihan.penuh else None
            if not run_satu(nomor, Path(nama), pilihan.kali or penuh, pilihan.dari):
                gagal.append(nomor)
    if gagal:
        sys.exit(f"tidak lulus: {', '.join(gagal)}")


def _parse() -> argparse.Namespace:
    pengurai = argparse.ArgumentParser(prog="script/faults")
    pengurai.add_argument("nomor", nargs="*", choices=[*SEMUA, []], metavar="F1 … F15")
    pengurai.add_argument("--kali", type=int, help="banyaknya; bawaannya kecil")
    pengurai.add_argument("--penuh", action="store_true", help="sebanyak sasaran rancangan")
    pengurai.add_argument("--dari", default="", help="kode sebelumnya bagi F9: tag, komit")
    return pengurai.parse_args()


def run_satu(nomor: str, akar: Path, kali: int | None, dari: str = "") -> bool:
    """One fault, told in a line; whether it passed."""
    from tests.faults._landasan import Hasil, Landasan, TidakDapatDijalankan

    galat = SEMUA[nomor]
    if not galat.modul:
        cetak(f"{nomor:<4} TIDAK LULUS  {galat.apa}: {galat.alasan}")
        return False
    folder = akar / nomor
    folder.mkdir()
    mulai = time.monotonic()
    hasil = Hasil()
    try:
        modul = importlib.import_module(f"tests.faults.{galat.modul}")
        hasil = modul.run(Landasan(folder, kali or galat.kali, dari))
    except TidakDapatDijalankan as sebab:
        hasil.salah.append(f"tidak dapat dijalankan: {sebab}")
    except Exception:  # noqa: BLE001 - the next fault is run all the same
        hasil.salah.append(traceback.format_exc())
    lulus = not hasil.salah and hasil.kejadian > 0
    cetak(
        f"{nomor:<4} {'lulus' if lulus else 'TIDAK LULUS':<11}  {galat.apa}: "
        f"{hasil.kejadian} kejadian, {len(hasil.salah)} salah, {time.monotonic() - mulai:.0f} s",
        *(f"     {c}" for c in hasil.catatan),
        *(f"     SALAH {s}" for s in hasil.salah[:10]),
    )
    sys.stdout.flush()
    return lulus


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")
    main()
