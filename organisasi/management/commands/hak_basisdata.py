"""Give the application's account of PostgreSQL the rights it needs, or say where it has more."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from sakip.common.hak_basis import (
    TerlaluBerkuasa,
    get_peran_kini,
    grant_hak,
    list_kurang,
    list_lebih,
)
from sakip.env import env


class Command(BaseCommand):
    """manage.py hak_basisdata [PERAN] [--periksa]"""

    help = (
        "Memberi akun basis data PERAN (bawaan SAKIP_PERAN_APLIKASI) hak atas baris saja; "
        "dijalankan oleh pemilik tabel sesudah migrate. Akunnya dibuat, atau sandinya diganti, "
        "bila SAKIP_SANDI_APLIKASI terisi. --periksa membandingkan saja; bawaannya akun proses ini."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose rights, and whether only to look."""
        parser.add_argument("peran", nargs="?", default="")
        parser.add_argument("--periksa", action="store_true")

    def handle(self, *args: Any, peran: str, periksa: bool, **options: Any) -> None:
        """Print what is so now; fail where the account has too much, or too little to work."""
        if connection.vendor != "postgresql":
            raise CommandError("Hanya untuk PostgreSQL: SQLite tidak mengenal akun.")
        if periksa:
            self._compare(peran or get_peran_kini())
            return
        peran = peran or settings.PERAN_APLIKASI
        if not peran:
            raise CommandError("Sebut PERAN, atau isi SAKIP_PERAN_APLIKASI.")
        try:
            grant_hak(peran, env.str("SANDI_APLIKASI", ""))
        except TerlaluBerkuasa as galat:
            raise CommandError(
                f"Hak akun {peran} tidak diubah, karena tetap berlebih: {galat}."
            ) from galat
        self.stdout.write(f"Akun {peran} boleh bekerja dengan baris, tidak dengan tabel.")

    def _compare(self, peran: str) -> None:
        lebih, kurang = list_lebih(peran), list_kurang(peran)
        for kata, isi in (("BERLEBIH", lebih), ("KURANG", kurang)):
            for apa in isi:
                self.stderr.write(f"{kata} {apa}")
        if lebih or kurang:
            raise CommandError(
                f"Akun {peran}: {len(lebih)} hak berlebih, {len(kurang)} hak kurang."
            )
        self.stdout.write(f"Akun {peran} boleh bekerja dengan baris, tidak dengan tabel.")
