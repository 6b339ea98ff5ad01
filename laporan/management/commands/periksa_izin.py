"""Check that guardian's rows and the dated records of named readers say the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from laporan.selectors.izin import check_izin


class Command(BaseCommand):
    """manage.py periksa_izin"""

    help = (
        "Mencocokkan baris hak baca (guardian) dengan izin bertanggalnya; menyebut yang tidak "
        "berpasangan dan gagal bila ada. Baris seperti itu tidak membuka laporan apa pun."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count each kind; fail when there is one."""
        hasil = check_izin()
        for nama, pk in hasil.cacat:
            self.stderr.write(f"{nama} {pk}")
        if hasil.cacat:
            raise CommandError(f"{len(hasil.cacat)} baris tidak berpasangan.")
        self.stdout.write(f"{hasil.izin} izin dan {hasil.hak} baris hak berpasangan.")
