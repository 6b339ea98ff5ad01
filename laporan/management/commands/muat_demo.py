"""Load the demo offices: free days, people, SOPs, plans, test certificates of those who sign."""

import secrets
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from laporan.management.riwayat import SEJAK, load_riwayat
from laporan.management.tahunan import TAHUN, load_tahunan
from laporan.management.tata_usaha import load_tata_usaha
from laporan.management.tuntas import load_tuntas
from organisasi.models import Instansi, Pengguna
from sakip.common.rahasia import Rahasia
from sakip.env import BASE_DIR
from sop.services.muat import load_berkas


@dataclass(frozen=True)
class Kantor:
    """One demo office. Its files are named after `kode`; pengesah: NIP of who publishes its SOP.

    contoh: it can also try the SOPs that are no office's own. sejak_dahulu: it has a past,
    and has had its SOPs since then.
    """

    kode: str
    pengesah: str
    rencana: bool = True
    contoh: bool = False
    sejak_dahulu: bool = False


# A plan is there where a step of the SOP collects figures from units.
KANTOR = (
    Kantor("dinkes-mojokerto", pengesah="197203151998032001", contoh=True, sejak_dahulu=True),
    Kantor("dinkes-banten", pengesah="197006141996032011", rencana=False),
    Kantor("dprkp2-mojokerto", pengesah="197101201997031021"),
    Kantor("kecamatan-dawarblandong", pengesah="197204091993031031", sejak_dahulu=True),
    Kantor("kota-blitar", pengesah="197010251995031041", sejak_dahulu=True),
)


# Marked as examples in their names: no office has them as its own.
CONTOH = ("contoh-perjanjian-kinerja", "contoh-rencana-aksi")

# Looks after the three offices of its regency; has neither SOP nor plan.
PEMBINA = "setda-mojokerto"


class Command(BaseCommand):
    """manage.py muat_demo"""

    help = (
        "Memuat hari libur dan instansi contoh: orang, SOP, rencana, sertifikat uji. Aman diulang."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--lengkap",
            action="store_true",
            help="Juga satu tahun penuh Dinas Kesehatan, untuk memperagakan laporan tahunan.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything that is not there yet."""
        if not settings.DEMO:
            raise CommandError(
                "Instalasi ini bukan contoh. Setel SAKIP_DEMO=true bila menginginkan data contoh."
            )
        call_command("muat_libur", stdout=self.stdout)
        for kantor in KANTOR:
            self._load(kantor)
        self._load_organisasi(PEMBINA)
        self.stdout.write(f"Riwayat contoh: {load_riwayat()} laporan baru.")
        if options["lengkap"]:
            self.stdout.write(f"Tahun contoh {TAHUN}: {load_tahunan()} formulir capaian baru.")
        self.stdout.write(f"Tata usaha contoh: {load_tata_usaha()} kantor baru.")
        self._create_admin()
        call_command("buat_ca_uji", frasa_sandi=settings.DEMO_FRASA, stdout=self.stdout)
        if settings.DEMO_FRASA:
            baru = load_tuntas(Rahasia(settings.DEMO_FRASA), lengkap=options["lengkap"])
            self.stdout.write(f"Dokumen contoh yang tuntas: {baru} baru.")

    def _load(self, kantor: Kantor) -> None:
        """People first: posts are named by the SOP, units by the plan."""
        self._load_organisasi(kantor.kode)
        for kode in (kantor.kode, *(CONTOH if kantor.contoh else ())):
            if kantor.sejak_dahulu:
                self._publish_dahulu(kantor, kode)
            call_command(
                "muat_sop",
                BASE_DIR / f"sop/data/{kode}.yaml",
                instansi=kantor.kode,
                terbitkan=True,
                nip=kantor.pengesah,
                stdout=self.stdout,
            )
        if kantor.rencana:
            call_command(
                "muat_kinerja",
                BASE_DIR / f"kinerja/data/{kantor.kode}.yaml",
                instansi=kantor.kode,
                stdout=self.stdout,
            )

    def _publish_dahulu(self, kantor: Kantor, kode: str) -> None:
        """Loaded again afterwards, the file says the same."""
        load_berkas(
            teks=(BASE_DIR / f"sop/data/{kode}.yaml").read_text(encoding="utf-8"),
            instansi=Instansi.objects.get(kode=kantor.kode),
            aktor=Pengguna.objects.get(nip=kantor.pengesah),
            now=SEJAK,
            terbitkan=True,
        )

    def _load_organisasi(self, kode: str) -> None:
        """An office and its people."""
        call_command(
            "muat_organisasi",
            BASE_DIR / "organisasi/data" / f"{kode}.yaml",
            sandi=settings.DEMO_SANDI,
            stdout=self.stdout,
        )

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
