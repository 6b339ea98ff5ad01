"""Close what is kept sealed with the present key of the application, so that older ones can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from laporan.services.identitas_tanda import reseal_nik
from organisasi.services.faktor import reseal_kunci


class Command(BaseCommand):
    """manage.py segel_ulang"""

    help = (
        "Menyandikan ulang kunci autentikator dan NIK dengan SAKIP_SECRET_KEY yang sekarang. "
        "Sesudahnya kunci lama dapat dibuang dari SAKIP_SECRET_KEY_FALLBACKS. Aman diulang."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many; fails where something opens with no key."""
        (kunci, kunci_gagal), (nik, nik_gagal) = reseal_kunci(), reseal_nik()
        self.stdout.write(f"{kunci} kunci autentikator dan {nik} NIK disandikan ulang.")
        if kunci_gagal or nik_gagal:
            raise CommandError(
                f"{kunci_gagal} kunci autentikator dan {nik_gagal} NIK tidak terbuka dengan kunci "
                "mana pun; pemiliknya harus mengisi ulang."
            )
