"""Load national holidays and cuti bersama from YAML files."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from organisasi.services.libur import load_libur
from sakip.env import BASE_DIR

FOLDER = BASE_DIR / "organisasi/data/libur"


class Command(BaseCommand):
    """manage.py muat_libur [BERKAS ...]"""

    help = "Memuat libur nasional dan cuti bersama, bawaan semua tahun yang tersedia. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files; without any, those that come with the product."""
        parser.add_argument("berkas", type=Path, nargs="*")

    def handle(self, *args: Any, berkas: list[Path], **options: Any) -> None:
        """Load each file whole, or not at all."""
        for satu in berkas or sorted(FOLDER.glob("*.yaml")):
            self.stdout.write(f"{satu.stem}: {self._load(satu)} hari libur ditambahkan.")

    def _load(self, berkas: Path) -> int:
        try:
            return load_libur(yaml.safe_load(berkas.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError) as galat:
            raise CommandError(f"{berkas}: tidak dapat dibaca: {galat}") from galat
        except (AttributeError, KeyError, TypeError, ValueError) as galat:
            raise CommandError(
                f"{berkas}: isinya salah: {galat}. Tidak ada yang disimpan."
            ) from galat
        except IntegrityError as galat:
            raise CommandError(f"{berkas}: ada tanggal yang tertulis dua kali.") from galat
