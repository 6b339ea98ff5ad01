"""Load an office from a YAML file."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.services.muat import load_instansi


class Command(BaseCommand):
    """manage.py muat_organisasi BERKAS [--sandi KATA]"""

    help = "Memuat instansi, unit, jabatan, pegawai, dan penugasan dari berkas YAML."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and a first password for new accounts."""
        parser.add_argument("berkas", type=Path)
        parser.add_argument(
            "--sandi",
            default=None,
            help="Kata sandi awal akun baru; tanpa ini akun belum dapat masuk.",
        )

    def handle(self, *args: Any, berkas: Path, sandi: str | None, **options: Any) -> None:
        """Load all of it, or nothing."""
        try:
            data = yaml.safe_load(berkas.read_text(encoding="utf-8"))
            instansi = load_instansi(data, sandi=sandi, now=timezone.now())
        except (OSError, yaml.YAMLError) as galat:
            raise CommandError(f"{berkas}: tidak dapat dibaca: {galat}") from galat
        except (KeyError, TypeError) as galat:
            raise CommandError(
                f"{berkas}: kunci {galat} tidak ada atau salah tempat. Tidak ada yang disimpan."
            ) from galat
        self.stdout.write(f"{instansi.nama}: dimuat.")
