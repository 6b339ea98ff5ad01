"""A link to choose a password, for who cannot get one by e-mail or from a manager."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisasi.models import SuratAkun
from organisasi.selectors import find_pengguna
from organisasi.services.surat_akun import make_jalur


class Command(BaseCommand):
    """manage.py tautan_sandi NIP_ATAU_SUREL"""

    help = "Mencetak tautan sekali pakai untuk memilih kata sandi, untuk diserahkan langsung."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person."""
        parser.add_argument("siapa")

    def handle(self, *args: Any, siapa: str, **options: Any) -> None:
        """Invitation for who has no password yet, otherwise the link for a forgotten one."""
        pengguna = find_pengguna(siapa)
        if pengguna is None or not pengguna.is_active:
            raise CommandError("Tidak ada akun aktif dengan NIP atau surel itu.")
        lupa = pengguna.has_usable_password()
        jenis = SuratAkun.Jenis.LUPA if lupa else SuratAkun.Jenis.UNDANGAN
        self.stdout.write(f"{pengguna.nama}, NIP {pengguna.nip_berkelompok}")
        self.stdout.write(f"{settings.ALAMAT_PUBLIK}{make_jalur(pengguna, jenis)}")
        self.stdout.write(f"Berlaku sekali, paling lama {'dua jam' if lupa else 'tiga hari'}.")
