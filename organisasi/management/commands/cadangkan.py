"""Back up the installation into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.management.cadangan import count_jejak, make_cadangan
from sakip.common.cadangan_basis import BasisGagal


class Command(BaseCommand):
    """manage.py cadangkan TUJUAN [--simpan N]"""

    help = (
        "Menulis satu cadangan utuh (basis data, berkas, catatan kepala jejak, manifes) ke folder "
        "TUJUAN selagi kantor bekerja. Kunci disebut nama dan sidiknya, tidak disalin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and how many to keep there."""
        parser.add_argument("tujuan", type=Path)
        parser.add_argument(
            "--simpan", type=int, help="Sesudah berhasil, sisakan N cadangan terbaru di TUJUAN."
        )

    def handle(self, *args: Any, tujuan: Path, simpan: int | None, **options: Any) -> None:
        """Print what was written; fail with nothing left where it could not be."""
        if simpan is not None and simpan < 1:
            raise CommandError("--simpan sedikitnya 1.")
        try:
            hasil = make_cadangan(tujuan, now=timezone.now(), simpan=simpan)
        except (BasisGagal, OSError, ValueError) as galat:
            raise CommandError(f"Cadangan tidak dibuat: {galat}.") from galat
        isi, jejak = hasil.manifes["isi"], hasil.manifes["jejak"]
        berkas = [nama for nama in isi if nama.startswith("berkas/")]
        self.stdout.write(
            f"{len(hasil.manifes['tabel'])} tabel, {sum(hasil.manifes['tabel'].values())} baris, "
            f"{len(berkas)} berkas."
        )
        self.stdout.write(
            f"{count_jejak(hasil.manifes)} catatan jejak dalam {jejak['rantai']} rantai; "
            f"sidik kepala {jejak['sidik']}"
        )
        for nama in hasil.manifes["kunci"]:
            self.stdout.write(f"Tidak disalin, simpan di tempat lain: {nama}")
        for lama in hasil.dibuang:
            self.stdout.write(f"Dibuang: {lama.name}")
        self.stdout.write(f"{hasil.berkas} ({hasil.berkas.stat().st_size} byte)")
