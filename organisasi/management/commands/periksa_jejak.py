"""Check the audit trail from its first row to its last, and note the heads of its chains."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.models import Jejak
from organisasi.selectors_jejak import find_putus, gather_tercatat
from organisasi.services.kepala_jejak import CatatanRusak, note_kepala, read_kepala

_SEBUT = 20


class Command(BaseCommand):
    """manage.py periksa_jejak [--catatan FOLDER] [--catat]"""

    help = (
        "Memeriksa seluruh jejak audit terhadap rantai sidiknya dan catatan kepala rantai; "
        "menyebut putus pertama tiap rantai dan gagal bila ada."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the notes lie, and whether to add one."""
        parser.add_argument("--catatan", type=Path, default=settings.JEJAK_DIR)
        parser.add_argument(
            "--catat", action="store_true", help="Bila utuh, catat kepala semua rantai."
        )

    def handle(self, *args: Any, catatan: Path, catat: bool, **options: Any) -> None:
        """Name each break; fail when there is one."""
        try:
            tercatat = gather_tercatat(read_kepala(catatan))
        except CatatanRusak as galat:
            raise CommandError(f"Catatan kepala rantai rusak: {galat}.") from galat
        putus = list(find_putus(tercatat))
        for p in putus[:_SEBUT]:
            self.stderr.write(f"PUTUS {p}")
        if putus:
            raise CommandError(f"{len(putus)} rantai jejak putus. Pertama: {putus[0]}.")
        self.stdout.write(f"{Jejak.objects.count()} catatan jejak utuh.")
        if catat:
            hasil = note_kepala(catatan, now=timezone.now())
            self.stdout.write(f"{hasil.rantai} kepala rantai dicatat: {hasil.berkas}")
            self.stdout.write(f"Sidik seluruhnya: {hasil.sidik}")
