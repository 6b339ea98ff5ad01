"""Load the demo offices: people, SOPs, plans, and test certificates for those who sign."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from organisasi.models import Pengguna
from sakip.env import BASE_DIR

# What the demo consists of: code of the office and the files that describe it.
KANTOR = {"dinkes-mojokerto": {"sop": ["dinkes-mojokerto"], "kinerja": ["dinkes-mojokerto"]}}
_PENGESAH = {"dinkes-mojokerto": "197203151998032001"}


class Command(BaseCommand):
    """manage.py muat_demo"""

    help = "Memuat instansi contoh: orang, SOP, rencana kinerja, sertifikat uji. Aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything that is not there yet."""
        if not settings.DEMO:
            raise CommandError(
                "Instalasi ini bukan contoh. Setel SAKIP_DEMO=true bila menginginkan data contoh."
            )
        for kode, berkas in KANTOR.items():
            call_command(
                "muat_organisasi",
                BASE_DIR / f"organisasi/data/{kode}.yaml",
                sandi=settings.DEMO_SANDI,
                stdout=self.stdout,
            )
            for nama in berkas["sop"]:
                call_command(
                    "muat_sop",
                    BASE_DIR / f"sop/data/{nama}.yaml",
                    instansi=kode,
                    terbitkan=True,
                    nip=_PENGESAH[kode],
                    stdout=self.stdout,
                )
            for nama in berkas["kinerja"]:
                call_command(
                    "muat_kinerja",
                    BASE_DIR / f"kinerja/data/{nama}.yaml",
                    instansi=kode,
                    stdout=self.stdout,
                )
        self._create_admin()
        call_command("buat_ca_uji", frasa_sandi=settings.DEMO_FRASA, stdout=self.stdout)

    def _create_admin(self) -> None:
        """An account administrator who holds no post: configuration power is not approval power."""
        nip = "198001012005011099"
        if not Pengguna.objects.filter(nip=nip).exists():
            Pengguna.objects.create_superuser(
                nip,
                settings.DEMO_SANDI or secrets.token_urlsafe(24),
                surel="admin@contoh.go.id",
                nama="Pengelola Akun",
            )
