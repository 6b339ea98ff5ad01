"""Load the plan of one office from a data file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinerja.services.muat import RencanaDitolak, load_rencana
from organisasi.models import Instansi


class Command(BaseCommand):
    """manage.py muat_kinerja"""

    help = "Memuat tujuan, sasaran, indikator, dan target satu instansi dari YAML. Aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("berkas", type=Path, help="Berkas YAML rencana kinerja.")
        parser.add_argument("--instansi", required=True, metavar="KODE", help="Instansi tujuan.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say how much there is, or list every fault with its line."""
        try:
            instansi = Instansi.objects.get(kode=options["instansi"])
            teks = Path(options["berkas"]).read_text(encoding="utf-8")
            hasil = load_rencana(teks=teks, instansi=instansi, aktor=None, now=timezone.now())
        except Instansi.DoesNotExist as sebab:
            raise CommandError(f"Instansi “{options['instansi']}” tidak ada.") from sebab
        except (OSError, UnicodeDecodeError) as sebab:
            raise CommandError(
                f"Berkas {options['berkas']} tidak dapat dibaca sebagai teks UTF-8: {sebab}"
            ) from sebab
        except RencanaDitolak as sebab:
            raise CommandError("\n".join([sebab.pesan, *sebab.masalah])) from sebab
        self.stdout.write(
            f"Rencana {instansi}: {hasil.tujuan} tujuan, {hasil.sasaran} sasaran, "
            f"{hasil.indikator} indikator, {hasil.target} target."
        )
