"""Hand a person what the installation holds about him (UU 27/2022)."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from laporan.management.pribadi import gather_data, write_inventaris
from organisasi.models import Pengguna
from sakip.common.cakram import write_whole


class Command(BaseCommand):
    """manage.py data_orang NIP --keluaran F.json | --inventaris"""

    help = (
        "Menulis semua data pribadi satu orang ke berkas JSON yang hanya terbaca pemiliknya, tanpa "
        "rahasia; atau dengan --inventaris mencetak tabel untuk docs/privasi.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where to."""
        parser.add_argument("nip", nargs="?")
        parser.add_argument("--keluaran", type=Path)
        parser.add_argument("--inventaris", action="store_true")

    def handle(self, *args: Any, nip: str | None, keluaran: Path | None, **options: Any) -> None:
        """Write the file, and say how much is in it."""
        if options["inventaris"]:
            self.stdout.write(write_inventaris())
            return
        if not nip or keluaran is None:
            raise CommandError("Sebut NIP dan --keluaran.")
        orang = Pengguna.objects.filter(nip="".join(nip.split())).first()
        if orang is None:
            raise CommandError(f"Tidak ada akun dengan NIP {nip}.")
        data = gather_data(orang)
        teks = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        try:
            write_whole(keluaran, [teks.encode()], mode=0o600)
        except OSError as galat:
            raise CommandError(f"Tidak dapat ditulis: {galat}.") from galat
        banyak = sum(len(baris) for baris in data.values())
        self.stdout.write(f"{banyak} baris dari {len(data)} tabel: {keluaran}")
