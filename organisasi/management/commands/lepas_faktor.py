"""Take the second factor off an account whose owner lost the devices and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.selectors import find_pengguna
from organisasi.services.faktor import reset_faktor
from sakip.common.errors import TransisiDitolak


class Command(BaseCommand):
    """manage.py lepas_faktor NIP_ATAU_SUREL"""

    help = "Melepas faktor kedua sebuah akun, setelah pemiliknya dipastikan secara langsung."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person."""
        parser.add_argument("siapa")

    def handle(self, *args: Any, siapa: str, **options: Any) -> None:
        """All sessions end; the trail of the office says that the server did it."""
        pengguna = find_pengguna(siapa)
        if pengguna is None:
            raise CommandError("Tidak ada akun dengan NIP atau surel itu.")
        try:
            reset_faktor(pengguna=pengguna, now=timezone.now())
        except TransisiDitolak as ditolak:
            raise CommandError(ditolak.pesan) from ditolak
        self.stdout.write(f"Faktor kedua {pengguna.nama} dilepas; semua sesinya diakhiri.")
