"""Restore the installation out of one backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.management.cadangan import count_jejak
from organisasi.management.pemulihan import (
    TidakDipulihkan,
    require_cocok,
    require_kosong,
    restore,
)
from sakip.common.cadangan_arsip import ArsipRusak, Manifes, check_arsip
from sakip.common.cadangan_basis import BasisGagal

_SEBUT = 20


class Command(BaseCommand):
    """manage.py pulihkan ARSIP [--periksa | --timpa]"""

    help = (
        "Memeriksa seluruh cadangan, lalu mengembalikan basis data, berkas, dan catatan kepala "
        "jejak, dan membandingkan hasilnya. Hentikan web, pekerja, dan penjadwal lebih dulu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how far to go."""
        parser.add_argument("arsip", type=Path)
        cara = parser.add_mutually_exclusive_group()
        cara.add_argument(
            "--periksa",
            action="store_true",
            help="Periksa berkas cadangan saja; tidak ada yang ditulis.",
        )
        cara.add_argument(
            "--timpa", action="store_true", help="Ganti isi instalasi yang sudah dipakai."
        )

    def handle(self, *args: Any, arsip: Path, periksa: bool, timpa: bool, **options: Any) -> None:
        """Say what came back; fail where anything differs."""
        try:
            manifes = check_arsip(arsip)
            self._tell_isi(manifes)
            require_cocok(manifes)
            if periksa:
                return
            if not timpa:
                require_kosong()
        except (ArsipRusak, OSError) as galat:
            raise CommandError(f"Cadangan tidak dapat dipakai: {galat}.") from galat
        except TidakDipulihkan as galat:
            raise CommandError(f"Tidak dipulihkan: {galat}.") from galat
        self._restore(arsip, manifes)

    def _tell_isi(self, manifes: Manifes) -> None:
        self.stdout.write(
            f"Cadangan {manifes['waktu']} utuh: {len(manifes['isi'])} bagian, "
            f"{sum(manifes['tabel'].values())} baris, {count_jejak(manifes)} catatan jejak."
        )

    def _restore(self, arsip: Path, manifes: Manifes) -> None:
        try:
            hasil = restore(arsip, manifes, now=timezone.now())
        except (BasisGagal, OSError) as galat:
            raise CommandError(f"Basis data tidak diubah: {galat}.") from galat
        self.stdout.write(f"{hasil.berkas} berkas dikembalikan, semua orang harus masuk ulang.")
        for lama in hasil.disisihkan:
            self.stdout.write(f"Catatan kepala jejak disisihkan: {lama}")
        for langkah in hasil.dimigrasi:
            self.stdout.write(f"Migrasi dijalankan: {langkah}")
        for nama in hasil.kunci:
            self.stdout.write(f"Kunci belum ada atau berbeda dari saat dicadangkan: {nama}")
        for beda in hasil.beda[:_SEBUT]:
            self.stderr.write(f"BEDA {beda}")
        if hasil.beda:
            raise CommandError(f"{len(hasil.beda)} hal berbeda dari cadangan.")
        self.stdout.write("Jumlah baris tiap tabel dan seluruh rantai jejak sama dengan cadangan.")
