"""Prove that the sums kept for fast means are those of the rows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kinerja.services.ringkasan import check_ringkasan


class Command(BaseCommand):
    """manage.py periksa_ringkasan"""

    help = (
        "Menjumlahkan ulang setiap formulir capaian yang dikirim dan membandingkannya dengan "
        "ringkasan yang tersimpan. Yang belum ada ditulis; yang berbeda dibetulkan, disebut, dan "
        "perintah gagal."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print the counts, fail where something differed."""
        hasil = check_ringkasan()
        self.stdout.write(
            f"{hasil.diperiksa} formulir diperiksa, {hasil.ditulis} ringkasan ditulis, "
            f"{len(hasil.beda)} berbeda."
        )
        if hasil.beda:
            nomor = ", ".join(map(str, hasil.beda))
            raise CommandError(f"Ringkasan formulir ini berbeda dari barisnya: {nomor}.")
