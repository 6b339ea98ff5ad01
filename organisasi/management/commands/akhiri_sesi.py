"""Sign a person out everywhere, or everybody: after a stolen device, or a break-in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.selectors import find_pengguna
from organisasi.services.sesi import end_semua_sesi, end_sesi_lain


class Command(BaseCommand):
    """Ends sessions and says how many."""

    help = "Mengakhiri semua sesi satu orang (NIP atau surel), atau sesi semua orang (--semua)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        pilihan = parser.add_mutually_exclusive_group(required=True)
        pilihan.add_argument("siapa", nargs="?", help="NIP atau surel")
        pilihan.add_argument("--semua", action="store_true")

    def handle(self, *args: Any, siapa: str | None, semua: bool, **options: Any) -> None:
        """As asked for; a name that is not known changes nothing."""
        now = timezone.now()
        if semua:
            self.stdout.write(f"Sesi {end_semua_sesi(now=now)} orang diakhiri.")
            return
        pengguna = find_pengguna(siapa or "")
        if pengguna is None:
            raise CommandError(f"Tidak ada akun dengan NIP atau surel {siapa}.")
        banyak = end_sesi_lain(pengguna=pengguna, kecuali=None, now=now, oleh_server=True)
        self.stdout.write(f"{banyak} sesi {pengguna.nama} diakhiri.")
