"""Check that every archived file is still what was archived."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from laporan.services.arsip import check_arsip


class Command(BaseCommand):
    """manage.py periksa_arsip"""

    help = (
        "Menghitung ulang sidik SHA-256 tiap berkas arsip; gagal bila ada yang berubah atau hilang."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each file that changed; fail when there is one."""
        banyak = rusak = 0
        for arsip, utuh in check_arsip():
            banyak += 1
            if not utuh:
                rusak += 1
                self.stderr.write(f"BERUBAH {arsip.dokumen.draf.judul}: {arsip.berkas}")
        if rusak:
            raise CommandError(f"{rusak} dari {banyak} berkas arsip berubah atau hilang.")
        self.stdout.write(f"{banyak} berkas arsip utuh.")
